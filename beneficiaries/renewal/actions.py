"""Confirming what a file says, and the calls made about it."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COUNTER
from beneficiaries.models import Calling, Outreach, Person
from core import audit, clock
from core.errors import Refused

CALL_LASTS = timedelta(minutes=15)
PHONE = "phone"
"""The policy's own code of the channel (clause CH-2)."""


@transaction.atomic
def confirm(person: Person, *, by: User, how: str) -> Person:
    """The data was read over with the person and is true today: the file is fresh again, and what is due moves.

    `how` is where: "counter", "phone", or "request" when it came with a request taken with the person.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    before, person.confirmed_on = person.confirmed_on, clock.today()
    if before != person.confirmed_on:
        person.save(update_fields=["confirmed_on"])
    Calling.objects.filter(person=person, by=by).delete()
    audit.record("confirmed", person, by=by, changes={"on": [str(before), str(person.confirmed_on)], "how": how})
    return person


@transaction.atomic
def begin_call(person: Person, *, by: User) -> Calling:
    """Say that `by` is calling this person now. Refused while a colleague is, or when one spoke to them today."""
    if not by.holds(*COUNTER):
        raise Refused(_("People are called by the relations officer or the branch delegate."))
    held = Person.objects.select_for_update().get(pk=person.pk)
    calling = Calling.objects.select_related("by").filter(person=held).first()
    if calling and calling.by_id != by.pk and calling.until > clock.now():
        raise Refused(_("%(name)s is calling them now.") % {"name": calling.by.name})
    if sentence := called_today(held):
        raise Refused(sentence)
    row, _created = Calling.objects.update_or_create(
        person=held, defaults={"by": by, "until": clock.now() + CALL_LASTS}
    )
    Calling.objects.filter(by=by).exclude(pk=row.pk).delete()  # one calls one person at a time: the other is free
    return row


def called_today(person: Person) -> str | None:
    """Nobody is called twice in a day, by whomever."""
    last = person.outreach.select_related("made_by").first()
    if last and clock.local_date(last.made_at) == clock.today():
        return _("%(name)s called them today: %(result)s.") % {
            "name": last.made_by.name,
            "result": last.get_result_display(),
        }
    return None


@transaction.atomic
def record_call(person: Person, *, by: User, result: str, note: str = "") -> Outreach:
    """Keep what came of a call; a confirmation by telephone makes the file fresh. Refused as `begin_call` refuses."""
    begin_call(person, by=by)
    row = Outreach.objects.create(
        person=person,
        channel=PHONE,
        mobile=person.mobile,
        result=Outreach.Result(result),
        note=note,
        made_by=by,
        made_at=clock.now(),
    )
    Calling.objects.filter(person=person).delete()
    audit.record("called", person, by=by, changes={"result": result})
    if result == Outreach.Result.CONFIRMED:
        confirm(person, by=by, how=PHONE)
    return row


@transaction.atomic
def leave_call(person: Person, *, by: User) -> None:
    """Let the person go again without a call."""
    Calling.objects.filter(person=person, by=by).delete()
