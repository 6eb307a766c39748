"""The case: a support request from the counter to delivery, and the rows its rules need."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, FSMField, FSMModelMixin, transition

from accounts.models import Branch, User
from accounts.roles import COUNTER, Role, Scope
from beneficiaries.models import Person
from core import clock
from core.references import new_reference
from core.sealed import EncryptedTextField
from core.tokens import new_token
from policies.models import PolicyVersion, Service, WaitingStart
from requests.states import DECIDED, OPEN, PAPERS_ASKED_IN, CloseReason, State
from requests.steps import Move
from requests.visits.areas import asked_about, unassigned_for


class IncomeBand(models.TextChoices):
    NONE = "none", _("no income")
    UNDER_3000 = "under_3000", _("under 3,000")
    TO_6000 = "3000_6000", _("3,000 to 6,000")
    TO_10000 = "6000_10000", _("6,000 to 10,000")
    OVER_10000 = "over_10000", _("over 10,000")


class ReceiveBy(models.TextChoices):
    TRANSFER = "transfer", _("bank transfer")
    PICKUP = "pickup", _("collected at our office")
    HOME = "home", _("brought to the home")
    DELEGATE = "delegate", _("through a delegate")


class Told(models.TextChoices):
    COUNTER = "counter", _("at the counter")
    PHONE = "phone", _("by phone")
    LETTER = "letter", _("by letter")


class SupportRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The cases this user's roles let them see; never one they have a conflict of interest in (rule 5)."""
        if not user.is_active:
            return self.none()
        seen = NO
        for scope in user.scopes:
            seen |= IN_SCOPE[scope](user)
        conflict = Exclusion.objects.filter(case=OuterRef("pk"), user=user, why__in=Exclusion.CONFLICTS)
        return self.filter(seen).exclude(Exists(conflict))

    def at_counter_of(self, user):
        """Those of the branches that a counter role of theirs reaches; what another role sees lends nothing here."""
        counter = self.none() if not user.holds(*COUNTER) else self.visible_to(user)
        every = Scope.BRANCH in user.scopes and user.sees_every_branch
        return counter if every else counter.filter(branch=user.branch_id)

    def at_committee(self):
        return self.filter(state=State.COMMITTEE_REVIEW)

    def open(self):
        return self.filter(state__in=OPEN)


EVERY, NO = ~Q(pk__in=[]), Q(pk__in=[])


def _branch(user) -> Q:
    return EVERY if user.sees_every_branch else Q(branch=user.branch_id)


def _assigned(user) -> Q:
    unassigned = Q(researcher=None, state=State.SOCIAL_RESEARCH) & unassigned_for(user, _branch(user))
    return Q(researcher=user) | unassigned | asked_about(user)


def _objected(user) -> Q:
    """Rejections objected to wait for the secretary, whether or not they sat when the case was first on an agenda."""
    return Q(pk__in=Appeal.objects.waiting().values("case")) if user.holds(Role.SECRETARY) else NO


IN_SCOPE = {
    Scope.BRANCH: _branch,
    Scope.OWN_BRANCH: lambda user: Q(branch=user.branch_id),
    Scope.ASSIGNED: _assigned,
    Scope.COMMITTEE: lambda user: (
        (Q(state=State.COMMITTEE_REVIEW) | Q(pk__in=Agenda.of(user)) | _objected(user))
        & ~Q(pk__in=Exclusion.closed_to_member(user))
    ),
    Scope.DELIVERY: lambda user: Q(state__in=(State.REGISTERED, State.DELIVERED)),
    Scope.ALL: lambda user: EVERY,
    Scope.NONE: lambda user: NO,
}


class SupportRequest(FSMModelMixin, models.Model):
    """One request for one service, pinned to the policy version in force when it was received (rule 2).

    `state` moves only through `requests.workflow.perform`. `earliest_decision_on` is law (rule 1): the
    database holds its arithmetic, refuses an earlier decision, and refuses that it ever moves.
    """

    reference = models.CharField(max_length=9, unique=True, default=new_reference, editable=False)
    status_token = models.CharField(max_length=22, unique=True, default=new_token, editable=False)
    state = FSMField(choices=State.choices, default=State.RECEIVED, protected=True, db_index=True)
    came_from = models.CharField(max_length=20, blank=True, help_text="where awaiting papers goes back to")
    state_since = models.DateTimeField(default=clock.now)

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="support_requests")
    service = models.ForeignKey(Service, on_delete=models.PROTECT)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT)
    channel = models.CharField(max_length=30)
    need = EncryptedTextField(_("the need, as the person told it"))
    household_size = models.PositiveSmallIntegerField(null=True, blank=True)
    income_band = models.CharField(max_length=12, choices=IncomeBand.choices, blank=True)
    received_at = models.DateTimeField(default=clock.now)
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    researcher = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    policy_version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT)
    min_decision_days = models.PositiveSmallIntegerField()
    waiting_starts_at = models.CharField(max_length=20, choices=WaitingStart.choices)
    informed_at = models.DateTimeField(null=True, blank=True)
    waiting_from = models.DateField(null=True, blank=True)
    earliest_decision_on = models.DateField(null=True, blank=True)
    postponed_until = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decision_told_at = models.DateTimeField(null=True, blank=True)
    decision_told_how = models.CharField(max_length=10, choices=Told.choices, blank=True)
    receive_by = models.CharField(max_length=10, choices=ReceiveBy.choices, blank=True)
    receive_where = models.CharField(max_length=200, blank=True)
    close_reason = models.CharField(max_length=20, choices=CloseReason.choices, blank=True)

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decided_on_or_after_the_earliest_date",
                condition=~Q(state__in=DECIDED)
                | Q(
                    decided_on__isnull=False,
                    earliest_decision_on__isnull=False,
                    decided_on__gte=models.F("earliest_decision_on"),
                ),
            ),
            models.CheckConstraint(
                name="earliest_date_and_its_start_stand_together",
                condition=Q(earliest_decision_on__isnull=True, waiting_from__isnull=True)
                | Q(earliest_decision_on__isnull=False, waiting_from__isnull=False, informed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="told_people_have_their_date",
                condition=Q(waiting_starts_at=WaitingStart.COMMITTEE_REFERRAL)
                | Q(informed_at__isnull=True)
                | Q(earliest_decision_on__isnull=False),
            ),
            models.CheckConstraint(name="a_waiting_period_is_a_period", condition=Q(min_decision_days__gte=1)),
            models.CheckConstraint(
                name="awaiting_papers_remembers_where_from",
                condition=~Q(state=State.AWAITING_DOCUMENTS) | ~Q(came_from=""),
            ),
            models.CheckConstraint(
                name="told_decision_says_how",
                condition=Q(decision_told_at__isnull=True, decision_told_how="")
                | (Q(decision_told_at__isnull=False) & ~Q(decision_told_how="")),
            ),
            models.CheckConstraint(name="closed_has_a_reason", condition=~Q(state=State.CLOSED) | ~Q(close_reason="")),
        ]
        indexes = [models.Index(fields=["state", "branch", "state_since"], name="request_queue")]

    class Privacy:
        personal = ("person", "reference", "status_token", "household_size", "income_band", "receive_where")
        sensitive = ("need",)
        neither = (
            "id state came_from state_since service branch channel received_at received_by researcher "
            "policy_version min_decision_days waiting_starts_at informed_at waiting_from "
            "earliest_decision_on postponed_until decided_on decision_told_at decision_told_how "
            "receive_by close_reason"
        ).split()

    def __str__(self):
        return self.reference

    @property
    def mobile_to_tell(self) -> str:
        return self.person.current.mobile

    # The transitions. Each only writes what its move means; whether it may happen is the workflow's question.

    @transition(field=state, source=list(PAPERS_ASKED_IN), target=State.AWAITING_DOCUMENTS)
    def ask_for_papers(self, **facts):
        self.came_from = self.state

    @transition(
        field=state,
        source=State.AWAITING_DOCUMENTS,
        target=RETURN_VALUE(*PAPERS_ASKED_IN),
    )
    def papers_complete(self, **facts):
        back, self.came_from = self.came_from, ""
        return back

    @transition(field=state, source=State.RECEIVED, target=State.VERIFIED)
    def verify(self, **facts):
        pass

    @transition(field=state, source=State.VERIFIED, target=State.SOCIAL_RESEARCH)
    def refer_to_research(self, **facts):
        pass

    @transition(field=state, source=State.SOCIAL_RESEARCH, target=State.COMMITTEE_REVIEW)
    def recommend(self, **facts):
        if self.waiting_starts_at == WaitingStart.COMMITTEE_REFERRAL and self.earliest_decision_on is None:
            self.start_waiting(clock.today())

    @transition(field=state, source=State.COMMITTEE_REVIEW, target=State.SOCIAL_RESEARCH)
    def return_to_research(self, **facts):
        pass

    @transition(field=state, source=State.COMMITTEE_REVIEW, target=State.APPROVED)
    def approve(self, **facts):
        self.decided_on = clock.today()

    @transition(field=state, source=State.COMMITTEE_REVIEW, target=State.REJECTED)
    def reject(self, **facts):
        self.decided_on = clock.today()

    @transition(field=state, source=State.APPROVED, target=State.REGISTERED)
    def complete_registration(self, *, receive_by, receive_where="", **facts):
        self.receive_by, self.receive_where = receive_by, receive_where

    @transition(field=state, source=State.REGISTERED, target=State.DELIVERED)
    def deliver(self, **facts):
        pass

    @transition(field=state, source=State.REJECTED, target=State.COMMITTEE_REVIEW)
    def reopen_on_appeal(self, **facts):
        self.decided_on, self.decision_told_at, self.decision_told_how = None, None, ""

    @transition(field=state, source=list(OPEN), target=State.WITHDRAWN)
    def withdraw(self, **facts):
        pass

    @transition(field=state, source=list(OPEN), target=State.CLOSED)
    def close(self, *, close_reason, **facts):
        self.close_reason = close_reason

    def start_waiting(self, day: date) -> None:
        """Fix the earliest decision date: `day` in Riyadh plus the pinned days, calendar days (rule 1)."""
        self.waiting_from = day
        self.earliest_decision_on = day + timedelta(days=self.min_decision_days)


class Step(Move):
    """One move of a case. Surveys and reports read these rows (news travels upward as rows)."""

    case = models.ForeignKey(SupportRequest, on_delete=models.PROTECT, related_name="steps")


from requests.appeal.models import Appeal, AppealFile, FrozenFile, FrozenPage, ObjectionDraft, ObjectionDraftFile  # noqa: E402
from requests.clarification.models import Clarification  # noqa: E402
from requests.conflict.models import DeclaredRelative, Disclosure  # noqa: E402
from requests.decision.letter.models import Letter  # noqa: E402
from requests.decision.models import Agenda, Body, Decision, Exclusion, Issuer, Outcome, SupportKind  # noqa: E402
from requests.declaration.models import Declaration, SignedPaper  # noqa: E402
from requests.delivery.models import (  # noqa: E402
    Award,
    CancelReason,
    CollectionCall,
    Instalment,
    ProofPhoto,
    Receipted,
    Recipient,
    ReferralLetter,
)
from requests.permits.models import PermitStep, ProgrammePermit  # noqa: E402
from requests.study.models import (  # noqa: E402
    PhotoConsent,
    Study,
    StudyLine,
    StudyPhoto,
    StudyResult,
    StudySection,
)
from requests.verification.models import ABSENT, OWED, CheckPage, CheckState, DocumentCheck  # noqa: E402
from requests.visits.models import Appointment, Change, Opinion  # noqa: E402

__all__ = [
    "Appointment",
    "Change",
    "Opinion",
    "ABSENT",
    "OWED",
    "Appeal",
    "AppealFile",
    "FrozenFile",
    "FrozenPage",
    "ObjectionDraft",
    "ObjectionDraftFile",
    "CheckPage",
    "CheckState",
    "Declaration",
    "DocumentCheck",
    "Agenda",
    "Award",
    "Body",
    "CancelReason",
    "Clarification",
    "CollectionCall",
    "Decision",
    "DeclaredRelative",
    "Disclosure",
    "Exclusion",
    "Instalment",
    "Issuer",
    "Letter",
    "Outcome",
    "PermitStep",
    "ProgrammePermit",
    "ProofPhoto",
    "Receipted",
    "Recipient",
    "ReferralLetter",
    "SignedPaper",
    "PhotoConsent",
    "Study",
    "StudyLine",
    "StudyPhoto",
    "StudyResult",
    "StudySection",
    "SupportKind",
    "SupportRequest",
]
