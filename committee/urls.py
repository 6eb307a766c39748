from django.urls import include, path, re_path

from committee import views
from committee.disclosure.views import disclosure

app_name = "committee"
REFERENCE = r"^(?P<reference>[0-9]{9})/"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("", include("committee.meetings.urls")),
    path("", include("committee.minutes.urls")),
    path("issue/", views.issue_due, name="issue_due"),
    path("disclosure/", disclosure, name="disclosure"),
    re_path(REFERENCE + "$", views.case, name="case"),
    re_path(REFERENCE + "vote/$", views.vote, name="vote"),
    re_path(REFERENCE + "conflict/$", views.conflict, name="conflict"),
    re_path(REFERENCE + "motion/$", views.put_motion, name="put_motion"),
    re_path(REFERENCE + "pull/$", views.pull, name="pull"),
    re_path(REFERENCE + "ballot/$", views.set_ballot, name="set_ballot"),
    re_path(REFERENCE + "close-vote/$", views.close_vote, name="close_vote"),
    re_path(REFERENCE + "issue/$", views.issue, name="issue"),
]
