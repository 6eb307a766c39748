"""Where the person lives: the housing, and the national address that leads a visitor or a parcel there."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Right
from django.utils.translation import gettext_lazy as _


class Tenure(models.TextChoices):
    OWNED = "owned", _("owned")
    MORTGAGED = "mortgaged", _("owned, being paid for")
    RENTED = "rented", _("rented")
    WITH_FAMILY = "with_family", _("with relatives")
    ENDOWMENT = "endowment", _("endowment or charity")
    EMPLOYER = "employer", _("from the employer")
    OTHER = "other", _("other")


class Building(models.TextChoices):
    FLAT = "flat", _("flat")
    HOUSE = "house", _("villa or house")
    FLOOR = "floor", _("floor of a house")
    ROOM = "room", _("room")
    TEMPORARY = "temporary", _("temporary dwelling")


class Home(models.Model):
    """Housing and national address. The short code is four letters and the building number (SPL, «العنوان المختصر»)."""

    person = models.OneToOneField("beneficiaries.Person", on_delete=models.CASCADE, related_name="home")
    tenure = models.CharField(_("housing"), max_length=12, choices=Tenure.choices, blank=True)
    building = models.CharField(_("kind of dwelling"), max_length=10, choices=Building.choices, blank=True)
    rooms = models.PositiveSmallIntegerField(_("rooms"), null=True, blank=True)
    short_code = models.CharField(_("short address"), max_length=8, blank=True)
    building_number = models.CharField(_("building number"), max_length=4, blank=True)
    street = models.CharField(_("street"), max_length=80, blank=True)
    district = models.CharField(_("district"), max_length=80, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    secondary_number = models.CharField(_("secondary number"), max_length=4, blank=True)
    way_there = models.CharField(_("how to get there"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="short_code_ends_in_the_building_number",
                condition=Q(short_code="") | Q(building_number="") | Q(building_number=Right(F("short_code"), 4)),
            )
        ]

    class Privacy:
        personal = (
            "person tenure building rooms short_code building_number street district city postal_code "
            "secondary_number way_there"
        ).split()
        sensitive = ()
        neither = ("id",)

    def __str__(self):
        return self.short_code or self.city
