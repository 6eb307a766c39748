from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import translation
from django.utils.translation import gettext as _
from django.views import defaults


class PrivatePages:
    """Pages of a signed-in person stay out of every cache: the counter's computer is shared."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated or request.method == "POST":
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class ChosenLanguage:
    """Arabic, unless somebody chose otherwise by the button: a phone set to English is still a grandmother's phone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class OwnMissingPage:
    """A page that is not there is said in our own words with DEBUG on too: a demonstration is shown to people.

    The innermost of all, so that a missing slash is still added outside it. A fault of ours keeps Django's page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if settings.DEBUG and response.status_code == 404:
            return defaults.page_not_found(request, Http404())
        return response


class Sane:
    """What no form and no link of ours sends is turned away before it is read: a body larger than any form's, which
    would fill the disk, and an address with a NUL in it, which PostgreSQL does not take."""

    largest = 40_000_000

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > self.largest:
            sentence = _("The file is larger than 8 MB. Take the picture again at a lower quality.")
            return HttpResponse(sentence, status=413, content_type="text/plain; charset=utf-8")
        if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest()
        return self.get_response(request)
