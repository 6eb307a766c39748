from django.urls import path

from committee.minutes import views

ONE = "minutes/<int:year>-<int:number>/"

urlpatterns = [
    path("minutes/", views.minutes_list, name="minutes_list"),
    path("meetings/<int:number>/minutes/", views.draft_minutes, name="draft_minutes"),
    path(ONE, views.minutes, name="minutes"),
    path(f"{ONE}paper/", views.minutes_paper, name="minutes_paper"),
    path(f"{ONE}write/", views.write_minutes, name="write_minutes"),
    path(f"{ONE}sign/", views.sign_minutes, name="sign_minutes"),
    path(f"{ONE}answer/", views.answer_signature, name="answer_signature"),
    path(f"{ONE}scan/", views.scan_minutes, name="scan_minutes"),
    path(f"{ONE}add/", views.add_to_minutes, name="add_to_minutes"),
    path(f"{ONE}file/<uuid:key>/", views.minutes_file, name="minutes_file"),
]
