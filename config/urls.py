from django.contrib import admin
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from accounts.access import public

urlpatterns = [
    path("", include("policies.urls")),
    path("", include("accounts.urls")),
    path("", include("oversight.urls")),
    path("", include("requests.urls")),
    path("committee/", include("committee.urls")),
    path("verify/", include("committee.verify.urls")),
    path("", include("channels.urls")),
    path("", include("surveys.urls")),
    path("language/", csrf_exempt(public(set_language)), name="language"),
    path("admin/", admin.site.urls),
]
