from django.urls import path

from requests.people.exchange import views

urlpatterns = [
    path("people/import/", views.imports, name="people_imports"),
    path("people/import/template/", views.template, name="people_template"),
    path("people/import/<int:pk>/", views.one, name="people_import"),
    path("people/import/<int:pk>/match/", views.match, name="people_match"),
    path("people/import/<int:pk>/bring/", views.bring, name="people_bring"),
    path("people/import/<int:pk>/progress/", views.progress, name="people_progress"),
    path("people/import/<int:pk>/returned/", views.returned, name="people_returned"),
    path("people/import/<int:pk>/undo/", views.undo, name="people_undo"),
    path("people/export/", views.export, name="people_export"),
]
