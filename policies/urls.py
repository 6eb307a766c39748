from django.urls import path

from policies import views

app_name = "policies"
urlpatterns = [
    path("", views.home, name="home"),
    path("policy/", views.policy, name="policy"),
    path("services/", views.services, name="services"),
    path("services/<slug:code>/", views.service, name="service"),
    path("apply/", views.apply, name="apply"),
    path("tools/", views.tools, name="tools"),
]
