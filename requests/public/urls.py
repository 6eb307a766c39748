from django.urls import path

from requests.public import views

urlpatterns = [
    path("status/", views.status, name="status"),
    path("status/view/", views.status_view, name="status_view"),
    path("status/code/", views.status_code, name="status_code"),
    path("status/code/send/", views.send_code, name="status_send"),
    path("status/leave/", views.leave, name="status_leave"),
    path("t/<slug:token>/", views.status_link, name="status_link"),
]
