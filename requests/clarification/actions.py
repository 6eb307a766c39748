"""Verbs on referrals for clarification. The case is locked and never moved: its state, dates and turn stay (PS-3)."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from core import audit, clock
from core.errors import Refused
from requests import effects, workflow
from requests.clarification import rules
from requests.models import Clarification, SupportRequest


@transaction.atomic
def ask(case: SupportRequest, *, by: User, question: str) -> Clarification:
    """Refer what is unclear to the person to the researcher of the case, else to the researchers of its branch."""
    case = workflow.lock(case)
    if sentence := workflow.out_of_sight(case, by) or rules.why_not_ask(case, by=by):
        raise Refused(sentence)
    holder = case.researcher if case.researcher and case.researcher.is_active else None
    if holder and not holder.holds(Role.RESEARCHER):
        holder = None
    row = Clarification.objects.create(case=case, question=question, asked_by=by, researcher=holder)
    audit.record("asked_clarification", case, by=by, changes={"clarification": row.pk})
    return row


@transaction.atomic
def take(clarification: Clarification, *, by: User) -> Clarification:
    """A researcher takes a question that nobody has, or that a colleague has left longer than two working days."""
    row = held(clarification)
    if sentence := not_theirs(row, by) or rules.why_not_take(row, by=by):
        raise Refused(sentence)
    if row.researcher_id != by.pk:
        row.researcher = by
        row.save(update_fields=["researcher"])
        audit.record("took_clarification", row.case, by=by, changes={"clarification": row.pk})
    return row


@transaction.atomic
def answer(clarification: Clarification, *, by: User, text: str, may_be_shown: bool = False) -> Clarification:
    """Answer in words meant for the person. `may_be_shown`: it may stand on the status page, which opens by its link.

    Raises Refused when a colleague has it or answered it, or when what may be shown is plainly private.
    """
    row = held(clarification)
    private = rules.private_in(text, row.case.person.current) if may_be_shown else None
    if sentence := not_theirs(row, by) or rules.why_not_answer(row, by=by) or private:
        raise Refused(sentence)
    row.answer, row.may_be_shown = text, may_be_shown
    row.researcher, row.answered_by, row.answered_at = by, by, clock.now()
    row.save(update_fields=["answer", "may_be_shown", "researcher", "answered_by", "answered_at"])
    audit.record("answered_clarification", row.case, by=by, changes={"clarification": row.pk, "shown": may_be_shown})
    return row


@transaction.atomic
def tell(clarification: Clarification, *, by: User, how: str) -> Clarification:
    """Record that the person knows the answer, or bring it to them by a message.

    A message carries no answer. Where the answer stands on the status page, its link is the telling; else the
    message only asks them to call or come, and the answer goes on waiting to be told.
    """
    row = held(clarification)
    by_text = how == Clarification.Told.MESSAGE
    refused = workflow.out_of_sight(row.case, by) or rules.why_not_tell(row, by=by)
    if sentence := refused or (rules.why_not_text(row) if by_text else None):
        raise Refused(sentence)
    if by_text and not row.may_be_shown:
        return invite(row, by=by)
    if by_text:
        effects.tell(row.case, "clarification_on_page", once=str(row.pk))
    row.told_how, row.told_by, row.told_at = Clarification.Told(how), by, clock.now()
    row.save(update_fields=["told_how", "told_by", "told_at"])
    audit.record("told_clarification", row.case, by=by, changes={"clarification": row.pk, "how": how})
    return row


def invite(row: Clarification, *, by: User) -> Clarification:
    effects.tell(row.case, "clarification_ready", once=str(row.pk))
    row.invited_at = clock.now()
    row.save(update_fields=["invited_at"])
    audit.record("invited_for_clarification", row.case, by=by, changes={"clarification": row.pk})
    return row


def held(clarification: Clarification) -> Clarification:
    """The question as it stands, its case locked before it: as everywhere, the case is what hands queue for."""
    case = workflow.lock(clarification.case)
    row = Clarification.objects.select_for_update().get(pk=clarification.pk)
    row.case = case
    return row


def not_theirs(row: Clarification, by: User) -> str | None:
    """The view answered 404 already; this stands for every other caller."""
    if Clarification.objects.visible_to(by).filter(pk=row.pk).exists():
        return None
    return _("This question is not among those put to you.")
