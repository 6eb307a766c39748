"""Verbs on the papers of a case: judged, their pages added and taken away, and carried in from earlier requests."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from beneficiaries.documents.actions import dates, keep_document, withdraw_document
from beneficiaries.documents.rules import known_paper, on_file
from beneficiaries.models import HouseholdMember, PersonDocument
from core import audit, clock
from core.errors import Refused
from core.hijri import TypedDate
from core.models import StoredFile
from core.uploads import discard
from policies.models import Association
from requests import workflow
from requests.models import CheckPage, CheckState, DocumentCheck, SupportRequest
from requests.states import State
from requests.verification import rules


@transaction.atomic
def judge_paper(
    check: DocumentCheck,
    *,
    by: User,
    state: str,
    member: HouseholdMember | None = None,
    issued_on: TypedDate | None = None,
    valid_until: TypedDate | None = None,
    reason: str = "",
    pages: Sequence[StoredFile] = (),
) -> DocumentCheck:
    """Judge one paper as at submission, with whatever pages came; after the decision, only its validity is renewed.

    Raises Refused: an expired paper cannot be accepted, a problem or an absence needs its reason,
    and only a paper that may not exist is said not to exist (policy clause PS-2).
    """
    case = workflow.lock(check.case)
    check = case.checks.get(pk=check.pk)  # as it stands now: papers may have been asked for meanwhile
    renewing = case.state == State.APPROVED
    if renewing:
        state, member = CheckState.ACCEPTED, check.member
    elif pages and state == CheckState.NOT_GIVEN:
        state = CheckState.GIVEN
    facts: dict[str, Any] = {
        "state": state,
        "issued_on": issued_on,
        "valid_until": valid_until,
        "reason": reason,
        "member": member,
    }
    if sentence := rules.why_not_judge(case, by=by) or rules.paper_refused(check, case, **facts):
        raise Refused(sentence)
    if renewing:
        check.renewed_until = valid_until.gregorian if valid_until else None
    else:
        withdraw_what_no_longer_stands(check, state, member, by=by)
        for name, value in {
            **dates(issued_on, "issued_on"), **dates(valid_until, "valid_until"),
            "state": state, "reason": reason, "member": member,
        }.items():  # fmt: skip
            setattr(check, name, value)
    add_pages(check, pages)
    check.judged_by, check.judged_at = by, clock.now()
    check.save()
    if state == CheckState.ACCEPTED:
        keep(check, case, issued_on, valid_until, pages if renewing else files_of(check))
    audit.record("judged_paper", case, by=by, changes={"paper": check.code, "state": state}, why=reason)
    return check


def keep(
    check: DocumentCheck,
    case: SupportRequest,
    issued_on: TypedDate | None,
    valid_until: TypedDate | None,
    pages: Sequence[StoredFile],
) -> None:
    """What is accepted stands in the person's file, so that it is not asked for again."""
    keep_document(
        case.person.current,
        code=check.code,
        label=check.label,
        member=check.member,
        issued_on=issued_on,
        valid_until=valid_until,
        pages=pages,
    )


def files_of(check: DocumentCheck) -> list[StoredFile]:
    return [page.file for page in check.pages.select_related("file")]


def add_pages(check: DocumentCheck, files: Sequence[StoredFile]) -> None:
    """Behind the pages that are there, in the order they came. Raises Refused beyond what a paper may hold."""
    if sentence := files and rules.pages_refused(check, files):
        raise Refused(sentence)
    last = check.pages.aggregate(last=Max("position"))["last"] or 0
    CheckPage.objects.bulk_create(
        CheckPage(paper=check, file=file, position=place) for place, file in enumerate(files, last + 1)
    )


@transaction.atomic
def remove_page(page: CheckPage, *, by: User) -> DocumentCheck:
    """Take away a wrong page; its file goes too unless another request or the person's file shows it.

    Raises Refused once the paper is accepted. A paper whose last page went is not given any more.
    """
    case = workflow.lock(page.paper.case)
    check = case.checks.get(pk=page.paper_id)
    page = check.pages.select_related("file", "paper").get(pk=page.pk)
    if sentence := rules.why_not_remove(page, case, by=by):
        raise Refused(sentence)
    page.delete()
    discard(page.file)
    if check.state == CheckState.GIVEN and not check.pages.exists():
        check.state, check.carried = CheckState.NOT_GIVEN, None
        check.save(update_fields=["state", "carried"])
    audit.record("removed_page", case, by=by, changes={"paper": check.code, "sha256": page.file.sha256})
    return check


def withdraw_what_no_longer_stands(
    check: DocumentCheck, state: str, member: HouseholdMember | None, *, by: User
) -> None:
    """A document on file that turns out to be wrong, or somebody else's, is not carried into another request.

    Another owner takes the carried pages away as well: they are of a paper of the first.
    """
    other_owner = member != check.member
    if check.carried and other_owner:
        check.pages.filter(file__in=check.carried.pages.values("file")).delete()
        check.carried = None
    was_accepted = check.state == CheckState.ACCEPTED and (state != CheckState.ACCEPTED or other_owner)
    found_wrong = check.carried if state == CheckState.PROBLEM else None
    document = found_wrong or (document_of(check) if was_accepted else None)
    if document:
        withdraw_document(document, by=by)
        check.carried = None


def document_of(check: DocumentCheck) -> PersonDocument | None:
    """What the acceptance of this paper wrote into the person's file; one of another validity is another paper."""
    rows = PersonDocument.objects.filter(person__in=check.case.person.and_merged, code=check.code)
    return rows.filter(member=check.member, valid_until=check.valid_to).first()


def carry_papers(case: SupportRequest) -> None:
    """Papers given for an earlier request and valid today stand as given: nobody is asked twice (clause DO-1)."""
    documents, months = on_file(case.person), Association.current().renewal_months
    for check in case.checks.filter(paper__each_time=False) if documents else []:
        known = known_paper(
            documents, code=check.code, has_expiry=check.has_expiry, day=rules.valid_on(case), months=months
        )
        if known:
            carry(check, known)


def carry(check: DocumentCheck, known: PersonDocument) -> None:
    check.state, check.carried, check.member = CheckState.GIVEN, known, known.member
    for name in ("issued_on", "issued_on_typed", "valid_until", "valid_until_typed"):
        setattr(check, name, getattr(known, name))
    check.save()
    add_pages(check, [page.file for page in known.pages.all()])
