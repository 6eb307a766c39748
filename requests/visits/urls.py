from django.urls import path

from requests.visits import views

urlpatterns = [
    path("visits/", views.visits, name="visits"),
    path("requests/<slug:reference>/appointments/new/", views.appointment_new, name="appointment_new"),
    path("requests/<slug:reference>/appointments/<int:pk>/move/", views.appointment_move, name="appointment_move"),
    path(
        "requests/<slug:reference>/appointments/<int:pk>/cancel/", views.appointment_cancel, name="appointment_cancel"
    ),
    path(
        "requests/<slug:reference>/appointments/<int:pk>/settle/", views.appointment_settle, name="appointment_settle"
    ),
    path("requests/<slug:reference>/hand-over/", views.hand_over, name="hand_over"),
    path("requests/<slug:reference>/opinion/", views.opinion_ask, name="opinion_ask"),
    path("requests/<slug:reference>/opinion/<int:pk>/", views.opinion_answer, name="opinion_answer"),
    path("requests/<slug:reference>/change/", views.change, name="change"),
    path("requests/<slug:reference>/back-to-research/", views.back_to_research, name="back_to_research"),
]
