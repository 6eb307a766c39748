from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


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
