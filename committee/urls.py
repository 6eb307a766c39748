from django.urls import path, re_path

from committee import views

app_name = "committee"
REFERENCE = r"^(?P<reference>[0-9]{9})/"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("meetings/open/", views.open_meeting, name="open_meeting"),
    path("meetings/<int:number>/", views.meeting, name="meeting"),
    path("meetings/<int:number>/attendance/", views.attendance, name="attendance"),
    path("meetings/<int:number>/close/", views.close_meeting, name="close_meeting"),
    re_path(REFERENCE + "$", views.case, name="case"),
    re_path(REFERENCE + "vote/$", views.vote, name="vote"),
    re_path(REFERENCE + "conflict/$", views.conflict, name="conflict"),
    re_path(REFERENCE + "motion/$", views.put_motion, name="put_motion"),
    re_path(REFERENCE + "close-vote/$", views.close_vote, name="close_vote"),
    re_path(REFERENCE + "issue/$", views.issue, name="issue"),
]
