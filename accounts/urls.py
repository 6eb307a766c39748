from django.urls import path

from accounts import views
from accounts.lock import urls as lock

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("demo/enter/", views.enter_demo, name="enter_demo"),
    *lock.urlpatterns,
]
