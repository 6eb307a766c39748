from django.urls import path

from requests.declaration import views

urlpatterns = [
    path("counter/code/", views.send_code, name="send_code"),
    path("counter/code/<int:pk>/", views.code_state, name="code_state"),
    path("requests/<slug:reference>/signed-paper/", views.signed_paper, name="signed_paper"),
]
