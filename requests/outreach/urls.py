from django.urls import path

from requests.outreach import views

urlpatterns = [
    path("outreach/", views.outreach, name="outreach"),
    path("outreach/print/", views.outreach_paper, name="outreach_paper"),
    path("people/<int:pk>/call/", views.call, name="person_call"),
    path("people/<int:pk>/called/", views.called, name="person_called"),
    path("people/<int:pk>/confirm/", views.confirm, name="person_confirm"),
]
