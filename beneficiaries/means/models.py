"""What comes in and what must go out: the lines from which research begins."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock


class Side(models.TextChoices):
    INCOME = "income", _("income")
    OBLIGATION = "obligation", _("obligation")


class Every(models.TextChoices):
    MONTH = "month", _("a month")
    YEAR = "year", _("a year")


class Kind(models.TextChoices):
    SALARY = "salary", _("salary")
    PENSION = "pension", _("pension")
    SOCIAL_SECURITY = "social_security", _("social security")
    CITIZEN_ACCOUNT = "citizen_account", _("citizen account")
    REHABILITATION = "rehabilitation", _("disability allowance")
    PROPERTY = "property", _("income of property")
    FAMILY_SUPPORT = "family_support", _("support of relatives")
    ASSOCIATION = "association", _("support of another association")
    OTHER_INCOME = "other_income", _("other income")
    RENT = "rent", _("rent")
    LOAN = "loan", _("loan or instalment")
    DEBT = "debt", _("debt")
    TREATMENT = "treatment", _("treatment")
    STUDY = "study", _("cost of study")
    BILLS = "bills", _("electricity, water and telephone")
    ALIMONY = "alimony", _("maintenance owed")
    OTHER_OBLIGATION = "other_obligation", _("other obligation")


OBLIGATIONS = {
    Kind.RENT,
    Kind.LOAN,
    Kind.DEBT,
    Kind.TREATMENT,
    Kind.STUDY,
    Kind.BILLS,
    Kind.ALIMONY,
    Kind.OTHER_OBLIGATION,
}


class MeansLine(models.Model):
    """One income or obligation in riyals, as the person told it; a study says later what counts."""

    person = models.ForeignKey("beneficiaries.Person", on_delete=models.CASCADE, related_name="means")
    side = models.CharField(max_length=10, choices=Side.choices)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    amount = models.DecimalField(_("amount, riyals"), max_digits=10, decimal_places=2)
    every = models.CharField(_("every"), max_length=5, choices=Every.choices, default=Every.MONTH)
    note = models.CharField(_("note"), max_length=120, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["side", "pk"]
        constraints = [
            models.CheckConstraint(name="means_are_above_nothing", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="means_stand_on_their_side",
                condition=Q(side=Side.OBLIGATION, kind__in=sorted(OBLIGATIONS))
                | (Q(side=Side.INCOME) & ~Q(kind__in=sorted(OBLIGATIONS))),
            ),
        ]

    class Privacy:
        personal = ("person", "side", "kind", "amount", "every", "note")
        sensitive = ()
        neither = ("id", "added_at")

    def __str__(self):
        return f"{self.kind} {self.amount}"
