"""What the researcher puts right in the household: written into the person's file by the verbs of the file, under the
right to write this study. The study's number of people follows, and with it the income per person."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from accounts.models import User
from beneficiaries.household.actions import add_member, amend_member, living_in, member_left
from beneficiaries.models import HouseholdMember, Person
from core import audit
from requests.models import Study, SupportRequest
from requests.study.actions import write, written_by
from requests.study.rules import people_after


@transaction.atomic
def add(case: SupportRequest, *, by: User, **facts: Any) -> HouseholdMember:
    """Somebody of the household who is missing in the file. Raises Refused as `add_member` does."""
    case = written_by(case, by)
    return followed(case, by, lambda: add_member(case.person.current, by=by, **facts))


@transaction.atomic
def amend(case: SupportRequest, member: HouseholdMember, *, by: User, **facts: Any) -> HouseholdMember:
    """Put right what the file says of one of them."""
    written_by(case, by)
    return amend_member(member, by=by, **facts)


@transaction.atomic
def left(case: SupportRequest, member: HouseholdMember, *, by: User, **facts: Any) -> HouseholdMember:
    """One of them lives there no longer, or never did: `left` says why, `on` since when."""
    case = written_by(case, by)
    return followed(case, by, lambda: member_left(member, by=by, **facts))


def followed(case: SupportRequest, by: User, verb: Callable[[], HouseholdMember]) -> HouseholdMember:
    """Carry out the verb, and let the study's number of people follow what it did."""
    person, study = case.person.current, Study.objects.filter(case=case).first()
    Person.objects.select_for_update().get(pk=person.pk)  # the counter adds and takes away under the same lock
    before = living_in(person) + 1
    member = verb()
    if study is None or study.household_size is None:
        return member
    size = people_after(study.household_size, before=before, now=living_in(person) + 1, left=member.left)
    if size != study.household_size:
        changes = {"section": "household", "household_size": [study.household_size, size]}
        write(study, {"household_size": size})
        audit.record("study_section_saved", case, by=by, changes=changes)
    return member
