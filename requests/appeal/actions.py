"""Verbs of the objection. The case is locked first: of two submissions at once there is one, the other is told so."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import Representative
from channels.models import OneTimeCode
from core import audit
from core.errors import Refused
from core.models import StoredFile
from requests import effects, workflow
from requests.appeal import rules
from requests.appeal.drafts import draft_of, drop, fingerprint
from requests.appeal.freezing import freeze
from requests.declaration.rules import may_not_sign_for
from requests.models import Appeal, AppealFile, SupportRequest
from requests.rules import Applicant

RECEIVED = "appeal_received"


@transaction.atomic
def submit(case: SupportRequest, *, by: Applicant, seen: str, code: OneTimeCode) -> Appeal:
    """The person objects on their own page, which `code` opened: words and files are those of their draft, as they
    confirmed it. `seen` is its fingerprint as the page had it.

    Raises Refused: out of time, a second one, no rejection to object to, a draft that changed since it was read.
    """
    case = workflow.lock(case)
    if sentence := rules.why_not_object(case):
        raise Refused(sentence)
    draft = draft_of(case)
    if draft is None or fingerprint(draft) != seen:
        raise Refused(_("What you wrote is not what this page showed any more. Read it again, then send it."))
    files = [each.file for each in drop(case, keeping_files=True)]
    facts = {"channel": Appeal.By.PERSON, "signed": Appeal.Signed.CODE, "code": code}
    return receive(case, by=by, refused=None, text=draft.text, files=files, **facts)


@transaction.atomic
def write_down(
    case: SupportRequest,
    *,
    by: User,
    text: str,
    signed: str,
    signature: StoredFile,
    representative: Representative | None = None,
    files: Sequence[StoredFile] = (),
) -> Appeal:
    """The officer or the delegate writes it down for the person present, who signs it on the screen or on paper.

    Raises Refused as `submit`, and for a representative without a valid deed.
    """
    case = workflow.lock(case)
    wrong = may_not_sign_for(representative, case.person.current) if representative else None
    refused = workflow.out_of_sight(case, by) or rules.why_not_write(case, by) or wrong
    facts = {"channel": Appeal.By.COUNTER, "signed": Appeal.Signed(signed), "signature": signature}
    facts |= {"representative": representative, "written_by": by}
    return receive(case, by=by, refused=refused, text=text, files=files, **facts)


def receive(
    case: SupportRequest, *, by: User | Applicant, refused: str | None, text: str, files: Sequence[StoredFile], **facts
) -> Appeal:
    """The row, its papers, the file as it stands, the record and the message: all of them, or nothing."""
    decision = rules.rejection_of(case)
    if refused or decision is None or decision.objections_until is None:
        raise Refused(refused or rules.why_not_object(case) or "")
    last = decision.objections_until
    appeal = Appeal.objects.create(case=case, decision=decision, text=text, last_day=last, **facts)
    AppealFile.objects.bulk_create(
        AppealFile(appeal=appeal, file=file, position=position) for position, file in enumerate(files, start=1)
    )
    frozen = freeze(appeal)
    hashes = {"file": frozen.sha256, "papers": [file.sha256 for file in files]}
    audit.record(RECEIVED, case, by=by, changes={"channel": appeal.channel, "signed": appeal.signed} | hashes)
    effects.tell(case, RECEIVED, once=str(appeal.pk))
    return appeal


@transaction.atomic
def take_up(case: SupportRequest, *, by: User) -> SupportRequest:
    """Put the objection before the committee: the case is reopened, once, by whoever holds the secretary's role."""
    return workflow.perform(case, "reopen_on_appeal", by=by)
