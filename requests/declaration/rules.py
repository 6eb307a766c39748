"""What is declared and signed, and whether what is kept of it is what was signed (rule 3). docs/declaration.md."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import Person, Representative
from core import audit, clock
from core.tokens import canonical, sha256
from policies.models import Category
from requests.models import Declaration, SupportRequest
from requests.rules import Sentence, days_in_words, not_the_counters

PERSON = (
    "first_name father_name grandfather_name family_name national_id mobile birth_date birth_date_typed sex "
    "nationality marital_status member_no member_standing"
).split()
SIGNED = "declaration_signed"
SCANNED = "signed_paper_scanned"


def text_for(case: SupportRequest) -> str:
    """The words to sign: the pinned version's, with the days of this service."""
    return case.policy_version.declaration_text.replace("{min_days_words}", days_in_words(case.min_decision_days))


def declared(case: SupportRequest, category: Category | None) -> dict[str, Any]:
    """The data the applicant answers for, as at submission. `case` and its person may not be saved yet."""
    return {
        **{field: str(getattr(case.person, field) or "") for field in PERSON},
        "service": case.service.code,
        "need": case.need,
        "household_size": case.household_size,
        "income_band": case.income_band,
        "category": category.code if category else "",
    }


def bound(text: str, data: dict[str, Any]) -> str:
    """What a code signs: the text and the data together."""
    return sha256(sha256(text) + sha256(canonical(data)))


def unsound(declaration: Declaration) -> Sentence:
    """Both hashes computed again, and compared with those beside them and those in the record; None when all agree."""
    hashes = {"text": sha256(declaration.text), "data": sha256(canonical(declaration.data))}
    if hashes["text"] != declaration.text_sha256:
        return _("The text kept here is not the text that was signed.")
    if hashes["data"] != declaration.data_sha256:
        return _("The data kept here is not the data that was signed.")
    if declaration.code and declaration.code.bound_to != bound(declaration.text, declaration.data):
        return _("The code that was used did not sign this declaration.")
    scan = declaration.scan
    files = {"signature": declaration.signature, "scan": scan.file if scan else None}
    kept = hashes | {name: file.sha256 if file else "" for name, file in files.items()}
    if any(kept[name] != value for name, value in recorded(declaration).items()):
        return _("The declaration is not the one that stands in the record.")
    return None


def recorded(declaration: Declaration) -> dict[str, str]:
    """The hashes as the record has them, which nobody alters: of the text, the data, the signature and the scan."""
    rows = audit.history(declaration.case).filter(verb__in=(SIGNED, SCANNED))
    known = {name: value for changes in rows.values_list("changes", flat=True) for name, value in changes.items()}
    return {name: known[name] for name in ("text", "data", "signature", "scan") if name in known}


def speaking_for(person: Person) -> list[Representative]:
    """The guardian and the authorised representative who may sign for this person today."""
    today = Q(valid_until=None) | Q(valid_until__gte=clock.today())
    return list(Representative.objects.filter(today, person__in=person.and_merged, ended_at=None))


def may_not_witness(witness: User, by: User) -> Sentence:
    if witness == by or (witness.is_active and by.branch_id and witness.branch_id == by.branch_id):
        return None
    return _("The witness is a colleague of this branch who was there.")


def may_not_sign_for(representative: Representative, person: Person) -> Sentence:
    if representative in speaking_for(person):
        return None
    return _("This representative does not speak for the person today. See the deed in the person's file.")


def paper_owed(declaration: Declaration | None) -> bool:
    """Signed on paper, and the paper not scanned yet."""
    if declaration is None or declaration.signed != Declaration.Signed.PAPER:
        return False
    return declaration.seen_signature is None


def papers_to_scan(user: User) -> QuerySet[SupportRequest]:
    """Open requests signed on paper whose paper this counter has still to scan, the oldest first."""
    owed = (
        SupportRequest.objects.at_counter_of(user)
        .open()
        .filter(declaration__signed=Declaration.Signed.PAPER, declaration__signature=None, declaration__paper=None)
    )
    return owed.select_related("service").order_by("received_at", "pk")


def why_not_scan(case: SupportRequest, by: User) -> Sentence:
    """Why the signed paper cannot be attached now; None when it can."""
    if not_the_counters(case, by):
        return _("The signed paper is scanned by the relations officer or the branch delegate.")
    if not paper_owed(getattr(case, "declaration", None)):
        return _("No signed paper is awaited for this request.")
    return None
