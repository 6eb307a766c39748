from django.urls import path

from policies import views
from policies.desk import views as desk
from policies.lifecycle import views as lifecycle

app_name = "policies"
urlpatterns = [
    path("", views.home, name="home"),
    path("policy/", views.policy, name="policy"),
    path("policy/read/", lifecycle.read, name="policy_read"),
    path("policy/<int:pk>/", views.version, name="version"),
    path("policy/<int:pk>/pdf/", views.policy_as_pdf, name="policy_pdf"),
    path("services/", views.services, name="services"),
    path("services/<slug:code>/", views.service, name="service"),
    path("apply/", views.apply, name="apply"),
    path("tools/", desk.tools, name="tools"),
    path("tools/<int:pk>/add/", desk.add, name="tool_add"),
    path("tools/file/<uuid:key>/", desk.file, name="tool_file"),
]
