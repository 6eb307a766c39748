from django.urls import path

from requests.appeal import public, views

urlpatterns = [
    path("status/decision/", public.decision, name="decision"),
    path("status/objection/", public.objection, name="objection"),
    path("status/objection/check/", public.objection_check, name="objection_check"),
    path("status/objection/file/<int:pk>/out/", public.objection_file_out, name="objection_file_out"),
    path("requests/<slug:reference>/objection/", views.write, name="appeal_write"),
    path("requests/<slug:reference>/objection/slip/", views.slip, name="appeal_slip"),
    path("objections/", views.appeals, name="appeals"),
    path("objections/<slug:reference>/", views.appeal, name="appeal"),
]
