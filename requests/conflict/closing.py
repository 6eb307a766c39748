"""What the comparison finds is closed at once: asked for as a case is raised, and again as the committee meets."""

from django.db.models import Q

from accounts.models import User
from core import audit
from requests.conflict import rules
from requests.models import Appeal, Exclusion, SupportRequest
from requests.states import State


def detect(case: SupportRequest) -> list[Exclusion]:
    """Close the case to every member who is tied to it. Call in a transaction; asked again it changes nothing."""
    return [row for user in rules.members() if (row := close_to(case, user))]


def close_to(case: SupportRequest, user: User) -> Exclusion | None:
    """The closing, with its grounds in the record; None where there is no tie or it is closed to them already."""
    if not (found := rules.grounds(case, user)):
        return None
    row, made = Exclusion.objects.get_or_create(case=case, user=user, why=Exclusion.Why.CONFLICT_DETECTED)
    if not made:
        return None
    grounds = [str(ground) for ground in found]
    audit.record("conflict_detected", case, by=audit.System(), changes={"user": user.pk, "grounds": grounds})
    return row


def detect_for(user: User) -> None:
    """The same for one member, over every case that is before a committee or comes there again."""
    user = User.objects.select_related("disclosure").get(pk=user.pk)
    for case in before_a_committee():
        close_to(case, user)


def before_a_committee():
    """With the committee, away from it for papers it asked for, or objected to and not yet reopened."""
    away = Q(state=State.AWAITING_DOCUMENTS, came_from=State.COMMITTEE_REVIEW)
    objected = Q(pk__in=Appeal.objects.waiting().values("case"))
    cases = SupportRequest.objects.filter(Q(state=State.COMMITTEE_REVIEW) | away | objected)
    return cases.select_related("person")
