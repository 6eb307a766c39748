from django.urls import path

from requests.people.duplicates import views

urlpatterns = [
    path("people/duplicates/", views.duplicates, name="duplicates"),
    path("people/<int:one>/with/<int:other>/", views.compare, name="compare"),
    path("people/<int:one>/with/<int:other>/apart/", views.tell_apart, name="tell_apart"),
    path("people/apart/<int:pk>/back/", views.take_back_apart, name="take_back_apart"),
    path("people/merges/<int:pk>/", views.merge, name="merge"),
    path("people/merges/<int:pk>/<slug:act>/", views.merge_act, name="merge_act"),
]
