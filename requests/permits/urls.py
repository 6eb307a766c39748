from django.urls import path

from requests.permits import views

urlpatterns = [
    path("propose/", views.propose, name="propose"),
    path("p/<slug:token>/", views.permit_status, name="permit_status"),
    path("programmes/", views.permits, name="permits"),
    path("programmes/new/", views.permit_new, name="permit_new"),
    path("programmes/<slug:reference>/", views.permit, name="permit"),
    path("programmes/<slug:reference>/do/<slug:action>/", views.permit_act, name="permit_act"),
]
