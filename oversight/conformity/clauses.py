"""Which clause is carried out by what, and what proves it (product.md, «Clause → what the portal does»)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from policies.models import Clause, ClauseKind


@dataclass(frozen=True)
class Practice:
    """What in the portal carries a clause out, in one sentence, and the measures that show it."""

    how: str | Promise
    measures: tuple[str, ...] = ()


PRACTICES: dict[str, Practice] = {
    # By what a clause carries out (`Clause.code`): these follow it whatever its number is.
    "receive": Practice(
        _("One page of registration at the counter, and a receipt with the request's number."),
        ("requests_received", "messages"),
    ),
    "verify_data": Practice(
        _("One row for each paper, judged as at submission; a request with an unsettled paper does not pass."),
        ("verified",),
    ),
    "clarify_via_social_research": Practice(
        _("What is unclear is referred to the researcher and the answer told, while the request stays where it is."),
        ("clarified", "clarified_answered", "clarified_told", "clarified_late"),
    ),
    "attest_and_sign": Practice(
        _("The declaration is signed before a witness, and kept word for word with the data declared."),
        ("drawn", "paper", "unsigned"),
    ),
    "inform_committee_and_period": Practice(
        _("The telling is recorded, the earliest date is fixed and printed, and no decision is issued before it."),
        ("told", "referred", "recommended", "decided", "early"),
    ),
    "complete_registration": Practice(
        _("Registration is completed after the decision and before the delivery."), ("registered",)
    ),
    "deliver_service": Practice(_("Every delivery has its receipt."), ("delivered",)),
    "volunteer_programme_proposal_permits": Practice(
        _("Programmes are proposed on the website or at the desk, and raised to the authority."),
        ("proposed", "raised"),
    ),
    "answer_inquiries_without_delay": Practice(
        _("Each inquiry is a row with its hour, and is overdue after the association's own target."),
        ("inquiries", "in_time", "late"),
    ),
    "complaints_and_remarks": Practice(
        _("Remarks and complaints stand in the same register as inquiries, and are answered."),
        ("remarks", "complaints", "late"),
    ),
    "official_permit_requests_via_tayseer": Practice(
        _("The number in the Tayseer system is kept, and the authority's answer is told to the volunteer."),
        ("raised", "permit_answers", "handed_over"),
    ),
    # By the id of a clause that carries no step of its own.
    "PRE-1": Practice(_("The applicant's declaration says who answers for what."), ("drawn", "paper", "unsigned")),
    "PRE-2": Practice(
        _("Each version is approved, published by two, circulated to the staff and due for review."),
        ("published", "read", "unread", "review"),
    ),
    "GO-1": Practice(
        _("Requests are followed to the delivery, suggestions are taken, and people are told unasked."),
        ("requests_received", "delivered", "remarks", "unasked", "failed"),
    ),
    "DO-1": Practice(
        _("One page of registration; what is known of a person is not asked again."),
        ("requests_received", "known_people"),
    ),
    "DO-2": Practice(_("The portal, its messages and its codes."), ("messages", "failed")),
    "DO-3": Practice(
        _("Inquiries are answered, and the services are explained on the website."),
        ("inquiries", "in_time", "late"),
    ),
    "DO-4": Practice(_("Status by telephone, and requests taken without a visit."), ("from_afar", "unasked")),
    "DO-5": Practice(_("A question after each delivery; answers carry no name."), ("invited", "answered")),
    "DO-6": Practice(_("Shown by the clauses under it.")),
    "DO-6.1": Practice(_("A page for each service: what we do and what we do not."), ("described", "undescribed")),
    "DO-6.2": Practice(_("A page for each service: for whom it is and how long it takes."), ("described",)),
    "DO-6.3": Practice(_("The rating is optional, and its page says what it is for."), ("invited", "answered")),
    "DO-7": Practice(_("Shown by the clauses under it.")),
    "DO-7.1": Practice(_("A page for each programme and service."), ("described", "undescribed")),
    "DO-7.2": Practice(_("The rating is optional, and its page says what it is for."), ("invited", "answered")),
}
CHANNEL = Practice(_("Each request and inquiry says through which channel it came."), ("requests_via", "inquiries_via"))
TOOL = Practice(_("The document lies on the officer's desk."), ("with_document", "without_document"))
APPROVAL = Practice(_("The board's approval is recorded and shown with the policy."), ("published", "unconfirmed"))
BY_KIND: dict[str, Practice] = {
    ClauseKind.CHANNEL: CHANNEL,
    ClauseKind.TOOL: TOOL,
    ClauseKind.APPROVAL: APPROVAL,
}
NOT_MEASURED = Practice(_("Nothing in the portal measures this clause."))


def practice_of(clause: Clause) -> Practice:
    """What carries a clause out: by its code, else by its id, else by its section; honest where nothing does."""
    found = PRACTICES.get(clause.code) or PRACTICES.get(clause.clause_id) or BY_KIND.get(clause.kind)
    return found or NOT_MEASURED


def narrowed_to(clause: Clause) -> str:
    """The channel or tool the numbers of a clause are about; empty for the others."""
    return clause.code if clause.kind in (ClauseKind.CHANNEL, ClauseKind.TOOL) else ""


def wanted(clauses: Iterable[Clause]) -> set[tuple[str, str]]:
    """Every (measure, narrowed to) these clauses ask for, once."""
    return {(name, narrowed_to(clause)) for clause in clauses for name in practice_of(clause).measures}
