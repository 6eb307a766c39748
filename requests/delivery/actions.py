"""Verbs of the service officer (policy clause PS-7): how it is given, received, cancelled, and what proves it."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import Person, Representative
from channels.codes import actions as codes
from channels.codes.rules import NOT_ACCEPTED
from channels.models import OneTimeCode
from core import audit, clock, uploads
from core.errors import Refused, refuse
from core.models import StoredFile
from requests import effects, workflow
from requests.delivery import rules
from requests.delivery.kinds import asks_of
from requests.models import (
    Award,
    CancelReason,
    CollectionCall,
    Instalment,
    ProofPhoto,
    Receipted,
    Recipient,
    SupportRequest,
)

DETAILS = ("kind", "zakat", "payee", "payee_number", "items")
NAMES = ("payee", "payee_number", "items")
"""What says who is paid, under which number and for what: the record keeps that it changed, the award what it says."""
RECEIPT = (
    "receipted_at receipted_by receipted_how recipient representative received_by_name note signature code "
    "signed_for received_sha256"
).split()
CODE_EVENT = "code_to_receive"


def held(case: SupportRequest) -> Award:
    """The award of a case whose row is held, with the case as it now stands: every verb here takes its turn at it."""
    case = workflow.lock(case)
    award = Award.objects.get(case=case)
    award.case = case
    return award


def person_of(case: SupportRequest) -> Person:
    """The person's file of today, held: its IBAN does not change while it is compared or paid."""
    return Person.objects.select_for_update(of=("self",)).get(pk=case.person.current.pk)


@transaction.atomic
def describe(case: SupportRequest, *, by: User, **details: Any) -> Award:
    """Say of the award what its kind asks. The kind itself only where the decision left it open. Raises Refused."""
    award = held(case)
    refuse(rules.not_theirs(award.case, by) or rules.nothing_left(award))
    refuse(rules.wrong_kind(award, details.get("kind", award.kind)))
    before = {name: getattr(award, name) for name in DETAILS}
    after = before | {name: details[name] for name in DETAILS if name in details}
    if (asks := asks_of(after["kind"])) != asks_of(before["kind"]):
        after |= {name: "" for name in NAMES if after[name] == before[name]}  # it was written for another kind
    asked = {"payee": asks.payee, "payee_number": asks.number, "items": asks.items}
    after |= {name: "" for name in NAMES if not asked[name]}
    changed = [name for name in DETAILS if before[name] != after[name]]
    if not changed:
        return award
    changes = {name: None if name in NAMES else [before[name], after[name]] for name in changed}
    for name, value in after.items():
        setattr(award, name, value)
    award.save(update_fields=DETAILS)
    audit.record("described_delivery", award.case, by=by, changes=changes)
    return award


# The receipt


def sign_by(instalment: Instalment, *, representative: Representative | None) -> dict[str, Any]:
    """What a code for this receipt is sent and looked up with."""
    number = rules.number_to_sign(instalment.case.person.current, representative)
    return {"purpose": OneTimeCode.Purpose.SIGN, "subject": f"instalment:{instalment.pk}", "mobile": number}


def send_code(
    instalment: Instalment,
    *,
    by: User,
    recipient: str = Recipient.PERSON,
    received_by_name: str,
    representative: Representative | None = None,
) -> OneTimeCode:
    """Send the code that signs this receipt as it stands, and nothing else. Raises Refused, BudgetSpent.

    The budgets are counted in their own transactions, so do not call it inside one.
    """
    case = instalment.case
    refuse(rules.not_now(case, by) or rules.settled(instalment) or rules.details_missing(case.award))
    refuse(rules.wrong_recipient(case, recipient, received_by_name, representative))
    refuse(rules.not_verified(case.award, case.person.current))
    facts = rules.received(instalment, recipient=recipient, name=received_by_name)
    asked = sign_by(instalment, representative=representative)
    return codes.send(**asked, bound_to=rules.bound(facts), by=by, event=CODE_EVENT)


@transaction.atomic
def receipt(
    instalment: Instalment,
    *,
    by: User,
    how: str,
    received_by_name: str,
    recipient: str = Recipient.PERSON,
    representative: Representative | None = None,
    note: str = "",
    signature: StoredFile | None = None,
    code: OneTimeCode | None = None,
) -> SupportRequest:
    """Record the receipt of one instalment; with the last one, the service is delivered. A code is used up by it.

    Raises Refused for whoever voted on the case or issued its decision (rule 5), and while the file is suspended.
    """
    award = held(instalment.case)
    case = award.case
    refuse(rules.not_now(case, by))
    instalment = case.instalments.get(pk=instalment.pk)
    refuse(rules.settled(instalment) or rules.details_missing(award))
    refuse(rules.wrong_recipient(case, recipient, received_by_name, representative))
    refuse(rules.delegate_in_doubt(case, by, recipient=recipient, name=received_by_name, how=how))
    refuse(rules.proof_missing(how, signature) or rules.paper_of_another(case, how, signature))
    refuse(rules.not_payable(award, person_of(case), by, how))
    facts = rules.received(instalment, recipient=recipient, name=received_by_name)
    bound = rules.bound(facts)
    if how == Receipted.CODE:
        use_code(code, bound)
    instalment.receipted_at, instalment.receipted_by, instalment.receipted_how = clock.now(), by, how
    instalment.recipient, instalment.representative = recipient, representative
    instalment.received_by_name, instalment.note, instalment.signature = received_by_name, note, signature
    instalment.code = code if how == Receipted.CODE else None
    instalment.signed_for, instalment.received_sha256 = facts, bound
    instalment.save(update_fields=RECEIPT)
    changes = {"instalment": instalment.number, "how": how, "recipient": recipient, "received": bound}
    audit.record("receipted", case, by=by, changes=changes)
    if case.instalments.outstanding().exists():
        return case
    return workflow.perform(case, "deliver", by=by)


def use_code(code: OneTimeCode | None, bound_to: str) -> None:
    """Raises Refused for a code that signed something else than what is received now, and for none."""
    if code is None:
        raise Refused(NOT_ACCEPTED)
    if code.bound_to != bound_to:
        raise Refused(_("What is received changed after the code was sent, so it does not sign it. Send a new code."))
    codes.use(code)


# What proves it


@transaction.atomic
def photograph(
    case: SupportRequest,
    pictures: Sequence[Any],
    *,
    by: User,
    moment: str,
    instalment: Instalment | None = None,
    caption: str = "",
    shows_people: bool = False,
    agreed: bool = False,
) -> list[ProofPhoto]:
    """Keep photographs of what is given: all, or none. Raises Refused, and SeveralRefused for what is no picture."""
    award = held(case)
    refuse(rules.not_theirs(award.case, by) or rules.without_consent(shows_people, agreed))
    with uploads.together() as store:
        made = [
            ProofPhoto.objects.create(
                award=award,
                instalment=instalment,
                file=stored,
                moment=moment,
                caption=caption,
                shows_people=shows_people,
                agreed=shows_people and agreed,
                added_by=by,
            )
            for stored in uploads.store_each(pictures, store=store, by_id=by.pk)
        ]
        if any(photo.file.kind == "pdf" for photo in made):
            raise uploads.UploadError(_("A photograph is a picture (JPG or PNG), not a PDF file."))
        pictured = [photo.file.sha256 for photo in made]
        audit.record("photographed_delivery", award.case, by=by, changes={"pictures": pictured})
    return made


@transaction.atomic
def remove_photograph(photo: ProofPhoto, *, by: User) -> None:
    """Take a photograph away again, until the service is delivered; the record keeps that it was there."""
    award = held(photo.award.case)
    refuse(rules.not_theirs(award.case, by))
    stored = photo.file
    photo.delete()
    audit.record("removed_photograph", award.case, by=by, changes={"picture": stored.sha256})
    uploads.discard(stored)


# What is not received


@transaction.atomic
def cancel(
    case: SupportRequest, *, by: User, why: str, note: str = "", only: Instalment | None = None
) -> list[Instalment]:
    """Cancel one instalment, or all that is outstanding, with a reason, which stands in its row. Raises Refused.

    Also while the file is suspended: untrue data is a reason. What was received stays received. The person is told,
    and how to ask; not where their death is the reason.
    """
    case = held(case).case
    refuse(rules.not_cancelling(case, by) or rules.wrong_cancel_reason(case, by, why))
    found = list(case.instalments.outstanding())
    if only is not None:
        refuse(rules.settled(case.instalments.get(pk=only.pk)))
        found = [each for each in found if each.pk == only.pk]
    if not found:
        raise Refused(_("Nothing is outstanding, so there is nothing to cancel."))
    for each in found:
        each.cancelled_at, each.cancelled_by, each.cancelled_why, each.cancelled_note = clock.now(), by, why, note
        each.save(update_fields=["cancelled_at", "cancelled_by", "cancelled_why", "cancelled_note"])
    audit.record("cancelled_instalments", case, by=by, changes={"instalments": [each.number for each in found]})
    if why != CancelReason.DIED:
        part = case.instalments.outstanding().exists()
        effects.tell(case, "service_cancelled_in_part" if part else "service_cancelled", once=str(found[0].pk))
    return found


@transaction.atomic
def finish(case: SupportRequest, *, by: User) -> SupportRequest:
    """The rest was cancelled after something was received: the service is delivered. Raises Refused."""
    case = held(case).case
    refuse(rules.not_now(case, by))
    return workflow.perform(case, "deliver", by=by)


@transaction.atomic
def call(case: SupportRequest, *, by: User, result: str, comes_on=None, note: str = "") -> CollectionCall:
    """Write down a call about what lies uncollected, and what came of it. Raises Refused."""
    award = held(case)
    refuse(rules.not_theirs(award.case, by) or rules.wrong_day_to_come(result, comes_on))
    made = CollectionCall.objects.create(award=award, result=result, comes_on=comes_on, note=note, by=by)
    audit.record(
        "called_about_delivery", award.case, by=by, changes={"result": result, "comes_on": str(comes_on or "")}
    )
    return made
