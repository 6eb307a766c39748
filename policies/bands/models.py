"""The bands of need: a table that the association edits, by income per person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NeedBand(models.Model):
    """One band of the table: from just above the band below it up to and with `up_to`; the last one is open.

    Bands have upper bounds alone, each its own, so the table has neither holes nor overlaps.
    """

    label = models.CharField(_("band of need"), max_length=60, unique=True)
    up_to = models.DecimalField(
        _("up to, riyals a month for each person"),
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Up to and with this amount. Empty: the last band, which has no upper bound."),
    )
    is_example = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name = _("band of need")
        verbose_name_plural = _("bands of need")
        ordering = [models.F("up_to").asc(nulls_last=True)]
        constraints = [
            models.UniqueConstraint(fields=["up_to"], nulls_distinct=False, name="a_bound_is_one_bands"),
            models.CheckConstraint(name="a_bound_is_not_negative", condition=Q(up_to=None) | Q(up_to__gte=0)),
        ]

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("id", "label", "up_to", "is_example")

    def __str__(self):
        return self.label
