"""May this be handed over, planned or cancelled? Questions of the delivery (rules 4 and 5), without side effects."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Role
from beneficiaries.models import Person, Representative
from core import audit, clock, seen
from core.arabic import fold
from core.hijri import format_dual
from core.identifiers import lookup_hash
from core.models import StoredFile
from core.templatetags.ui import money
from core.tokens import canonical, sha256
from requests import rules
from requests.declaration.rules import speaking_for
from requests.delivery.kinds import KINDS, asks_of
from requests.delivery.models import ON_A_FILE
from requests.delivery.schedule import MOST_INSTALMENTS
from requests.models import (
    Award,
    CancelReason,
    CollectionCall,
    Instalment,
    Outcome,
    Receipted,
    ReceiveBy,
    Recipient,
    SupportRequest,
)
from requests.rules import Sentence
from requests.states import State

REMIND_AGAIN_AFTER = timedelta(days=7)
"""A service that is ready is spoken of twice; after as many days again it stands on the list to be called about."""
UNCOLLECTED_AFTER = 2 * REMIND_AGAIN_AFTER
FETCHED = (ReceiveBy.PICKUP, ReceiveBy.DELEGATE)
"""Where the person, or somebody they send, has to come for it."""

BY_ANOTHER = (CancelReason.NEED_ENDED, CancelReason.UNTRUE_DATA, CancelReason.DIED)
"""Reasons the person does not give: the association's own judgement, and a death, of which no message goes out."""

Row = tuple[Decimal | None, date]


def not_theirs(case: SupportRequest, by: User) -> Sentence:
    """The service officer alone, after registration, and nobody who voted or issued (rule 5). Every verb asks this."""
    if not by.holds(Role.SERVICE_OFFICER) or case.state != State.REGISTERED:
        return _("Delivering is the service officer's step: after registration, and until the service is delivered.")
    return rules.decided_it(case, by)


def not_now(case: SupportRequest, by: User) -> Sentence:
    """The same, and nothing is handed over while the file is suspended, nor to the dead."""
    return not_theirs(case, by) or rules.suspended(case, by) or died(case)


def died(case: SupportRequest) -> Sentence:
    """Cancelled once because the person died, nothing else is handed over either."""
    rows = list(case.instalments.all())
    if any(each.ended_by_death for each in rows) and any(each.outstanding for each in rows):
        return _("The person died: cancel all that is left, and the manager closes the request.")
    return None


def details_missing(award: Award) -> Sentence:
    """What its kind asks is said before anything of it is handed over."""
    asks = asks_of(award.kind)
    if asks.payee and not award.payee:
        return _("Write first: %(field)s.") % {"field": asks.payee}
    if asks.letter and not award.letters.exists():
        return _("Issue the letter first, then record that it was received.")
    return None


def settled(instalment: Instalment) -> Sentence:
    if instalment.receipted_at:
        return _("This receipt was recorded already.")
    if instalment.cancelled_at:
        return _("This instalment was cancelled.")
    return None


# The schedule


def left_to_plan(award: Award) -> Decimal | None:
    """The approved total without what was received and what was cancelled; None where no amount was decided."""
    if award.total is None:
        return None
    gone = [each.amount or Decimal(0) for each in award.case.instalments.all() if not each.outstanding]
    return award.total - sum(gone, Decimal(0))


def times_left(award: Award) -> int | None:
    """Where no amount bounds it: how often it is still handed over, once in each month decided, else once in all."""
    if award.total is not None:
        return None
    gone = sum(not each.outstanding for each in award.case.instalments.all())
    return max((award.months or 1) - gone, 0)


def wrong_schedule(award: Award, rows: Sequence[Row]) -> Sentence:
    """The amounts sum to what is left of the approved total, exactly; no day lies before the decision."""
    if not rows or len(rows) > MOST_INSTALMENTS:
        return _("Plan one instalment at least, and %(most)s at most.") % {"most": MOST_INSTALMENTS}
    left = times_left(award)
    if left is not None and len(rows) > left:
        sentence = ngettext(
            "Of what was decided it is handed over %(n)s time more.",
            "Of what was decided it is handed over %(n)s times more.",
            left,
        )
        return sentence % {"n": left}
    decided = award.case.decided_on
    if decided and any(due < decided for _amount, due in rows):
        return _("No instalment is due before the day of the decision, %(day)s.") % {"day": format_dual(decided)}
    return wrong_amounts(left_to_plan(award), [amount for amount, _due in rows])


def wrong_amounts(left: Decimal | None, amounts: Sequence[Decimal | None]) -> Sentence:
    if left is None:
        return _("No amount was decided, so none is planned.") if any(amounts) else None
    known = [amount for amount in amounts if amount]
    if len(known) < len(amounts):
        return _("Each instalment has an amount.")
    total = sum(known, Decimal(0))
    if total != left:
        return _("The instalments come to %(sum)s riyals, and what is to be planned is %(left)s: %(difference)s.") % {
            "sum": money(total),
            "left": money(left),
            "difference": difference(left - total),
        }
    return None


def difference(short: Decimal) -> str:
    if short > 0:
        return _("%(amount)s riyals are missing") % {"amount": money(short)}
    return _("%(amount)s riyals are too many") % {"amount": money(-short)}


# The receipt


def received(instalment: Instalment, *, recipient: str, name: str) -> dict[str, Any]:
    """What a receipt says: signed by a code or by hand, kept sealed with the receipt, and as a hash. What the award
    says later changes none of it."""
    award = instalment.case.award
    return {
        "reference": instalment.case.reference,
        "instalment": instalment.number,
        "amount": str(instalment.amount or ""),
        "kind": award.kind,
        "what": award.what,
        "items": award.items,
        "payee": award.payee,
        "payee_number": award.payee_number,
        "recipient": recipient,
        "name": name,
    }


def bound(facts: dict[str, Any]) -> str:
    """One way to write them, so that the same receipt has one hash."""
    return sha256(canonical(facts))


def number_to_sign(person: Person, representative: Representative | None) -> str:
    """Where a code goes: the number on file of whoever receives. A delegate's receipt is the person's own to sign."""
    return representative.mobile if representative else person.mobile


def wrong_recipient(case: SupportRequest, recipient: str, name: str, representative: Representative | None) -> Sentence:
    if recipient not in Recipient.values:
        return _("Choose who received it.")
    if recipient == Recipient.REPRESENTATIVE and representative not in speaking_for(case.person.current):
        return _("This representative does not speak for the person today. See the deed in the person's file.")
    return None if name.strip() else _("Write the full name of whoever received it.")


def proof_missing(how: str, signature: StoredFile | None) -> Sentence:
    """Nothing is recorded as received on somebody's word alone: the drawing, the signed paper or the slip is kept."""
    if how not in Receipted.values:
        return _("Choose how the receipt was signed.")
    if how not in ON_A_FILE or signature is not None:
        return None
    return {
        Receipted.DRAWN: _("Nothing is drawn yet. Have the person sign in the box, or choose paper."),
        Receipted.PAPER: _("Attach a picture of the signed paper."),
        Receipted.TRANSFER: _("Attach the transfer slip."),
    }[Receipted(how)]


def paper_of_another(case: SupportRequest, how: str, signature: StoredFile | None) -> Sentence:
    """A signature says what one person received. A bank's slip may name many, so it may stand with many. Asked, not
    held: the same paper sent twice at one instant is found afterwards by its hash."""
    if signature is None or how == Receipted.TRANSFER:
        return None
    same = Instalment.objects.received().filter(signature__sha256=signature.sha256)
    if not same.exclude(case__person__in=case.person.and_merged).exists():
        return None
    return _("This signature stands with the receipt of another person already. Take the one of whoever receives now.")


def delegate_in_doubt(case: SupportRequest, by: User, *, recipient: str, name: str, how: str) -> Sentence:
    """A delegate is the one that was arranged, or one for whom the person read out their code. And nobody sends it to
    a delegate and records alone that the delegate came (rule 5): a colleague does."""
    if recipient != Recipient.DELEGATE or how == Receipted.CODE:
        return None
    if case.receive_by != ReceiveBy.DELEGATE:
        return _(
            "No delegate was arranged. Take the code sent to the person, or change first how the service is received."
        )
    if fold(name) != fold(case.receive_where):
        return _("Another delegate was arranged: %(name)s. Take the code sent to the person, or change it first.") % {
            "name": case.receive_where
        }
    if by.pk not in arranged_by(case):
        return None
    return _(
        "You changed how it is received to this delegate, so a colleague records the receipt; or take the code sent to "
        "the person."
    )


def arranged_by(case: SupportRequest) -> set[int | None]:
    """Who had a hand in its being received as it is: who changed it last to another way, and whoever changed anything
    of that way since; before the first change, whoever registered it."""
    hands: set[int | None] = set()
    for row in audit.history(case).filter(verb="changed_receiving").order_by("-pk"):
        hands.add(row.actor_id)
        before, after = row.changes["receive_by"]
        if before != after:
            return hands
    registered = case.steps.filter(action="complete_registration").last()
    return hands | {registered.by_id if registered else None}


# The account that is paid


def not_verified(award: Award, person: Person) -> Sentence:
    """Why nothing is paid into the account in the file: it is not the one whose certificate was seen."""
    if award.case.receive_by != ReceiveBy.TRANSFER:
        return None
    if not person.iban:
        return _("The file has no IBAN any more. The counter writes it there, then its certificate is seen here.")
    if not award.iban_lookup:
        return _("It is not known which IBAN was verified. See the bank's certificate before you transfer.")
    if lookup_hash(person.iban) != award.iban_lookup:
        return _("The IBAN changed after it was verified. See the certificate of the new one before you transfer.")
    return None


def not_payable(award: Award, person: Person, by: User, how: str) -> Sentence:
    """The same of a receipt; a transfer slip is for whoever is paid by transfer, or for a payee; and nobody both writes
    an account into the file and records what was paid into it."""
    paid_to_another = asks_of(award.kind).payee  # a payee written while it was a bill is none of a transfer's
    if how == Receipted.TRANSFER and award.case.receive_by != ReceiveBy.TRANSFER and not paid_to_another:
        return _("A transfer was not arranged. Change first how the service is received, and verify the IBAN.")
    paid_into_it = how == Receipted.TRANSFER and award.case.receive_by == ReceiveBy.TRANSFER
    return not_verified(award, person) or (own_account(person, by) if paid_into_it else None)


def iban_mark(person: Person) -> str:
    """The mark of the IBAN that a page shows, to come back with the tick of its certificate."""
    return seen.mark({"iban": person.iban or ""})


def another_iban(person: Person, shown: str) -> Sentence:
    """What is ticked is the account that was looked at: nobody verifies one that came while their page stood open."""
    if not seen.changed(shown, {"iban": person.iban or ""}):
        return None
    return _("The IBAN changed since you opened the page. See its certificate again.")


def own_account(person: Person, by: User) -> Sentence:
    """Whoever wrote the account into the file does not verify it too, once money is on its way (rule 5); one that was
    never amended came when the file was opened, at the counter or in an import."""
    wrote = Q(verb="amended", changes__has_key="iban") | Q(verb="enrolled")
    last = audit.history(person).filter(wrote).last()
    if last is None or last.actor_id != by.pk:
        return None
    return _("You wrote this IBAN into the file, so a colleague sees its certificate.")


# Not collected


def uncollected(instalment: Instalment) -> bool:
    """Whoever should come for it was told twice that it is ready, and it still lies there."""
    due = instalment.due_on
    if not instalment.outstanding or due is None or instalment.case.receive_by not in FETCHED:
        return False
    return due + UNCOLLECTED_AFTER <= clock.today()


def wrong_day_to_come(result: str, comes_on: date | None) -> Sentence:
    if result not in CollectionCall.Result.values:
        return _("Choose what came of the call.")
    if result != CollectionCall.Result.WILL_COME:
        return _("A day is written only for whoever said when they will come.") if comes_on else None
    if comes_on is None or comes_on < clock.today():
        return _("Write the day they said they will come, today or later.")
    return None


# The rest


def not_finished(case: SupportRequest, by: User) -> Sentence:
    """Why the service is not delivered now, where nothing is outstanding any more."""
    return not_now(case, by) or rules.receipts_missing(case, by)


def finishable(case: SupportRequest, by: User) -> bool:
    return not_finished(case, by) is None


def kind_is_decided(award: Award) -> bool:
    """Whether the committee named the kind of support; where it did not, the service officer chooses one."""
    issued = award.case.decisions.filter(outcome=Outcome.APPROVE, issued_by__isnull=False)
    return bool(issued.latest("settled_at").kind)


def nothing_left(award: Award) -> Sentence:
    """What was received stays as it was signed for, so only what is outstanding is described or arranged anew."""
    if award.case.instalments.outstanding().exists():
        return None
    return _("Nothing is outstanding, so there is nothing to change: what was received stays as it was signed for.")


def wrong_kind(award: Award, kind: str) -> Sentence:
    """The committee's kind stands; one that was chosen stands from the first receipt, which names it."""
    if kind != award.kind and kind_is_decided(award):
        return _("The committee decided the kind of support; it is not changed here.")
    if kind != award.kind and award.case.instalments.received().exists():
        return _("Something of it was received as «%(kind)s», so the kind does not change any more.") % {
            "kind": award.get_kind_display() or "—"
        }
    return None if kind in KINDS else _("Choose the kind of support.")


def not_cancelling(case: SupportRequest, by: User) -> Sentence:
    """The service officer or the manager, after registration, and nobody who voted or issued (rule 5)."""
    if by.holds(Role.MANAGER) and case.state == State.REGISTERED:
        return rules.decided_it(case, by)
    return not_theirs(case, by)


def wrong_cancel_reason(case: SupportRequest, by: User, why: str) -> Sentence:
    """From the list. What the association itself judges, that the need ended or the data was untrue, and a death, are
    not said by whoever handed over the rest: nobody gives and cancels alone (rule 5). Untrue data is decided by two
    first, told, and open to objection (rule 3)."""
    if why not in CancelReason.values:
        return _("Choose the reason for cancelling.")
    if why == CancelReason.UNTRUE_DATA and rules.suspended(case, by) is None:
        return _("Untrue data is decided by two people first, and the person is told of it: have the file suspended.")
    if why in BY_ANOTHER and case.instalments.received().filter(receipted_by=by).exists():
        return _(
            "You recorded what was received of it, so a colleague cancels for this reason: another service officer, or "
            "the manager from the request's page."
        )
    return None


def without_consent(shows_people: bool, agreed: bool) -> Sentence:
    """People in a photograph agreed to it, or it is not kept."""
    if shows_people and not agreed:
        return _("People are in the photograph: keep it only if they agreed, and tick that they did.")
    return None
