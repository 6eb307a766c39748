from django.urls import path

from requests import files, views

urlpatterns = [
    path("requests/", views.queue, name="queue"),
    path("requests/<slug:reference>/", views.case, name="case"),
    path("requests/<slug:reference>/do/<slug:action>/", views.act, name="act"),
    path("requests/<slug:reference>/reveal/", views.reveal, name="reveal"),
    path("requests/<slug:reference>/period-told/", views.tell_period, name="tell_period"),
    path("requests/<slug:reference>/decision-told/", views.tell_decision, name="tell_decision"),
    path("dates/", views.date_echo, name="date_echo"),
    path("files/<uuid:key>/", files.file, name="file"),
    path("files/<uuid:key>/<int:number>/", files.page, name="file_page"),
]
