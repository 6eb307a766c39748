from django.urls import path

from oversight import views
from oversight.conformity import views as conformity
from oversight.objections import views as objections

app_name = "oversight"
urlpatterns = [
    path("waiting/", views.waiting, name="waiting"),
    path("conformity/", conformity.conformity, name="conformity"),
    path("conformity/pdf/", conformity.conformity_paper, name="conformity_paper"),
    path("conformity/behind/<slug:name>/", conformity.conformity_list, name="conformity_list"),
    path("objections/count/", objections.objections, name="objections"),
    path("demo/", views.demo, name="demo"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
