"""Who may say that two files are one person, when, and what stands against it. Each answers None or one sentence."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COUNTER, Role
from beneficiaries.duplicates.models import Merge, NotSame
from beneficiaries.models import Person

PROPOSERS = (*COUNTER, Role.MANAGER)
SETTLERS = (Role.OFFICER, Role.MANAGER)
LAYERS = 2  # a file, one merged into it, and one merged into that: reads follow no longer chain


def why_not_compare(by: User) -> str | None:
    return None if by.holds(*PROPOSERS) else _("The counter and the manager compare files.")


def why_not_propose(kept: Person, merged: Person, *, by: User, numbers: str) -> str | None:
    """Whether `merged` may be proposed to be made one with `kept`; `numbers` says why their IDs differ."""
    if sentence := why_not_compare(by) or not_two_current(kept, merged):
        return sentence
    if sentence := said_apart(kept, merged) or waits(kept, merged):
        return sentence
    if layers_under(merged) >= LAYERS:
        return _("Files were merged into this one twice already. Keep it, and merge the other into it.")
    if kept.national_id_lookup != merged.national_id_lookup and numbers not in Merge.Numbers.values:
        return _(
            "The ID numbers differ. Say why one person has two numbers; without a reason two numbers are two people."
        )
    return None


def not_two_current(kept: Person, merged: Person) -> str | None:
    if kept.pk == merged.pk:
        return _("This is one file; choose two.")
    if kept.merged_into_id or merged.merged_into_id:
        return _("One of the two files was merged already. Open the file that was kept.")
    return None


def layers_under(person: Person) -> int:
    """How many files deep the merges under this file go."""
    here = Person.objects.filter(merged_into=person.pk)
    if not here.exists():
        return 0
    return 2 if Person.objects.filter(merged_into__in=here).exists() else 1


def said_apart(one: Person, other: Person) -> str | None:
    if not_same(one, other):
        return _("A colleague said that these are two people. Take that back first.")
    return None


def not_same(one: Person, other: Person) -> NotSame | None:
    """What was said of the two files, or of files merged into them."""
    ones, others = one.and_merged, other.and_merged
    said = Q(first__in=ones, second__in=others) | Q(first__in=others, second__in=ones)
    return NotSame.objects.filter(said).select_related("said_by").first()


def waits(one: Person, other: Person) -> str | None:
    """One proposal at a time to a file: of A into B and B into A, proposed at once, the second is refused."""
    waiting = Merge.objects.filter(state=Merge.State.PROPOSED)
    if waiting.filter(Q(kept__in=(one, other)) | Q(merged__in=(one, other))).exists():
        return _("A proposal waits for one of the two files already. It is settled first.")
    return None


def why_not_tell_apart(one: Person, other: Person, *, by: User) -> str | None:
    return why_not_compare(by) or not_two_current(one, other) or waits(one, other)


def why_not_merge(merge: Merge, *, by: User) -> str | None:
    """Whether this colleague may do what another proposed."""
    if not by.holds(*SETTLERS):
        return _("An officer or the manager settles a proposal.")
    if merge.state != Merge.State.PROPOSED:
        return _("The proposal is settled already.")
    if merge.proposed_by_id == by.pk:
        return _("You proposed it, so another person merges the files.")
    return not_two_current(merge.kept, merge.merged)


def why_not_refuse(merge: Merge, *, by: User) -> str | None:
    """Whoever proposed may take it back; an officer or the manager may refuse it."""
    if merge.state != Merge.State.PROPOSED:
        return _("The proposal is settled already.")
    if merge.proposed_by_id != by.pk and not by.holds(*SETTLERS):
        return _("An officer or the manager settles a proposal.")
    return None


def why_not_undo(merge: Merge, *, by: User) -> str | None:
    """Any officer and the manager may, also the one who proposed: undoing hides nothing and loses nothing."""
    if not by.holds(*SETTLERS):
        return _("An officer or the manager undoes a merge.")
    if merge.state != Merge.State.DONE:
        return _("These files are not merged now.")
    taken = Person.objects.current().filter(national_id_lookup=merge.merged.national_id_lookup)
    if taken.exclude(pk=merge.merged_id).exists():
        return _("Another file was opened with this ID meanwhile. Settle that file first.")
    return None
