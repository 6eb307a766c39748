"""One page of five faces. Opening it records nothing: message applications open links by themselves (screens, 6)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from accounts.access import public
from core.errors import Refused
from surveys import actions
from surveys.forms import SurveyForm


@public
@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The question, or the answer given with this link, to be changed for a day; then a word of thanks."""
    if not actions.is_open(token):
        return render(request, "surveys/closed.html")
    mine = actions.given(token)
    form = SurveyForm(request.POST or None, initial={"words": mine.words if mine else ""})
    if request.method == "POST" and form.is_valid():
        return kept(request, token, form)
    return render(request, "surveys/answer.html", {"form": form, "mine": mine}, status=422 if form.is_bound else 200)


def kept(request: HttpRequest, token: str, form: SurveyForm) -> HttpResponse:
    try:
        actions.answer(token, **form.cleaned_data)
    except Refused:
        return render(request, "surveys/closed.html")
    return redirect("surveys:answer", token)
