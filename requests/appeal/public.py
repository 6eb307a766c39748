"""The person's own pages behind the code: the decision with its reason, and the objection to it (trust.md).

No account and no script; the words and files are kept as a draft from the first page on, shown once more, then sent.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from channels.models import OneTimeCode
from core import clock, uploads
from core.errors import Refused
from core.limits import TOO_OFTEN, Limit, within
from core.uploads import shown_name, store_each
from requests.appeal import actions, drafts, rules
from requests.appeal.forms import ObjectionForm
from requests.decision.words import given as given_in_words
from requests.models import CheckState, Decision, DocumentCheck, ObjectionDraft, Outcome, SupportRequest
from requests.public import appointment
from requests.public.code_door import behind_the_code
from requests.public.wording import private_sentence, rejection_sentence
from requests.rules import Applicant
from requests.states import State

REFUSED = 422
UPLOADS = Limit("objection-files", 30, rules.DAY)
"""Files that may come to one request's objection in a day: each is opened, drawn anew and kept."""


@behind_the_code
@never_cache
@require_GET
def decision(request: HttpRequest, case: SupportRequest, code: OneTimeCode) -> HttpResponse:
    """The decision in words, the papers it was taken on, and how to object or what became of an objection. Before it,
    the next appointment."""
    appeal, approved = rules.appeal_of(case), approval_of(case)
    last = rules.last_day(case)
    context = {
        "reference": case.reference,
        "appointment": appointment.behind_the_code(case),
        "days_left": (last - clock.today()).days if last else None,
        "heard": bool(appeal and not appeal.waits and case.state == State.COMMITTEE_REVIEW),
        "sentence": rejection_sentence(case) if case.state == State.REJECTED else private_sentence(case),
        "rejected": case.state == State.REJECTED,
        "given": " · ".join(given_in_words(approved)) if approved else "",
        "partial": bool(approved and approved.partial),
        "why": approved.reasons if approved else "",
        "decided_on": case.decided_on,
        "papers": [(check.label, paper_state(check)) for check in case.checks.all()],
        "appeal": appeal,
        "final": bool(appeal and not appeal.waits),
        "last": last,
        "why_not": rules.why_not_object(case),
        "draft": bool(drafts.draft_of(case)),
    }
    return render(request, "requests/public/decision.html", context)


def approval_of(case: SupportRequest) -> Decision | None:
    """The approval, while it is the decision in force."""
    if case.decided_on is None or case.state == State.REJECTED:
        return None
    return case.decisions.filter(outcome=Outcome.APPROVE, issued_by__isnull=False).order_by("-settled_at").first()


def paper_state(check: DocumentCheck) -> str:
    """«مقبول» five times under a request that was not approved would be read as its answer."""
    return _("without remarks") if check.state == CheckState.ACCEPTED else check.get_state_display()


@behind_the_code
@never_cache
@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest, case: SupportRequest, code: OneTimeCode) -> HttpResponse:
    """The words and the papers; what is sent here is only kept, and leads to the page that shows it once more."""
    if rules.why_not_object(case):
        return redirect("requests:decision")  # which says why, and what became of the first one
    draft = drafts.draft_of(case)
    kept = draft.files.count() if draft else 0
    if request.method == "GET":
        return form_page(request, case, ObjectionForm(kept=kept, initial={"text": draft.text if draft else ""}), draft)
    form = ObjectionForm(request.POST, request.FILES, kept=kept)
    if not form.is_valid() or not keep(form, case):
        return form_page(request, case, form, draft, status=REFUSED)
    return redirect("requests:objection_check")


def keep(form: ObjectionForm, case: SupportRequest) -> bool:
    """Keep the words and the files as a draft; on a file that is not taken nothing of this sending is kept."""
    sent = form.cleaned_data["papers"]
    if sent and not all(within(UPLOADS, case.reference) for _each in sent):
        form.add_error("papers", TOO_OFTEN)
        return False
    try:
        with uploads.together() as store:
            stored = store_each(sent, store=store, by_id=None)
            names = [shown_name(each.name) for each in sent]
            drafts.keep(case, text=form.cleaned_data["text"], files=list(zip(stored, names, strict=True)))
    except uploads.SeveralRefused as error:
        for name, sentence in error.refused:
            form.add_error("papers", f"{name}: {sentence}")
    return form.is_valid()


def form_page(
    request: HttpRequest, case: SupportRequest, form: ObjectionForm, draft: ObjectionDraft | None, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "reference": case.reference,
        "last": rules.last_day(case),
        "files": list(draft.files.all()) if draft else [],
    }
    return render(request, "requests/public/objection.html", context, status=status)


@behind_the_code
@never_cache
@require_http_methods(["GET", "POST"])
def objection_check(request: HttpRequest, case: SupportRequest, code: OneTimeCode) -> HttpResponse:
    """What was written, once more; sending it is the objection. Sent twice, the second time leads to the first; changed
    from another page meanwhile, it is shown again."""
    draft = drafts.draft_of(case)
    if draft is None or rules.appeal_of(case):
        return redirect("requests:decision" if rules.appeal_of(case) else "requests:objection")
    if request.method == "GET":
        return check_page(request, case, draft)
    try:
        actions.submit(case, by=Applicant(), seen=request.POST.get("seen", ""), code=code)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("requests:decision" if rules.why_not_object(case) else "requests:objection_check")
    return redirect("requests:decision")


def check_page(request: HttpRequest, case: SupportRequest, draft: ObjectionDraft) -> HttpResponse:
    context = {
        "reference": case.reference,
        "text": draft.text,
        "files": list(draft.files.all()),
        "seen": drafts.fingerprint(draft),
    }
    return render(request, "requests/public/objection_check.html", context)


@behind_the_code
@never_cache
@require_POST
def objection_file_out(request: HttpRequest, case: SupportRequest, code: OneTimeCode, pk: int) -> HttpResponse:
    drafts.take_out(case, pk)
    messages.success(request, _("The file is taken out."))
    return redirect("requests:objection_check")
