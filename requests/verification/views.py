"""The verification screen: every paper of a case, judged with one key, its pages beside it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, staff
from accounts.models import User
from accounts.roles import COUNTER
from core import audit, uploads
from core.errors import Refused
from requests.models import CheckPage, DocumentCheck, SupportRequest
from requests.page import url
from requests.sight import Sight
from requests.states import State
from requests.verification import actions, drafts, rules
from requests.verification.forms import PaperForm
from requests.verification.page import household_of, papers_context
from requests.views import REFUSED, load_file


@staff(*COUNTER)
@require_http_methods(["GET", "POST"])
def papers(request: StaffRequest, reference: str) -> HttpResponse:
    """The papers; a POST only keeps what is typed about them, for the moment in which another is looked at."""
    case, sight = load_file(request, reference)
    if request.method == "POST" and sight.whole:
        drafts.keep(case, request.POST, by=request.user)
        return HttpResponse(status=204)
    return papers_page(request, case, sight)


@staff(*COUNTER)
@require_http_methods(["GET", "POST"])
def judge(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """One paper: seen beside its row, or judged. After it, the next one that is not settled."""
    case, sight = load_file(request, reference)
    if not sight.whole:
        raise Http404
    check = get_object_or_404(case.checks, pk=pk)
    if request.method == "GET":
        return papers_page(request, case, sight, at=check)
    if not rules.is_judged(case, check):
        raise Http404
    form = PaperForm(request.POST, request.FILES, check=check, case=case, household=household_of(case))
    done = form.is_valid() and judged(form, check, by=request.user)
    drafts.keep(case, request.POST, by=request.user, saved=check if done else None)
    if not done:
        return papers_page(request, case, sight, at=check, form=form, status=REFUSED)
    messages.success(request, _("%(paper)s is saved.") % {"paper": check.label})
    return redirect(after(check, case))


def after(check: DocumentCheck, case: SupportRequest) -> str:
    """The next paper that waits, in the order of the list and round to its beginning; else the whole list."""
    if case.state == State.APPROVED:
        return url("papers", case)
    waiting = [each.pk for each in case.checks.all() if not each.settled and each.pk != check.pk]
    following = next((pk for pk in waiting if pk > check.pk), waiting[0] if waiting else None)
    if following is None and not case.checks.get(pk=check.pk).settled:
        following = check.pk
    return url("judge", case, following) if following else url("papers", case)


def judged(form: PaperForm, check: DocumentCheck, *, by: User) -> bool:
    """Keep the pages and the judgement together; on a refusal none of them, and the form says why."""
    try:
        with uploads.together() as store:
            pages = uploads.store_each(form.cleaned_data["pages"], store=store, by_id=by.pk)
            actions.judge_paper(check, by=by, pages=pages, **form.judgement())
    except uploads.SeveralRefused as error:
        form.add_error("pages", [_("None of the files was kept:"), *str(error).splitlines()])
    except Refused as refused:
        form.add_error(None, refused.sentence)
    return form.is_valid()


@staff(*COUNTER)
@require_POST
def remove_page(request: StaffRequest, reference: str, pk: int, page: int) -> HttpResponse:
    """Take a wrong page away from a paper."""
    case, sight = load_file(request, reference)
    wrong = get_object_or_404(CheckPage, pk=page, paper__case=case, paper=pk)
    if not sight.whole:
        raise Http404
    try:
        actions.remove_page(wrong, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return papers_page(request, case, sight, at=wrong.paper, status=REFUSED)
    messages.success(request, _("The page is taken away."))
    return redirect("requests:judge", reference, pk)


def papers_page(
    request: StaffRequest,
    case: SupportRequest,
    sight: Sight,
    *,
    at: DocumentCheck | None = None,
    form: PaperForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if not sight.whole:
        raise Http404
    audit.looked_at(case, by=request.user, what="papers")
    context = papers_context(case, request.user, sight, at=at, form=form)
    return render(request, "requests/verification/papers.html", context, status=status)
