from django.urls import path

from channels import views

app_name = "channels"
urlpatterns = [
    path("ask/", views.ask, name="ask"),
    path("i/<slug:token>/", views.inquiry_status, name="inquiry_status"),
    path("inquiries/", views.inquiries, name="inquiries"),
    path("inquiries/<slug:reference>/", views.inquiry, name="inquiry"),
]
