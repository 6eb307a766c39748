"""The decision letter: read before it is issued by those who issue it, before it is told by those who tell it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, staff
from accounts.models import User
from accounts.roles import COUNTER, Role, Scope
from channels import wording
from core import audit, clock, printing
from requests.decision.letter.actions import public_number, unsound
from requests.decision.letter.paper import letter_pdf
from requests.decision.letter.words import letter_text
from requests.effects import event_for, request_facts
from requests.models import IN_SCOPE, Decision, Letter, SupportRequest
from requests.page import crumbs
from requests.rules import not_the_counters
from requests.views import load

ISSUERS = (Role.CHAIR, Role.DEPUTY, Role.SECRETARY)
READERS = (*COUNTER, *ISSUERS)


def issues(case: SupportRequest, user: User) -> bool:
    """Whether this user reads the case as one who proposes or issues its decision."""
    seen = SupportRequest.objects.filter(IN_SCOPE[Scope.COMMITTEE](user), pk=case.pk)
    return user.holds(*ISSUERS) and seen.exists()


def find(request: StaffRequest, reference: str) -> SupportRequest:
    """A case whose letter this user reads: at its counter, or where its decision is issued; the letter bears a name."""
    case = load(request, reference)
    if not_the_counters(case, request.user) and not issues(case, request.user):
        raise Http404
    audit.looked_at(case, by=request.user, what="letter")
    return case


@staff(*READERS)
@require_safe
def decision_letter(request: StaffRequest, reference: str) -> HttpResponse:
    """The letter and the text message exactly as they go out; to the counter only once the decision is issued."""
    case = find(request, reference)
    waiting = case.decisions.filter(settled_at=None, outcome__in=Decision.ISSUED).first()
    if waiting is not None and not issues(case, request.user):
        waiting = None
    kept = list(Letter.objects.filter(decision__case=case).select_related("decision").order_by("-pk"))
    if waiting is None and not kept:
        raise Http404
    context = {
        "case": case,
        "letter": letter_text(case, waiting, on=clock.today()) if waiting else kept[0].content,
        "message": message_text(case).splitlines(),
        "before": waiting is not None,
        "kept": [kept_row(each) for each in kept],
        "crumbs": crumbs(case, _("Decision letter")),
    }
    return render(request, "requests/decision/letter.html", context)


def message_text(case: SupportRequest) -> str:
    """The text message of the decision, by the very wording that sends it. It says that there is one, and not which:
    a telephone is read by others too."""
    return wording.render(event_for(case, "decision_issued"), request_facts(case))


def kept_row(letter: Letter) -> dict[str, Any]:
    return {"letter": letter, "public_number": public_number(letter), "unsound": unsound(letter)}


@staff(*READERS)
@require_safe
def letter_paper(request: StaffRequest, reference: str, year: int, number: int) -> HttpResponse:
    case = find(request, reference)
    letter = get_object_or_404(Letter, decision__case=case, year=year, number=number)
    return printing.answer(letter_pdf(letter), name=f"letter-{letter.year}-{letter.number}")
