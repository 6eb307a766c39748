"""What the committee carried on a case, who may not act on it any more, and who may read it because it was put to
them. The committee writes these rows; the guards and the reads of a case ask them (rule 5)."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from core import clock
from core.sealed import EncryptedTextField
from requests.states import UNDECIDED


class Exclusion(models.Model):
    """Somebody who may not act on a case any more, and why (rule 5). Upper apps write these; guards read them."""

    class Why(models.TextChoices):
        ENTERED = "entered", _("entered the request")
        VERIFIER = "verifier", _("verified the data")
        RESEARCHER = "researcher", _("studied the case")
        CONFLICT_DECLARED = "conflict_declared", _("declared a conflict of interest")
        CONFLICT_DETECTED = "conflict_detected", _("has a detected conflict of interest")
        FIRST_DECISION = "first_decision", _("took part in the first decision")
        VOTED = "voted", _("voted")
        ISSUED = "issued", _("issued the decision")

    CONFLICTS = (Why.CONFLICT_DECLARED, Why.CONFLICT_DETECTED)
    OWN_WORK = (Why.ENTERED, Why.VERIFIER, Why.RESEARCHER)
    FROM_DECIDING = (*OWN_WORK, *CONFLICTS, Why.FIRST_DECISION)
    FROM_CARRYING_OUT = (Why.VOTED, Why.ISSUED)
    DECIDED_FIRST = Q(why=Why.FIRST_DECISION, case__state__in=UNDECIDED)
    AS_MEMBER = Q(why__in=OWN_WORK) | DECIDED_FIRST
    """Closed to a member as such: what they entered, verified or studied; and what they decided first, by vote or by
    issuing it, while an objection to that is heard, by whichever committee."""

    case = models.ForeignKey("requests.SupportRequest", on_delete=models.CASCADE, related_name="exclusions")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=20, choices=Why.choices)
    said = EncryptedTextField(_("in their own words"), null=True, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user", "why"], name="exclusion_once")]

    class Privacy:
        personal = ("user", "why")
        sensitive = ("said",)
        neither = ("id", "case", "at")

    def __str__(self):
        return f"{self.case}: {self.user_id} {self.why}"

    @classmethod
    def closed_to_member(cls, user):
        """Ids of the cases that a member reads none of as a member, whatever another role of theirs goes on to do. The
        secretary, who does not vote, keeps the committee's work, but not what they decided first from a seat."""
        closed = cls.DECIDED_FIRST if user.holds(Role.SECRETARY) else cls.AS_MEMBER
        return cls.objects.filter(closed, user=user).values("case")


class Body(models.TextChoices):
    """An objection goes to people who did not take the first decision, so they may sit apart from the committee."""

    MAIN = "main", _("the committee")
    APPEALS = "appeals", _("the appeals committee")


class SupportKind(models.TextChoices):
    """What is given: as the researcher recommends it, the committee decides it and the service officer delivers it."""

    TRANSFER = "transfer", _("money by bank transfer")
    IN_KIND = "in_kind", _("things in kind")
    BILL = "bill", _("a bill paid")
    REPAIR = "repair", _("repair of the home")
    MEDICAL = "medical", _("medical treatment or device")
    EDUCATION = "education", _("education")
    SPONSORSHIP = "sponsorship", _("sponsorship")
    SEASONAL = "seasonal", _("seasonal support")
    REFERRAL = "referral", _("a referral letter")


class Outcome(models.TextChoices):
    APPROVE = "approve", _("approve")
    REJECT = "reject", _("reject")
    ASK_FOR_PAPERS = "ask_for_papers", _("ask for papers")
    RETURN_TO_RESEARCH = "return_to_research", _("return to research")
    POSTPONE = "postpone", _("postpone")


class Decision(models.Model):
    """What the committee carried and the secretary proposed; approval and rejection wait for the chair's issuing.

    The database holds rule 5: more yes than no (or the casting vote), more than half of the seats and at
    least two present, and that whoever proposed does not issue.
    """

    ISSUED = (Outcome.APPROVE, Outcome.REJECT)

    case = models.ForeignKey("requests.SupportRequest", on_delete=models.PROTECT, related_name="decisions")
    body = models.CharField(max_length=7, choices=Body.choices, default=Body.MAIN)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    what = models.CharField(_("what is given"), max_length=200, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    kind = models.CharField(_("kind of support"), max_length=12, choices=SupportKind.choices, blank=True)
    months = models.PositiveSmallIntegerField(_("for how many months"), null=True, blank=True)
    partial = models.BooleanField(_("part of what was asked"), default=False)
    reasons = models.TextField(_("reasons, as the person will read them"), blank=True)
    yes = models.PositiveSmallIntegerField()
    no = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField()
    casting_vote = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    objections_until = models.DateField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(settled_at=None), name="one_open_decision_per_case"),
            models.CheckConstraint(
                name="proposer_does_not_issue",
                condition=Q(issued_by=None) | ~Q(issued_by=models.F("proposed_by")),
            ),
            models.CheckConstraint(
                name="more_yes_than_no",
                condition=Q(yes__gt=models.F("no")) | Q(casting_vote=True, yes=models.F("no"), yes__gte=1),
            ),
            models.CheckConstraint(
                name="quorate",
                condition=Q(present__gte=2)
                & Q(seats__lt=models.F("present") * 2)
                & Q(present__gte=models.F("yes") + models.F("no") + models.F("abstained")),
            ),
            models.CheckConstraint(
                name="issued_has_its_day",
                condition=Q(issued_by=None, decided_on=None)
                | Q(issued_by__isnull=False, decided_on__isnull=False, settled_at__isnull=False),
            ),
            models.CheckConstraint(
                name="issued_says_until_when",
                condition=Q(decided_on=None, objections_until=None)
                | Q(decided_on__isnull=False, objections_until__isnull=False),
            ),
            models.CheckConstraint(
                name="a_rejection_has_reasons", condition=~Q(outcome=Outcome.REJECT) | ~Q(reasons="")
            ),
        ]

    class Privacy:
        personal = ("what", "amount")
        sensitive = ("reasons",)
        neither = (
            "id case body outcome kind months partial yes no abstained present seats casting_vote proposed_by "
            "proposed_at issued_by decided_on objections_until settled_at"
        ).split()

    def __str__(self):
        return f"{self.case}: {self.outcome}"


class IssuerQuerySet(models.QuerySet):
    def in_term(self, day: date):
        return self.filter(Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day)))


class Issuer(models.Model):
    """A seat that issues what its body carried: a chair's, or a deputy's for when the chair may not. Written by
    committee with the seat and its term."""

    seat = models.PositiveBigIntegerField(unique=True, help_text="the seat on the committee")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=7, choices=Body.choices)
    deputy = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = IssuerQuerySet.as_manager()

    class Privacy:
        personal = ("user",)
        sensitive = ()
        neither = ("id", "seat", "body", "deputy", "starts_on", "ends_on")

    def __str__(self):
        return f"{self.body} {self.user_id}"


class Agenda(models.Model):
    """A case that stood on an agenda of this user's committee: they may read it afterwards. Written by committee."""

    case = models.ForeignKey("requests.SupportRequest", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="agenda_once")]

    class Privacy:
        personal = ("user",)
        sensitive = ()
        neither = ("id", "case")

    def __str__(self):
        return f"{self.case} {self.user_id}"

    @classmethod
    def of(cls, user):
        """Ids of the cases that stood on an agenda of this user's."""
        return cls.objects.filter(user=user).values("case")
