from django.urls import path

from requests.delivery import views

urlpatterns = [path("requests/<slug:reference>/delivery/", views.delivery, name="delivery")]
