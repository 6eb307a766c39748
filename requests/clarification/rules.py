"""Questions about referrals for clarification, without side effects (clause PS-3)."""

import re
from datetime import datetime, time

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COUNTER, Role
from beneficiaries.models import Person
from core import arabic, clock
from policies.models import Association
from policies.rules import roles_in_words, waited_no_longer
from requests.models import Clarification, SupportRequest
from requests.rules import Sentence, not_the_counters
from requests.states import State

WORKING_DAYS = 2
"""A question that has waited longer is flagged, and any researcher of the branch may take it over."""
OVER = (State.DELIVERED, State.WITHDRAWN, State.CLOSED)
_NUMBER, _RIYALS = "[0-9][0-9.,٬٫]*", r"(?:ريال|ر\.?س|sar)"
_AMOUNT = re.compile(rf"{_NUMBER}\s*{_RIYALS}|\b(?:ب?ال|ب)?{_RIYALS}\b\W*{_NUMBER}")
MOST_ATTACHED = 3
"""Letters that Arabic sets before a name without a space: «لسارة», «وللشهري»."""


def why_not_ask(case: SupportRequest, *, by: User) -> Sentence:
    if not_the_counters(case, by):
        return _("This step belongs to: %(roles)s.") % {"roles": roles_in_words(COUNTER, case.policy_version)}
    if case.state in OVER:
        return _("This cannot be done while the request is: %(state)s.") % {"state": case.get_state_display()}
    if case.clarifications.filter(told_at=None).exists():
        return _("An earlier question of this request is still open. Tell its answer first, then refer another.")
    return None


def why_not_take(clarification: Clarification, *, by: User) -> Sentence:
    if clarification.answered_at:
        return _("This question is answered already.")
    holder = clarification.researcher
    if holder and holder != by and holder.is_active and not is_late(clarification):
        return _("%(name)s has this question.") % {"name": holder.name}
    return None


def free_for(user: User) -> Q:
    """Which unanswered questions this researcher may take or has: `why_not_take` as a condition of a query."""
    return Q(researcher=user) | Q(researcher=None) | Q(researcher__is_active=False) | Q(asked_at__lt=late_before())


def why_not_answer(clarification: Clarification, *, by: User) -> Sentence:
    if not by.holds(Role.RESEARCHER):
        return _("A referred question is answered by the social researcher.")
    return why_not_take(clarification, by=by)


def why_not_tell(clarification: Clarification, *, by: User) -> Sentence:
    if not_the_counters(clarification.case, by):
        return _("The answer is told by the relations officer or the branch delegate.")
    if clarification.answered_at is None:
        return _("The researcher has not answered yet.")
    if clarification.told_at:
        return _("The person was told this answer already.")
    return None


def why_not_text(clarification: Clarification) -> Sentence:
    """Why the portal cannot bring the answer by a text message."""
    if not clarification.case.mobile_to_tell:
        return _("There is no mobile in the file. Tell the answer at the counter.")
    if clarification.invited_at:
        return _("The message was sent already: the person was asked to call or come for the answer.")
    return None


# How long


def waits_since(clarification: Clarification) -> datetime:
    """When it came to whoever has it now: the researcher, then, answered, whoever tells the person."""
    return clarification.answered_at or clarification.asked_at


def late_before(association: Association | None = None) -> datetime:
    """The instant before which what still waits has waited more than two whole working days of the association."""
    day = waited_no_longer(WORKING_DAYS, association or Association.current())
    return clock.at(day, time.min)


def is_late(clarification: Clarification, before: datetime | None = None) -> bool:
    """Whether it waits for somebody of ours longer than it should. `before`: `late_before()`, where it is known."""
    return clarification.told_at is None and waits_since(clarification) < (before or late_before())


def late(association: Association | None = None) -> Q:
    """The same as a condition of a query."""
    before = late_before(association)
    return Q(answered_at=None, asked_at__lt=before) | Q(told_at=None, answered_at__lt=before)


# What may stand where the link alone leads


def private_in(text: str, person: Person) -> Sentence:
    """Why this answer may not stand on the status page, which opens by its link: no name, no ID, no amount.

    It catches what is plainly there; that nothing else is, the researcher answers for by the tick.
    """
    digits = re.sub(r"\D", "", arabic.fold_digits(text))
    numbers = [person.national_id, person.mobile[-9:], (person.iban or "")[2:]]
    if any(number and number in digits for number in numbers):
        return _("The answer holds a number of this person. Take it out, or leave the tick empty.")
    words = arabic.name_key(text).split()
    if all(stands_in(words, part) for part in arabic.name_key(f"{person.first_name} {person.family_name}").split()):
        return _("The answer holds this person's name. Take it out, or leave the tick empty.")
    if _AMOUNT.search(arabic.fold(text)):
        return _("The answer holds an amount. Take it out, or leave the tick empty.")
    return None


def stands_in(words: list[str], part: str) -> bool:
    """Whether a part of a name is among these words, with or without what is set before it."""
    bare = part.removeprefix("ال")
    return any(word.endswith(bare) and len(word) - len(bare) <= MOST_ATTACHED for word in words)
