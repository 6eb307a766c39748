"""Who lives with the person, and how each is related."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from beneficiaries.choices import Calendar, Sex
from core import clock
from core.sealed import EncryptedTextField


class Relation(models.TextChoices):
    SPOUSE = "spouse", _("husband or wife")
    CHILD = "child", _("son or daughter")
    PARENT = "parent", _("father or mother")
    SIBLING = "sibling", _("brother or sister")
    GRANDPARENT = "grandparent", _("grandfather or grandmother")
    GRANDCHILD = "grandchild", _("grandson or granddaughter")
    FOSTERED = "fostered", _("fostered")
    OTHER = "other", _("another relative")


RELATION_OF: dict[tuple[str, str], Any] = {
    (Relation.SPOUSE, Sex.FEMALE): _("wife"),
    (Relation.SPOUSE, Sex.MALE): _("husband"),
    (Relation.CHILD, Sex.FEMALE): _("daughter"),
    (Relation.CHILD, Sex.MALE): _("son"),
    (Relation.PARENT, Sex.FEMALE): _("mother"),
    (Relation.PARENT, Sex.MALE): _("father"),
    (Relation.SIBLING, Sex.FEMALE): _("sister"),
    (Relation.SIBLING, Sex.MALE): _("brother"),
    (Relation.GRANDPARENT, Sex.FEMALE): _("grandmother"),
    (Relation.GRANDPARENT, Sex.MALE): _("grandfather"),
    (Relation.GRANDCHILD, Sex.FEMALE): _("granddaughter"),
    (Relation.GRANDCHILD, Sex.MALE): _("grandson"),
}


class Situation(models.TextChoices):
    STUDIES = "studies", _("studies")
    WORKS = "works", _("works")
    SEEKS_WORK = "seeks_work", _("looks for work")
    RETIRED = "retired", _("retired")
    AT_HOME = "at_home", _("at home")
    BELOW_SCHOOL = "below_school", _("below school age")


class Left(models.TextChoices):
    MOVED = "moved", _("moved out")
    MARRIED = "married", _("married and left")
    DIED = "died", _("died")
    MISTAKE = "mistake", _("entered by mistake")


OF_HER: dict[str, Any] = {
    Situation.STUDIES: _("she studies"),
    Situation.WORKS: _("she works"),
    Situation.SEEKS_WORK: _("she looks for work"),
    Situation.RETIRED: _("she is retired"),
    Left.MOVED: _("she moved out"),
    Left.MARRIED: _("she married and left"),
    Left.DIED: _("she died"),
}
"""What Arabic says otherwise of a woman."""


class HouseholdMemberQuerySet(models.QuerySet):
    def present(self):
        return self.filter(left="")


class HouseholdMember(models.Model):
    """One person of the household beside the one whose file it is. Who leaves it stays in the file, with why."""

    person = models.ForeignKey("beneficiaries.Person", on_delete=models.CASCADE, related_name="household")
    name = models.CharField(_("name"), max_length=200)
    name_key = models.CharField(max_length=260, editable=False)
    relation = models.CharField(_("relation"), max_length=12, choices=Relation.choices)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices, blank=True)
    national_id = EncryptedTextField(_("national ID or iqama"), null=True, blank=True)
    national_id_lookup = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    birth_date_typed = models.CharField(max_length=120, blank=True)
    birth_calendar = models.CharField(max_length=9, choices=Calendar.choices, blank=True)
    situation = models.CharField(_("situation"), max_length=12, choices=Situation.choices, blank=True)
    health = EncryptedTextField(_("health or disability"), null=True, blank=True)
    left = models.CharField(_("left the household"), max_length=8, choices=Left.choices, blank=True)
    left_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    objects = HouseholdMemberQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="who_left_has_the_day",
                condition=Q(left="", left_on__isnull=True) | (~Q(left="") & Q(left_on__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["person", "national_id_lookup"],
                condition=~Q(national_id_lookup="") & Q(left=""),
                name="once_in_a_household",
            ),
        ]

    class Privacy:
        personal = (
            "person name name_key relation sex national_id national_id_lookup birth_date birth_date_typed "
            "birth_calendar situation left left_on"
        ).split()
        sensitive = ("health",)
        neither = ("id", "added_at")

    def __str__(self):
        return self.name

    @property
    def situation_said(self) -> str:
        """«تدرس» of a daughter, «يدرس» of a son and where the sex is not known."""
        return self.said(self.situation, self.get_situation_display())

    @property
    def left_said(self) -> str:
        return self.said(self.left, self.get_left_display())

    def said(self, value: str, of_him: str) -> str:
        return str(OF_HER.get(value, of_him) if self.sex == Sex.FEMALE else of_him)

    @property
    def relation_said(self) -> str:
        """«ابنة» where the sex is known, «ابن أو ابنة» where it is not."""
        return str(RELATION_OF.get((self.relation, self.sex), self.get_relation_display()))
