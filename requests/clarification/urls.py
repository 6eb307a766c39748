from django.urls import path

from requests.clarification import views

urlpatterns = [
    path("requests/<slug:reference>/clarify/", views.ask, name="clarify"),
    path("requests/<slug:reference>/clarify/<int:pk>/told/", views.tell, name="clarification_told"),
    path("clarifications/<int:pk>/", views.answer, name="clarification"),
    path("clarifications/<int:pk>/take/", views.take, name="clarification_take"),
]
