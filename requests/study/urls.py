from django.urls import path

from requests.study import views

urlpatterns = [
    path("requests/<slug:reference>/take/", views.take, name="take"),
    path("requests/<slug:reference>/study/", views.study, name="study"),
]
