from django.urls import path

from requests.public import views

urlpatterns = [
    path("status/", views.status, name="status"),
    path("status/view/", views.status_view, name="status_view"),
    path("t/<slug:token>/", views.status_link, name="status_link"),
]
