from django.urls import path

from committee.verify import views

app_name = "verify"

urlpatterns = [
    path("", views.ask, name="ask"),
    path("<slug:number>/", views.paper, name="paper"),
]
