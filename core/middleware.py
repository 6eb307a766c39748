from django.http import HttpRequest, HttpResponse


class PrivatePages:
    """Pages of a signed-in person stay out of every cache: the counter's computer is shared."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated or request.method == "POST":
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response
