from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("policies.urls")),
    path("", include("accounts.urls")),
    path("", include("oversight.urls")),
    path("", include("requests.urls")),
    path("committee/", include("committee.urls")),
    path("", include("channels.urls")),
    path("", include("surveys.urls")),
    path("admin/", admin.site.urls),
]
