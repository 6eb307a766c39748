from django.urls import path

from requests.people import suspension, views

urlpatterns = [
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/reveal/", views.person_reveal, name="person_reveal"),
    path("people/<int:pk>/history/", views.person_history, name="person_history"),
    path("people/<int:pk>/edit/<slug:part>/", views.person_edit, name="person_edit"),
    path("people/<int:pk>/add/<slug:part>/", views.person_add, name="person_add"),
    path("people/<int:pk>/change/<slug:part>/<int:row>/", views.person_change, name="person_change"),
    path("people/<int:pk>/end/<slug:part>/<int:row>/", views.person_end, name="person_end"),
    path("people/<int:pk>/suspend/", suspension.suspend, name="suspend"),
    path("people/suspensions/", suspension.suspensions, name="suspensions"),
    path("people/suspensions/<int:pk>/", suspension.suspension, name="suspension"),
    path("requests/<slug:reference>/suspend/", suspension.suspend_from_case, name="suspend_from_case"),
]
