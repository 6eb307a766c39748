"""Verbs on a suspension. Each locks the person's file first: of two who decide at once, one does."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import Person, Suspension
from beneficiaries.suspension import rules
from core import audit, clock, errors, outbox
from core.hijri import format_dual

State = Suspension.State


def hold(person: Person) -> Person:
    return Person.objects.select_for_update(of=("self",)).get(pk=person.current.pk)


def held(suspension: Suspension) -> Suspension:
    """The suspension as it stands, the person's file and its own row held until the end of the transaction."""
    hold(suspension.person)
    return Suspension.objects.select_for_update().get(pk=suspension.pk)


@transaction.atomic
def propose(person: Person, *, by: User, what: str, told_text: str, until: date | None = None, about="") -> Suspension:
    """Say what was untrue and what the person is to be told. Nothing happens until a second person confirms it."""
    person = hold(person)
    errors.refuse(rules.why_not_propose(person, by))
    errors.refuse(_("Choose a day after today.") if until and until <= clock.today() else None)
    rules.of(person).filter(state=State.IN_FORCE).exclude(rules.today_in_force()).update(state=State.ENDED)
    made = Suspension.objects.create(
        person=person, proposed_by=by, what=what, told_text=told_text, until=until, about=about
    )
    audit.record("suspension_proposed", person, by=by, changes={"suspension": made.pk, "about": about})
    return made


@transaction.atomic
def confirm(suspension: Suspension, *, by: User) -> Suspension:
    """The second person agrees: from now on the file is suspended, and the person is told."""
    made = settle(suspension, by, State.IN_FORCE)
    audit.record("suspended", made.person, by=by, changes={"suspension": made.pk, "until": str(made.until or "")})
    tell(made, told_first(made))
    return made


@transaction.atomic
def refuse(suspension: Suspension, *, by: User, why: str) -> Suspension:
    """The second person does not agree, with a reason; nothing happened to the person, and nothing is told."""
    errors.refuse(None if why.strip() else _("Write the reason."))
    made = settle(suspension, by, State.REFUSED, why=why)
    audit.record("suspension_refused", made.person, by=by, changes={"suspension": made.pk})
    return made


def settle(suspension: Suspension, by: User, state: State, why: str = "") -> Suspension:
    made = held(suspension)
    errors.refuse(rules.why_not_settle(made, by))
    until_passed = state == State.IN_FORCE and made.until and made.until < clock.today()
    errors.refuse(
        _("Its last day has passed meanwhile; refuse it, and propose another if it is needed.")
        if until_passed
        else None
    )
    made.state, made.settled_by, made.settled_at, made.settled_why = state, by, clock.now(), why
    made.save(update_fields=["state", "settled_by", "settled_at", "settled_why"])
    return made


@transaction.atomic
def object_to(suspension: Suspension, *, by: User, words: str, how: str) -> Suspension:
    """Write down the person's objection as they said it, at the counter or by phone (`how`)."""
    made = held(suspension)
    errors.refuse(rules.why_not_object(made, by))
    made.objection, made.objected_at = words, clock.now()
    made.save(update_fields=["objection", "objected_at"])
    audit.record("suspension_objected", made.person, by=by, changes={"suspension": made.pk, "how": how})
    tell(made, "objection_received")
    return made


@transaction.atomic
def answer(suspension: Suspension, *, by: User, words: str, lifts: bool) -> Suspension:
    """Answer the objection; with `lifts` the suspension is over. The person is told either way."""
    made = held(suspension)
    errors.refuse(rules.why_not_answer(made, by))
    made.objection_answer, made.objection_answered_by, made.objection_answered_at = words, by, clock.now()
    made.save(update_fields=["objection_answer", "objection_answered_by", "objection_answered_at"])
    audit.record("objection_answered", made.person, by=by, changes={"suspension": made.pk, "lifted": lifts})
    if lifts:
        return end(made, by, why=words)
    tell(made, "objection_answered")
    return made


@transaction.atomic
def lift(suspension: Suspension, *, by: User, why: str) -> Suspension:
    """Lift it with a reason; the person is told."""
    made = held(suspension)
    errors.refuse(rules.why_not_lift(made, by) or (None if why.strip() else _("Write the reason.")))
    return end(made, by, why=why)


def end(suspension: Suspension, by: User, *, why: str) -> Suspension:
    suspension.state, suspension.lifted_by, suspension.lifted_at = State.LIFTED, by, clock.now()
    suspension.lifted_why = why[:300]
    suspension.save(update_fields=["state", "lifted_by", "lifted_at", "lifted_why"])
    audit.record("suspension_lifted", suspension.person, by=by, changes={"suspension": suspension.pk})
    tell(suspension, "suspension_lifted")
    return suspension


def told_first(suspension: Suspension) -> str:
    """The message that says that the file is suspended."""
    return "file_suspended_until" if suspension.until else "file_suspended"


def facts_of(suspension: Suspension) -> dict[str, str]:
    """What the messages about it fill in: its last day, if it has one."""
    return {"until": format_dual(suspension.until)} if suspension.until else {}


def tell(suspension: Suspension, event: str) -> None:
    """A message without the reason: telephones are read by others. The reason is told at the counter or by phone."""
    outbox.post(event, to=suspension.person.current.mobile, about=suspension, facts=facts_of(suspension))
