"""How a service reaches the person after registration, changed with a reason; and the IBAN paid, verified anew.

What was arranged at registration does not stand for ever: somebody opens an account, falls ill, sends another delegate.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit, clock, reminders
from core.errors import Refused, refuse
from requests import effects
from requests import rules as law
from requests.delivery import rules
from requests.delivery.actions import held, person_of
from requests.delivery.models import WhyReceivedAnew
from requests.delivery.reminding import event_of
from requests.models import Award, ReceiveBy, SupportRequest


@transaction.atomic
def verify_iban(case: SupportRequest, *, by: User, seen: bool, shown: str = "") -> Award:
    """The certificate of the IBAN that stands in the file today was seen; `shown` is the mark of the one on the page
    (`rules.iban_mark`). Raises Refused."""
    award = held(case)
    person = person_of(award.case)
    refuse(rules.not_theirs(award.case, by))
    if award.case.receive_by != ReceiveBy.TRANSFER or not person.iban:
        raise Refused(rules.not_verified(award, person) or _("It is not received by transfer, so no IBAN is verified."))
    refuse(rules.another_iban(person, shown) or rules.own_account(person, by))
    if not seen:
        raise Refused(_("See the bank's certificate first, then tick this."))
    award.verify_iban(person.iban, by=by)
    award.save(update_fields=["iban_lookup", "iban_verified_at", "iban_verified_by"])
    audit.record("verified_iban", award.case, by=by)
    return award


@transaction.atomic
def change_receiving(
    case: SupportRequest,
    *,
    by: User,
    receive_by: str,
    receive_where: str = "",
    why: str,
    iban_verified: bool = False,
    shown: str = "",
) -> Award:
    """Arrange anew how what is outstanding is received: what registration asked is asked again, and the person is told.
    For a transfer `shown` is the mark of the IBAN on the page. Raises Refused."""
    award = held(case)
    case, person = award.case, person_of(award.case)
    facts = {"receive_by": receive_by, "receive_where": receive_where, "iban_verified": iban_verified}
    refuse(rules.not_theirs(case, by) or rules.nothing_left(award) or rules.died(case))
    refuse(law.how_it_is_received(case, by, facts))
    refuse(None if why in WhyReceivedAnew.values else _("Choose why it changes."))
    before = (case.receive_by, case.receive_where)
    after = (receive_by, "" if receive_by == ReceiveBy.TRANSFER else receive_where.strip())
    if before == after:
        raise Refused(_("This is how it is received already."))
    if receive_by == ReceiveBy.TRANSFER:
        refuse(rules.another_iban(person, shown) or rules.own_account(person, by))
        award.verify_iban(person.iban or "", by=by)
    else:
        award.forget_iban()
    award.save(update_fields=["iban_lookup", "iban_verified_at", "iban_verified_by"])
    case.receive_by, case.receive_where = after
    case.save(update_fields=["receive_by", "receive_where"])
    anew = told_anew(award, before[0])
    changes = {"receive_by": [before[0], after[0]], "receive_where": None, "why": why} | anew
    row = audit.record("changed_receiving", case, by=by, changes=changes)
    effects.tell(case, "receiving_changed", once=str(row.pk))
    return award


def told_anew(award: Award, before: str) -> dict[str, Any]:
    """What had its day already has a new one, today, where the person is told otherwise than they were: somebody who
    waited for a transfer is told to come, and is late from today on. Gives what the record keeps of it."""
    after = event_of(award.case)
    if award.planned_at is None or after is None or after == event_of(SupportRequest(receive_by=before)):
        return {}
    today, moved = clock.today(), []
    for each in award.case.instalments.outstanding().filter(due_on__lte=today):
        moved.append([str(each.number), str(each.due_on), str(today)])
        each.due_on = today
        each.save(update_fields=["due_on"])
        if not reminders.waits("instalment_due", about=each, on=today):
            reminders.remind("instalment_due", about=each, on=today, once=clock.now().isoformat())
    return {"due_today": moved} if moved else {}
