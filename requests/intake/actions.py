"""Receiving a request at the counter: one transaction, or nothing (policy clauses PS-1 to PS-5)."""

from copy import copy
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Branch, User
from beneficiaries.actions import amend, enrol, only_editable
from beneficiaries.categories.actions import categorise
from beneficiaries.models import Person, Representative
from beneficiaries.renewal.actions import confirm
from channels.codes import actions as codes
from channels.models import OneTimeCode
from core import clock, uploads
from core.errors import Refused
from core.models import StoredFile
from policies.actions import held_in_force
from policies.models import Association, Category, PolicyVersion, Service, WaitingStart
from requests import rules, workflow
from requests.declaration.actions import asked_for, number_on_file, sign
from requests.declaration.rules import bound, declared, text_for
from requests.models import DocumentCheck, SupportRequest
from requests.verification.actions import carry_papers


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
    code: OneTimeCode | None = None  # found by what was read out; used up with the signature
    witness: User | None = None  # who saw the signing; empty: whoever registers
    representative: Representative | None = None  # who signed for the person; empty: the person


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
    known = person is not None
    person = amend(person, by=by, **facts) if person else open_file(national_id, by=by, branch=by.branch, facts=facts)
    if known and submission.informed:  # they were there, or on the line: what is in the file was read over with them
        person = confirm(person, by=by, how="request")
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
    if sentence := rules.channel_not_offered(policy, submission.channel) or rules.person_suspended(person):
        raise Refused(sentence)
    case = drawn_up(person, submission, by=by, policy=policy)
    if submission.informed:
        case.informed_at = clock.now()
        if case.waiting_starts_at == WaitingStart.INFORMED:
            case.start_waiting(clock.local_date(case.informed_at))
    case.save()
    if policy.requires_signature:
        sign(
            case,
            by=by,
            signed=submission.signed,
            category=first_category(person),
            signature=submission.signature,
            code=submission.code,
            witness=submission.witness,
            representative=submission.representative,
        )
    list_papers(case)
    return workflow.begin(case, "receive", by=by)


def drawn_up(person: Person, submission: Submission, *, by: User, policy: PolicyVersion) -> SupportRequest:
    """The request as it would be received, not saved."""
    return SupportRequest(
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


def first_category(person: Person) -> Category | None:
    row = person.categories.filter(is_primary=True).select_related("category").first()
    return row.category if row else None


def send_code(
    form_key: str,
    *,
    by: User,
    facts: dict[str, Any],
    submission: Submission,
    person: Person | None = None,
    national_id: str = "",
    category: Category | None = None,
) -> OneTimeCode:
    """Send the code that signs this registration as it stands now, and nothing else. Raises Refused, BudgetSpent."""
    file = copy(person) if person else Person(national_id=national_id)
    for name, value in only_editable(facts).items():
        setattr(file, name, value)
    case = drawn_up(file, submission, by=by, policy=policy_for_requests())
    category = category or (first_category(person) if person else None)
    return codes.send(
        **asked_for(form_key),
        mobile=number_on_file(person, file.mobile, submission.representative),
        bound_to=bound(text_for(case), declared(case, category)),
        by=by,
    )


def list_papers(case: SupportRequest) -> None:
    """One check per required paper of the service; what the person gave before and is still valid stands as given."""
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
    carry_papers(case)
