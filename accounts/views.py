from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.decorators import method_decorator

from accounts.access import public
from accounts.forms import SignInForm
from accounts.models import User


@method_decorator(public, name="dispatch")
class SignIn(LoginView):
    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


sign_in = SignIn.as_view()
sign_out = LogoutView.as_view()


@public
def enter_demo(request: HttpRequest) -> HttpResponse:
    """Step into a sample account without a password; does not exist outside the demonstration."""
    if not settings.DEMO or request.method != "POST":
        raise Http404
    user = get_object_or_404(
        User.objects.filter(is_active=True, is_superuser=False),
        username=request.POST.get("username", "").replace("\x00", ""),
    )
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(settings.LOGIN_REDIRECT_URL)
