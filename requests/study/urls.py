from django.urls import path

from requests.study import views
from requests.study.household import views as household
from requests.study.lines import views as lines
from requests.study.visit import views as visit

STUDY = "requests/<slug:reference>/study/"

urlpatterns = [
    path("requests/<slug:reference>/take/", views.take, name="take"),
    path(STUDY, views.study, name="study"),
    path(STUDY + "field/", views.field, name="study_field"),
    path(STUDY + "keep/", views.keep, name="study_keep"),
    path(STUDY + "member/", household.member, name="study_member"),
    path(STUDY + "member/<int:pk>/", household.member_change, name="study_member_change"),
    path(STUDY + "member/<int:pk>/gone/", household.member_gone, name="study_member_gone"),
    path(STUDY + "lines/add/<slug:side>/", lines.add, name="study_line_add"),
    path(STUDY + "lines/figure/", lines.figure, name="study_figure"),
    path(STUDY + "lines/<int:pk>/", lines.line, name="study_line"),
    path(STUDY + "lines/<int:pk>/remove/", lines.remove, name="study_line_remove"),
    path(STUDY + "consent/", visit.consent, name="study_consent"),
    path(STUDY + "photos/", visit.photos, name="study_photos"),
    path(STUDY + "photos/<int:pk>/remove/", visit.remove, name="study_photo_remove"),
    path(STUDY + "<slug:name>/", views.section, name="study_section"),
    path(STUDY + "<slug:name>/forget/", views.forget, name="study_forget"),
]
