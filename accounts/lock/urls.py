from django.urls import path

from accounts.lock import views

urlpatterns = [
    path("lock/", views.lock, name="lock"),
    path("lock/open/", views.unlock, name="unlock"),
    path("lock/alive/", views.alive, name="alive"),
    path("lock/held/", views.held_page, name="held"),
]
