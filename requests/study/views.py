"""The researcher's pages: taking a case and studying it, on a phone as well as at a desk."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, staff
from accounts.roles import Role
from core import audit
from core.errors import Refused
from requests import actions
from requests.models import Study, SupportRequest
from requests.page import crumbs, per_head, url
from requests.states import TONES, State
from requests.study.actions import recommend, save_study
from requests.study.forms import StudyForm
from requests.views import REFUSED, load, refusal


@staff(Role.RESEARCHER)
@require_POST
def take(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    try:
        actions.take_for_research(case, by=request.user)
    except Refused as refused:
        return refusal(request, case, refused)
    messages.success(request, _("The case is yours; its study is open."))
    return redirect("requests:study", reference)


@staff(Role.RESEARCHER)
@require_http_methods(["GET", "POST"])
def study(request: StaffRequest, reference: str) -> HttpResponse:
    """The assigned researcher's own page; a colleague's study is not theirs to open."""
    case = load(request, reference)
    if case.researcher_id != request.user.pk:
        raise Http404
    kept = Study.objects.filter(case=case).first()
    if request.method == "GET":
        return study_page(request, case, StudyForm(policy=case.policy_version, study=kept))
    raising = "raise" in request.POST
    form = StudyForm(request.POST, policy=case.policy_version, study=kept, raising=raising)
    if not form.is_valid():
        return study_page(request, case, form, status=REFUSED)
    try:
        (recommend if raising else save_study)(case, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return study_page(request, case, form, status=REFUSED)
    if raising:
        messages.success(request, _("The case is raised to the committee with your recommendation."))
        return redirect("requests:case", reference)
    messages.success(request, _("The study is saved; you may go on later."))
    return redirect("requests:study", reference)


def study_page(request: StaffRequest, case: SupportRequest, form: StudyForm, *, status: int = 200) -> HttpResponse:
    audit.looked_at(case, by=request.user, what="study")
    kept = Study.objects.filter(case=case).first()
    context = {
        "case": case,
        "person": case.person.current,
        "tone": TONES[State(case.state)],
        "form": form,
        "study": kept,
        "per_head": per_head(kept),
        "asks_household": case.policy_version.asks_household,
        "open": case.state == State.SOCIAL_RESEARCH,
        "crumbs": crumbs(case, _("The study")),
        "back": url("case", case),
    }
    return render(request, "requests/study/study.html", context, status=status)
