"""When a version may be approved, published or written. Questions only; a sentence means no."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from core import audit
from core.models import Reminder
from policies.models import PolicyVersion, Procedure, VersionState

REVIEW = "policy_review"
"""The reminder of a version's review (clause PRE-2): a row that stays on the editors' page until it is settled."""
PERSON_FORMS = (
    "masc_indef masc_def masc_acc masc_li fem_indef fem_def fem_acc fem_li "
    "dual_nom dual_obl pl_nom_indef pl_nom_def pl_obl_indef pl_obl_def pl_li"
).split()


def next_label() -> str:
    """The number after the largest there is; versions are never renumbered."""
    numbers = [int(label) for label in PolicyVersion.objects.values_list("label", flat=True) if label.isdecimal()]
    return str(max(numbers, default=0) + 1)


def why_not_editor(by: User) -> str:
    return "" if by.is_superuser or by.holds(Role.POLICY_EDITOR) else _("Only a policy editor does this.")


def frozen_sentence(version: PolicyVersion) -> str:
    """Why nobody writes in this version; empty for a draft."""
    if version.state == VersionState.DRAFT:
        return ""
    if version.state == VersionState.APPROVED:
        return _("The board approved this text, so it is not changed. Reopen it first.")
    return _("This version was published, so it is not changed. Start a new version from it.")


def missing_for_approval(version: PolicyVersion) -> list[str]:
    """What a draft still lacks before the board's approval of it can be recorded, one sentence each."""
    if sentence := frozen_sentence(version):
        return [sentence]
    return [*missing_facts(version), *missing_text(version)]


def missing_facts(version: PolicyVersion) -> list[str]:
    approval = getattr(version, "approval", None)
    if approval is None or not approval.body:
        return [_("Write which body approved the policy.")]
    if approval.date is None and approval.candidates:
        return [_("The date of approval may be read in two ways. Choose one of them.")]
    if approval.date is None:
        return [_("Write the date of approval.")]
    return []


def missing_text(version: PolicyVersion) -> list[str]:
    found = []
    if not version.procedures:
        found.append(_("Choose the procedure: support requests, programme permits, or both."))
    if version.has(Procedure.SUPPORT_REQUESTS) and not (version.min_decision_days or 0) >= 1:
        found.append(_("Write the waiting period: one day at least where support requests are taken."))
    if not version.clauses.exists():
        found.append(_("The policy has no clauses yet."))
    if not all(version.term(form) for form in PERSON_FORMS):
        found.append(_("Write every form of the word for the person served."))
    if version.requires_signature and not version.declaration_text.strip():
        found.append(_("Write the declaration that the applicant signs."))
    if not version.channels:
        found.append(_("Choose one channel at least."))
    return found


def why_not_publish(version: PolicyVersion, *, by: User) -> str:
    """Why this person may not put this version in force; empty when they may (two people publish)."""
    if sentence := why_not_editor(by):
        return sentence
    if version.state != VersionState.APPROVED:
        return _("Only a version whose approval by the board is recorded can be published.")
    if version.approved_by_id == by.pk:
        return _("You recorded the board's approval, so a second editor must publish. Ask a colleague to do it.")
    missing = missing_text(version)
    return missing[0] if missing else ""


def reviews_of(version: PolicyVersion) -> QuerySet[Reminder]:
    """The reminders of a version's review that are still awaited."""
    subject_type, subject_id = audit.name_of(version)
    return Reminder.objects.filter(kind=REVIEW, subject_type=subject_type, subject_id=subject_id, done_at=None)


def to_review(user: User) -> list[PolicyVersion]:
    """The reviews that are due, for a policy editor."""
    return reviews_due() if user.holds(Role.POLICY_EDITOR) else []


def reviews_due() -> list[PolicyVersion]:
    """Versions whose review has come due and is not settled: said to every policy editor."""
    due = Reminder.objects.due(REVIEW).values_list("subject_id", flat=True)
    return list(PolicyVersion.objects.filter(pk__in=[int(each) for each in due]))


def to_publish(user: User) -> list[PolicyVersion]:
    """Approved versions that wait for this editor as the second person."""
    approved = PolicyVersion.objects.filter(state=VersionState.APPROVED).exclude(approved_by=user)
    return list(approved) if user.holds(Role.POLICY_EDITOR) else []


def to_read(user: User) -> PolicyVersion | None:
    """The version in force, while this member of staff has not said that they read it («تعميم»).

    A pack is nobody's circular: it is model text until the association publishes its own.
    """
    version = PolicyVersion.in_force()
    if version is None or version.pack or version.acknowledgements.filter(user=user).exists():
        return None
    return version
