from django.urls import path

from oversight import views

app_name = "oversight"
urlpatterns = [
    path("waiting/", views.waiting, name="waiting"),
    path("demo/", views.demo, name="demo"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
