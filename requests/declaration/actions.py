"""The applicant's signature: kept with the exact text, the exact data, and who saw it (rule 3)."""

from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import Person, Representative
from channels.codes import actions as codes
from channels.codes.rules import NOT_ACCEPTED
from channels.models import OneTimeCode
from core import audit, uploads
from core.errors import Refused
from core.models import StoredFile
from core.tokens import canonical, sha256
from policies.models import Category
from requests import workflow
from requests.declaration import rules
from requests.models import Declaration, SignedPaper, SupportRequest


@transaction.atomic
def sign(
    case: SupportRequest,
    *,
    by: User,
    signed: str,
    category: Category | None = None,
    signature: StoredFile | None = None,
    code: OneTimeCode | None = None,
    witness: User | None = None,
    representative: Representative | None = None,
) -> Declaration:
    """Keep what was signed, each with its hash, also in the record, which nobody alters. A code is used up by it.

    Raises Refused: a code that signed other data, a witness from elsewhere, a representative without a valid deed.
    """
    text, data = rules.text_for(case), rules.declared(case, category)
    if sentence := witnessed_wrongly(case, by, witness, representative):
        raise Refused(sentence)
    if signed == Declaration.Signed.CODE:
        use_code(code, rules.bound(text, data))
    made = Declaration.objects.create(
        case=case,
        text=text,
        text_sha256=sha256(text),
        signed=signed,
        signature=signature,
        code=code if signed == Declaration.Signed.CODE else None,
        witness=witness or by,
        representative=representative,
        data=data,
        data_sha256=sha256(canonical(data)),
    )
    hashes = {"text": made.text_sha256, "data": made.data_sha256, "signature": signature.sha256 if signature else ""}
    how = {"how": signed, "witness": made.witness_id, "read_aloud": made.read_aloud}
    audit.record(rules.SIGNED, case, by=by, changes=hashes | how)
    return made


def witnessed_wrongly(
    case: SupportRequest, by: User, witness: User | None, representative: Representative | None
) -> str | None:
    wrong = rules.may_not_witness(witness, by) if witness else None
    return wrong or (rules.may_not_sign_for(representative, case.person.current) if representative else None)


def use_code(code: OneTimeCode | None, bound_to: str) -> None:
    """Raises Refused for a code that signed something else than what is declared now, and for none."""
    if code is None:
        raise Refused(NOT_ACCEPTED)
    if code.bound_to != bound_to:
        raise Refused(_("The data changed after the code was sent, so the code does not sign it. Send a new code."))
    codes.use(code)


def asked_for(form_key: str) -> dict[str, Any]:
    """What a signing code is for: one sending of one form."""
    return {"purpose": OneTimeCode.Purpose.SIGN, "subject": f"form:{form_key}"}


def number_on_file(person: Person | None, typed: str, representative: Representative | None = None) -> str:
    """Where a signing code goes: only to the number on file of whoever signs (trust.md).

    Where the file has none, that is the number just typed, which the file gets.
    """
    if representative:
        return representative.mobile
    return (person.mobile if person else "") or typed


@transaction.atomic
def attach_paper(
    case: SupportRequest, *, by: User, scan: BinaryIO, representative: Representative | None = None
) -> SignedPaper:
    """The signed paper, scanned after the registration. Raises Refused, and UploadError for what is no picture."""
    case = workflow.lock(case)
    if sentence := rules.why_not_scan(case, by) or witnessed_wrongly(case, by, None, representative):
        raise Refused(sentence)
    with uploads.together() as store:
        made = SignedPaper.objects.create(
            declaration=case.declaration,
            file=store(scan, by_id=by.pk),
            representative=representative,
            added_by=by,
        )
        audit.record(rules.SCANNED, case, by=by, changes={"scan": made.file.sha256})
    return made
