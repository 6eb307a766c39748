"""What the verification screen shows: a row for each paper, and the pages of each beside it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import HouseholdMember
from requests.clarification.card import clarification_card
from requests.models import CheckPage, DocumentCheck, SupportRequest
from requests.page import PAPER_TONES, buttons, crumbs, url
from requests.sight import Sight
from requests.states import TONES, State
from requests.verification import drafts, rules
from requests.verification.forms import PaperForm


def household_of(case: SupportRequest) -> list[HouseholdMember]:
    """Everybody who is or was in the household, under any file of this person."""
    return list(HouseholdMember.objects.filter(person__in=case.person.and_merged))


def papers_context(
    case: SupportRequest, user: User, sight: Sight, *, at: DocumentCheck | None = None, form: PaperForm | None = None
) -> dict[str, Any]:
    """The screen; `at` is the paper in focus, `form` what was sent of it and refused."""
    checks = list(case.checks.select_related("judged_by", "paper", "member", "carried").prefetch_related("pages__file"))
    why_not, renewing = rules.why_not_judge(case, by=user), case.state == State.APPROVED
    waiting = [check for check in checks if rules.is_judged(case, check) and (renewing or not check.settled)]
    focus = at or (waiting[0] if waiting else next((check for check in checks if check.pages.all()), None))
    draft, household = drafts.kept(case, by=user), household_of(case)
    return {
        "case": case,
        "person": case.person.current,
        "tone": TONES[State(case.state)],
        "rows": [
            row_of(check, case, household, drafts.typed(draft, check), focus=check == focus, form=form)
            for check in checks
        ],
        "finished": not waiting and not why_not,
        "sight": sight,
        "clarification": clarification_card(case, user, sight),
        "why_not": why_not,
        "renewing": renewing,
        "valid_on": rules.valid_on(case),
        "buttons": [each for each in buttons(case, user) if each["url"] != url("papers", case)],
        "crumbs": crumbs(case, _("The papers")),
    }


def row_of(
    check: DocumentCheck,
    case: SupportRequest,
    household: list[HouseholdMember],
    typed: dict[str, str],
    *,
    focus: bool,
    form: PaperForm | None,
) -> dict[str, Any]:
    sent = form if form and focus else None
    return {
        "check": check,
        "form": sent or PaperForm(check=check, case=case, household=household, typed=typed),
        "tone": PAPER_TONES[check.state],
        "focus": focus,
        "open": focus or bool(typed),
        "unsaved": bool(typed),
        "judged": rules.is_judged(case, check),
        "sheets": sheets_of(check),
        "removable": not rules.pages_stay(check, case),
        "owner": check.member.name if check.member else "",
    }


def sheets_of(check: DocumentCheck) -> list[dict[str, Any]]:
    """Every page as a picture: a photograph is one, a PDF as many as it has. `page` stands at its file's first."""
    sheets: list[dict[str, Any]] = []
    for page in check.pages.all():
        sheets += sheets_of_page(page)
    return sheets


def sheets_of_page(page: CheckPage) -> list[dict[str, Any]]:
    whole = reverse("requests:file", args=[page.file.key])
    if page.file.kind != "pdf":
        return [{"page": page, "url": whole, "whole": whole}]
    return [
        {
            "page": page if number == 1 else None,
            "url": reverse("requests:file_page", args=[page.file.key, number]),
            "whole": whole,
        }
        for number in range(1, page.file.pages + 1)
    ]
