from django.urls import path

from surveys import views

app_name = "surveys"
urlpatterns = [path("s/<slug:token>/", views.answer, name="answer")]
