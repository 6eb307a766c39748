"""Who issues what was carried: the chair of the body that voted, or its deputy where no chair of it may (rule 5)."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from core import clock
from requests.models import Decision, Exclusion, Issuer, SupportRequest

SEATED = Q(deputy=False, user__roles__contains=[Role.CHAIR.value]) | Q(
    deputy=True, user__roles__contains=[Role.DEPUTY.value]
)
"""A seat issues while its holder's account says so too: either of them ends it."""


def sitting() -> QuerySet[Issuer]:
    """The seats that issue today, whichever body theirs is."""
    return Issuer.objects.in_term(clock.today()).filter(SEATED, user__is_active=True)


def to_issue(user: User) -> QuerySet[Decision]:
    """What was carried and is this person's office to issue, by their seat in the body that carried it. Whether they
    themselves are barred from it, or its day has come, is asked besides (`requests.rules`)."""
    here = sitting().filter(body=OuterRef("body"))
    theirs, chairs = here.filter(user=user), here.filter(deputy=False).exclude(user=OuterRef("proposed_by"))
    took_part = Exclusion.objects.filter(
        case=OuterRef(OuterRef("case")), user=OuterRef("user"), why__in=Exclusion.FROM_DECIDING
    )
    free = Exists(chairs.exclude(Exists(took_part)))
    carried = Decision.objects.filter(settled_at=None, outcome__in=Decision.ISSUED)
    return carried.filter(Exists(theirs.filter(deputy=False)) | (Exists(theirs.filter(deputy=True)) & ~free))


def not_theirs_to_issue(case: SupportRequest, by: User) -> str | None:
    """Why another person issues what was carried on this case; None too where nothing was."""
    decision = case.decisions.filter(settled_at=None, outcome__in=Decision.ISSUED).first()
    if decision is None or to_issue(by).filter(pk=decision.pk).exists():
        return None
    if sitting().filter(user=by, body=decision.body).exists():
        return _("The chair issues the decision; the deputy does so only when the chair is recused or there is none.")
    return _("The chair of the committee that carried this decision issues it.")
