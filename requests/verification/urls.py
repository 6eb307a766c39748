from django.urls import path

from requests.verification import views

urlpatterns = [
    path("requests/<slug:reference>/papers/", views.papers, name="papers"),
    path("requests/<slug:reference>/papers/<int:pk>/", views.judge, name="judge"),
    path("requests/<slug:reference>/papers/<int:pk>/pages/<int:page>/remove/", views.remove_page, name="remove_page"),
]
