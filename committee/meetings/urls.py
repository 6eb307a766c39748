from django.urls import path

from committee.meetings import views

urlpatterns = [
    path("meetings/plan/", views.plan, name="plan_meeting"),
    path("meetings/open/", views.open_meeting, name="open_meeting"),
    path("meetings/<int:number>/", views.meeting, name="meeting"),
    path("meetings/<int:number>/move/", views.move, name="move_meeting"),
    path("meetings/<int:number>/notice/", views.notice, name="give_notice"),
    path("meetings/<int:number>/begin/", views.begin, name="begin_meeting"),
    path("meetings/<int:number>/call-off/", views.call_off, name="call_off_meeting"),
    path("meetings/<int:number>/attendance/", views.attendance, name="attendance"),
    path("meetings/<int:number>/all-present/", views.all_present, name="all_present"),
    path("meetings/<int:number>/apology/", views.apology, name="apology"),
    path("meetings/<int:number>/agree/", views.agree, name="agree_with_all"),
    path("meetings/<int:number>/close-votes/", views.close_votes, name="close_votes"),
    path("meetings/<int:number>/close/", views.close_meeting, name="close_meeting"),
]
