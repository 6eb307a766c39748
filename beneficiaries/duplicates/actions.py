"""Verbs on two files of one person. The two are locked first, the older one first, so that no two settle at once.

Nobody outside is told: the person knows who they are, and their requests keep their numbers.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.duplicates import rules
from beneficiaries.duplicates.models import Merge, NotSame
from beneficiaries.models import Person
from core import audit, clock
from core.errors import refuse

State = Merge.State


@transaction.atomic
def propose_merge(*, kept: Person, merged: Person, by: User, why: str, numbers: str = "") -> Merge:
    """Propose that two files are one person's; nothing changes until another person has looked."""
    kept, merged = hold(kept.pk, merged.pk)
    refuse(rules.why_not_propose(kept, merged, by=by, numbers=numbers) or no_reason(why))
    if kept.national_id_lookup == merged.national_id_lookup:
        numbers = ""
    merge = Merge.objects.create(kept=kept, merged=merged, why=why, numbers=numbers, proposed_by=by)
    record("merge_proposed", merge, by=by, why=why)
    return merge


@transaction.atomic
def merge_files(merge: Merge, *, by: User, why: str = "") -> Merge:
    """The second person makes the two files one: the merged one points to the kept one, and no row moves."""
    merge = held(merge)
    refuse(rules.why_not_merge(merge, by=by))
    settle(merge, State.DONE, by=by, why=why)
    merge.merged.merged_into = merge.kept
    merge.merged.save(update_fields=["merged_into"])
    record("merged", merge, by=by, why=why or merge.why)
    return merge


@transaction.atomic
def refuse_merge(merge: Merge, *, by: User, why: str, two_people: bool = False) -> Merge:
    """Refuse a proposal, or take one's own back; with `two_people` they are not proposed again."""
    merge = held(merge)
    refuse(rules.why_not_refuse(merge, by=by) or no_reason(why))
    settle(merge, State.REFUSED, by=by, why=why)
    record("merge_refused", merge, by=by, why=why)
    if two_people:
        remember_apart(merge.kept, merge.merged, by=by, why=why)
    return merge


@transaction.atomic
def undo_merge(merge: Merge, *, by: User, why: str, two_people: bool = False) -> Merge:
    """Both files are again as they were: nothing had moved. What was added since stands where it was added."""
    merge = held(merge)
    refuse(rules.why_not_undo(merge, by=by) or no_reason(why))
    merge.state, merge.undone_by, merge.undone_at, merge.undone_why = State.UNDONE, by, clock.now(), why
    merge.save()
    merge.merged.merged_into = None
    merge.merged.save(update_fields=["merged_into"])
    record("merge_undone", merge, by=by, why=why)
    if two_people:
        remember_apart(merge.kept, merge.merged, by=by, why=why)
    return merge


@transaction.atomic
def tell_apart(one: Person, other: Person, *, by: User, why: str) -> NotSame:
    """«Not the same person»: from now on the two are proposed to nobody. Saying it again changes nothing."""
    one, other = hold(one.pk, other.pk)
    refuse(rules.why_not_tell_apart(one, other, by=by))
    return remember_apart(one, other, by=by, why=why)


@transaction.atomic
def take_back_apart(said: NotSame, *, by: User) -> None:
    """They may be proposed again. The record keeps that it was said and by whom it was taken back."""
    refuse(rules.why_not_compare(by))
    said = NotSame.objects.select_for_update().get(pk=said.pk)
    for person, other in ((said.first, said.second_id), (said.second, said.first_id)):
        audit.record("apart_taken_back", person, by=by, changes={"other": other}, why=said.why)
    said.delete()


def remember_apart(one: Person, other: Person, *, by: User, why: str) -> NotSame:
    first, second = sorted((one, other), key=lambda person: person.pk)
    said, new = NotSame.objects.get_or_create(first=first, second=second, defaults={"why": why[:200], "said_by": by})
    if new:
        for person, another in ((first, second), (second, first)):
            audit.record("told_apart", person, by=by, changes={"other": another.pk}, why=why)
    return said


# How


def hold(*ids: int) -> list[Person]:
    """The files, locked until the end of the transaction; always in one order, so that nobody waits in a circle."""
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    return [rows[pk] for pk in ids]


def held(merge: Merge) -> Merge:
    """The proposal as it stands now, after both of its files are locked."""
    people = hold(merge.kept_id, merge.merged_id)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    merge.kept, merge.merged = people
    return merge


def settle(merge: Merge, state: str, *, by: User, why: str) -> None:
    merge.state, merge.settled_by, merge.settled_at, merge.settled_why = state, by, clock.now(), why
    merge.save()


def record(verb: str, merge: Merge, *, by: User, why: str) -> None:
    """On both files, so that the history of each tells it, also when they stand apart again."""
    sides = (("kept", merge.kept, merge.merged_id), ("merged", merge.merged, merge.kept_id))
    for side, person, other in sides:
        changes = {"merge": merge.pk, "side": side, "other": other, "numbers": merge.numbers}
        audit.record(verb, person, by=by, changes=changes, why=why)


def no_reason(why: str) -> str | None:
    return None if why.strip() else _("Write the reason; the colleague who comes after you reads it.")
