"""The second procedure: a volunteer's programme and the authority's permit for it (policy clauses PS-D1, PS-D4)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin, transition

from accounts.roles import Role
from core import clock
from core.references import new_reference
from core.tokens import new_token
from policies.models import PolicyVersion
from requests.steps import Move

PERMIT_DESK = (Role.OFFICER, Role.MANAGER)


class PermitState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    RAISED = "raised", _("Raised to the authority")
    ISSUED = "issued", _("Permit issued")
    REFUSED = "refused", _("Permit refused")
    HANDED_OVER = "handed_over", _("Approval handed over")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PermitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.all() if user.is_active and user.holds(*PERMIT_DESK) else self.none()


class ProgrammePermit(FSMModelMixin, models.Model):
    """A programme a volunteer proposes. The authority answers when it answers: no waiting period, no committee."""

    reference = models.CharField(max_length=9, unique=True, default=new_reference, editable=False)
    status_token = models.CharField(max_length=22, unique=True, default=new_token, editable=False)
    state = FSMField(choices=PermitState.choices, default=PermitState.PROPOSED, protected=True, db_index=True)
    state_since = models.DateTimeField(default=clock.now)
    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT)
    volunteer_name = models.CharField(_("your name"), max_length=150)
    mobile = models.CharField(_("mobile"), max_length=16)
    title = models.CharField(_("programme title"), max_length=150)
    about = models.TextField(_("about the programme"))
    place = models.CharField(_("place"), max_length=150)
    starts_on = models.DateField(_("starts on"))
    proposed_at = models.DateTimeField(default=clock.now)
    external_reference = models.CharField(_("number in the Tayseer system"), max_length=40, blank=True)
    raised_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answer_note = models.CharField(_("what the authority said"), max_length=500, blank=True)

    objects = PermitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_raised_permit_has_its_number",
                condition=Q(state__in=(PermitState.PROPOSED, PermitState.WITHDRAWN)) | ~Q(external_reference=""),
            ),
            models.CheckConstraint(
                name="an_answered_permit_has_its_day",
                condition=Q(state__in=(PermitState.PROPOSED, PermitState.RAISED, PermitState.WITHDRAWN))
                | Q(answered_on__isnull=False),
            ),
            models.CheckConstraint(
                name="answered_on_or_after_the_day_raised",
                condition=Q(answered_on=None) | Q(raised_on=None) | Q(answered_on__gte=models.F("raised_on")),
            ),
        ]

    class Privacy:
        personal = ("reference", "status_token", "volunteer_name", "mobile")
        sensitive = ()
        neither = (
            "id state state_since policy_version title about place starts_on proposed_at "
            "external_reference raised_on answered_on answer_note"
        ).split()

    def __str__(self):
        return self.reference

    @property
    def mobile_to_tell(self) -> str:
        return self.mobile

    @transition(field=state, source=PermitState.PROPOSED, target=PermitState.RAISED)
    def raise_to_authority(self, *, external_reference, **facts):
        self.external_reference, self.raised_on = external_reference, clock.today()

    @transition(field=state, source=PermitState.RAISED, target=PermitState.ISSUED)
    def record_issued(self, *, answered_on=None, answer_note="", **facts):
        self.answered_on, self.answer_note = answered_on or clock.today(), answer_note

    @transition(field=state, source=PermitState.RAISED, target=PermitState.REFUSED)
    def record_refused(self, *, answer_note, answered_on=None, **facts):
        self.answered_on, self.answer_note = answered_on or clock.today(), answer_note

    @transition(field=state, source=PermitState.ISSUED, target=PermitState.HANDED_OVER)
    def hand_over(self, **facts):
        pass

    @transition(field=state, source=[PermitState.PROPOSED, PermitState.RAISED], target=PermitState.WITHDRAWN)
    def withdraw(self, **facts):
        pass


class PermitStep(Move):
    case = models.ForeignKey(ProgrammePermit, on_delete=models.PROTECT, related_name="steps")
