"""Receiving a request at the counter: one transaction, or nothing (policy clauses PS-1 to PS-5)."""

import json
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Branch, User
from beneficiaries.actions import amend, enrol
from beneficiaries.categories.actions import categorise
from beneficiaries.models import Person
from core import clock, uploads
from core.errors import Refused
from core.models import StoredFile
from core.tokens import sha256
from policies.actions import held_in_force
from policies.models import Association, Category, PolicyVersion, Service, WaitingStart
from requests import rules, workflow
from requests.models import Declaration, DocumentCheck, SupportRequest


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What the applicant asks for and how it came, clean."""

    service: Service
    channel: str
    need: str
    household_size: int | None = None
    income_band: str = ""
    informed: bool  # the officer ticked that the card was read aloud; a letter is told later
    signed: str  # Declaration.Signed; empty where the policy asks nobody to sign
    signature: StoredFile | None = None


@transaction.atomic
def register(
    *,
    by: User,
    facts: dict[str, Any],
    submission: Submission,
    person: Person | None = None,
    national_id: str = "",
    category: Category | None = None,
    signature: BinaryIO | None = None,
) -> SupportRequest:
    """A person at the counter: open or amend their file, keep the signature, take the request; all or nothing.

    `person` is None for somebody new. Raises Refused, and UploadError for a signature that cannot be read.
    """
    if by.branch is None:
        raise Refused(_("Your account belongs to no branch yet; ask the system administrator to set it."))
    person = amend(person, by=by, **facts) if person else open_file(national_id, by=by, branch=by.branch, facts=facts)
    if category:
        categorise(person, by=by, primary=category, others=[row.category for row in person.categories.all()])
    if signature is None:
        return receive(person, submission, by=by)
    with uploads.together() as store:
        return receive(person, replace(submission, signature=store(signature, by_id=by.pk)), by=by)


def open_file(national_id: str, *, by: User, branch: Branch, facts: dict[str, Any]) -> Person:
    """A new file; of two officers who open one for the same ID at once, the database lets one through."""
    try:
        with transaction.atomic():
            return enrol(by=by, branch=branch, national_id=national_id, **facts)
    except IntegrityError as error:
        raise Refused(_("This ID already has a file. Search for it and open that file.")) from error


def policy_for_requests() -> PolicyVersion:
    """The version in force. Raises Refused where it knows no support requests."""
    policy = held_in_force()
    sentence = rules.no_support_requests(policy)
    if policy is None or sentence:
        raise Refused(sentence)
    return policy


@transaction.atomic
def receive(person: Person, submission: Submission, *, by: User) -> SupportRequest:
    """Take one request of `person`, pinned to the policy version in force (rules 1, 2, 3).

    Raises Refused when the association takes no support requests, does not offer the channel, or `by` may not.
    """
    policy = policy_for_requests()
    if sentence := rules.channel_not_offered(policy, submission.channel):
        raise Refused(sentence)
    case = SupportRequest(
        person=person,
        service=submission.service,
        branch=by.branch,
        channel=submission.channel,
        need=submission.need,
        household_size=submission.household_size,
        income_band=submission.income_band,
        received_by=by,
        policy_version=policy,
        min_decision_days=policy.days_for(submission.service),  # a database constraint refuses 0
        waiting_starts_at=Association.current().waiting_starts_at,
    )
    if submission.informed:
        case.informed_at = clock.now()
        if case.waiting_starts_at == WaitingStart.INFORMED:
            case.start_waiting(clock.local_date(case.informed_at))
    case.save()
    if policy.requires_signature:
        sign(case, submission, by=by)
    list_papers(case)
    return workflow.begin(case, "receive", by=by)


def sign(case: SupportRequest, submission: Submission, *, by: User) -> Declaration:
    """Keep the exact text signed and the data declared, each with its hash (rule 3)."""
    text = case.policy_version.declaration_text.replace("{min_days_words}", rules.days_in_words(case.min_decision_days))
    data = declared(case)
    return Declaration.objects.create(
        case=case,
        text=text,
        text_sha256=sha256(text),
        signed=submission.signed,
        signature=submission.signature,
        witness=by,
        data=data,
        data_sha256=sha256(json.dumps(data, ensure_ascii=False, sort_keys=True)),
    )


def declared(case: SupportRequest) -> dict[str, Any]:
    """The data the applicant answers for, as at submission."""
    person = case.person
    fields = (
        "first_name father_name grandfather_name family_name national_id mobile birth_date sex nationality "
        "marital_status"
    )
    return {
        **{field: str(getattr(person, field) or "") for field in fields.split()},
        "service": case.service.code,
        "need": case.need,
        "household_size": case.household_size,
        "income_band": case.income_band,
    }


def list_papers(case: SupportRequest) -> None:
    """One check per required paper of the service."""
    DocumentCheck.objects.bulk_create(
        DocumentCheck(
            case=case,
            paper=paper,
            code=paper.code,
            label=paper.label,
            has_expiry=paper.has_expiry,
            may_not_exist=paper.may_not_exist,
        )
        for paper in case.service.papers.all()
    )
