from django.urls import path

from requests.decision.letter import views

urlpatterns = [
    path("requests/<slug:reference>/letter/", views.decision_letter, name="decision_letter"),
    path("requests/<slug:reference>/letter/<int:year>-<int:number>/", views.letter_paper, name="letter_paper"),
]
