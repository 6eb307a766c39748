"""The papers a case needs, each judged as at submission."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.models import HouseholdMember, PersonDocument
from core.models import StoredFile
from policies.models import RequiredPaper


class CheckState(models.TextChoices):
    NOT_GIVEN = "not_given", _("not given")
    GIVEN = "given", _("given")
    ACCEPTED = "accepted", _("accepted")
    PROBLEM = "problem", _("problem")
    DOES_NOT_EXIST = "does_not_exist", _("does not exist")
    NOT_ELIGIBLE = "not_eligible", _("does not apply to this person")


ABSENT = (CheckState.DOES_NOT_EXIST, CheckState.NOT_ELIGIBLE)
"""Settled without the paper itself, each with its reason."""
OWED = (CheckState.NOT_GIVEN, CheckState.PROBLEM)


class DocumentCheck(models.Model):
    """One required paper of one case, judged as at submission; renewed validity stands beside, for registration."""

    case = models.ForeignKey("requests.SupportRequest", on_delete=models.CASCADE, related_name="checks")
    paper = models.ForeignKey(RequiredPaper, on_delete=models.PROTECT, null=True, blank=True)
    code = models.SlugField()
    label = models.CharField(max_length=100)
    has_expiry = models.BooleanField(default=False)
    may_not_exist = models.BooleanField(default=True)
    state = models.CharField(max_length=15, choices=CheckState.choices, default=CheckState.NOT_GIVEN)
    member = models.ForeignKey(
        HouseholdMember,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text="whose it is; empty: the person's own",
    )
    issued_on = models.DateField(null=True, blank=True)
    issued_on_typed = models.CharField(max_length=120, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    valid_until_typed = models.CharField(max_length=120, blank=True)
    renewed_until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    carried = models.ForeignKey(
        PersonDocument,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="given for an earlier request, and still valid when this one was received",
    )
    judged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "code"], name="one_check_per_paper"),
            models.CheckConstraint(
                name="judged_has_judge_and_time",
                condition=Q(judged_by__isnull=True, judged_at__isnull=True)
                | Q(judged_by__isnull=False, judged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_problem_or_absence_has_its_reason",
                condition=~Q(state__in=(CheckState.PROBLEM, *ABSENT)) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="an_accepted_paper_that_expires_has_its_date",
                condition=~Q(state=CheckState.ACCEPTED, has_expiry=True) | Q(valid_until__isnull=False),
            ),
        ]

    class Privacy:
        personal = (
            "member",
            "issued_on",
            "issued_on_typed",
            "valid_until",
            "valid_until_typed",
            "renewed_until",
            "reason",
            "carried",
        )
        sensitive = ()
        neither = (
            "id",
            "case",
            "paper",
            "code",
            "label",
            "has_expiry",
            "may_not_exist",
            "state",
            "judged_by",
            "judged_at",
        )

    def __str__(self):
        return f"{self.label}: {self.state}"

    @property
    def settled(self) -> bool:
        """Accepted, or said with a reason not to exist or not to apply."""
        return self.state in (CheckState.ACCEPTED, *ABSENT)

    @property
    def owed(self) -> bool:
        """The person is to bring it; one that is given and not judged yet is the association's turn."""
        return self.state in OWED

    @property
    def given_before(self) -> bool:
        """Carried in from an earlier request and not judged in this one yet."""
        return self.carried_id is not None and self.state == CheckState.GIVEN

    @property
    def valid_to(self) -> date | None:
        """The last day it is valid, as renewed."""
        return self.renewed_until or self.valid_until


class CheckPage(models.Model):
    """One page or photograph of a paper of one case, as it was given."""

    paper = models.ForeignKey(DocumentCheck, on_delete=models.CASCADE, related_name="pages")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["paper", "position"], name="page_once_per_paper")]

    class Privacy:
        personal = ()
        sensitive = ("file",)
        neither = ("id", "paper", "position")

    def __str__(self):
        return f"{self.paper} {self.position}"
