"""May this paper be judged so, and may its pages be changed? Questions only; each answers None or one sentence."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import HouseholdMember
from core import clock
from core.hijri import TypedDate, format_dual
from core.models import StoredFile
from requests.models import ABSENT, CheckPage, CheckState, DocumentCheck, SupportRequest
from requests.rules import not_the_counters
from requests.states import State

JUDGED_IN = (State.RECEIVED, State.AWAITING_DOCUMENTS, State.VERIFIED, State.APPROVED)
MOST_PAGES = 60
MOST_MEGABYTES = 25


def why_not_judge(case: SupportRequest, *, by: User) -> str | None:
    """Why papers cannot be judged now; None when they can."""
    if not_the_counters(case, by):
        return _("Papers are judged by the relations officer or the branch delegate.")
    if case.state not in JUDGED_IN:
        return not_judged_now(case)
    return None


def not_judged_now(case: SupportRequest) -> str:
    return _("Papers are not judged while the request is: %(state)s.") % {"state": case.get_state_display()}


def is_judged(case: SupportRequest, check: DocumentCheck) -> bool:
    """After the approval only the validity of what was accepted is renewed."""
    return case.state != State.APPROVED or (check.has_expiry and check.state == CheckState.ACCEPTED)


def valid_on(case: SupportRequest) -> date:
    """The day papers are judged against: submission; at registration, today."""
    return clock.today() if case.state == State.APPROVED else clock.local_date(case.received_at)


def paper_refused(
    check: DocumentCheck,
    case: SupportRequest,
    *,
    state: str,
    issued_on: TypedDate | None,
    valid_until: TypedDate | None,
    reason: str,
    member: HouseholdMember | None,
) -> str | None:
    """Why a judgement cannot stand: its reason, its dates or its owner (policy clause PS-2)."""
    if not is_judged(case, check):
        return not_judged_now(case)
    if state in (CheckState.PROBLEM, *ABSENT) and not reason.strip():
        return _("Write the reason, so that the person can be told.")
    if state in ABSENT and not check.may_not_exist:
        return _("%(paper)s is required from everyone; ask for it.") % {"paper": check.label}
    if member and (member.person_id not in case.person.and_merged or (member.left and member != check.member)):
        return _("Choose somebody of this household.")
    if issued_on and valid_until and issued_on.gregorian > valid_until.gregorian:
        return _("%(paper)s cannot end before it was issued. Correct one of the two dates.") % {"paper": check.label}
    if state != CheckState.ACCEPTED or not check.has_expiry:
        return None
    return not_valid(check, case, valid_until)


def not_valid(check: DocumentCheck, case: SupportRequest, valid_until: TypedDate | None) -> str | None:
    """A paper that expires is accepted with its date, through that date and not after."""
    if valid_until is None:
        return _("Enter the date until which %(paper)s is valid.") % {"paper": check.label}
    if valid_until.gregorian < valid_on(case):
        return _("%(paper)s expired on %(date)s and cannot be accepted. Ask for a valid one.") % {
            "paper": check.label,
            "date": format_dual(valid_until.gregorian),
        }
    return None


def pages_refused(check: DocumentCheck, added: Sequence[StoredFile]) -> str | None:
    """A paper has so many pages and weighs so much; beside what it has already."""
    files = [page.file for page in check.pages.select_related("file")] + list(added)
    if sum(file.pages for file in files) > MOST_PAGES:
        return _("%(paper)s would have more than %(count)s pages. Send only the pages that are needed.") % {
            "paper": check.label,
            "count": MOST_PAGES,
        }
    if sum(file.size for file in files) > MOST_MEGABYTES * 1_000_000:
        return _("%(paper)s would be larger than %(count)s MB. Take the pictures again at a lower quality.") % {
            "paper": check.label,
            "count": MOST_MEGABYTES,
        }
    return None


def why_not_remove(page: CheckPage, case: SupportRequest, *, by: User) -> str | None:
    """Why a page stays; None while its paper is not accepted yet."""
    return why_not_judge(case, by=by) or pages_stay(page.paper, case)


def pages_stay(check: DocumentCheck, case: SupportRequest) -> str | None:
    """Once accepted, and once the request is decided, what was judged is not taken away."""
    if case.state == State.APPROVED:
        return not_judged_now(case)
    if check.state == CheckState.ACCEPTED:
        return _("%(paper)s is accepted, so its pages stay.") % {"paper": check.label}
    return None
