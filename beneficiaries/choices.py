"""The short lists that people and their households share."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    FEMALE = "female", _("female")
    MALE = "male", _("male")


class MaritalStatus(models.TextChoices):
    SINGLE = "single", _("single")
    MARRIED = "married", _("married")
    DIVORCED = "divorced", _("divorced")
    WIDOWED = "widowed", _("widowed")


MARITAL_STATUS_OF: dict[tuple[str, str], Any] = {
    (MaritalStatus.SINGLE, Sex.FEMALE): _("a single woman"),
    (MaritalStatus.SINGLE, Sex.MALE): _("a single man"),
    (MaritalStatus.MARRIED, Sex.FEMALE): _("a married woman"),
    (MaritalStatus.MARRIED, Sex.MALE): _("a married man"),
    (MaritalStatus.DIVORCED, Sex.FEMALE): _("a divorced woman"),
    (MaritalStatus.DIVORCED, Sex.MALE): _("a divorced man"),
    (MaritalStatus.WIDOWED, Sex.FEMALE): _("a widow"),
    (MaritalStatus.WIDOWED, Sex.MALE): _("a widower"),
}


class Calendar(models.TextChoices):
    HIJRI = "hijri", _("Hijri")
    GREGORIAN = "gregorian", _("Gregorian")


class Party(models.TextChoices):
    """What somebody is to the association (clause PRE-1); one person may be several."""

    BENEFICIARY = "beneficiary", _("beneficiary")
    MEMBER = "member", _("member")
    VOLUNTEER = "volunteer", _("volunteer")
    SUPPORTER = "supporter", _("supporter")


class AccessNeed(models.TextChoices):
    HEARING = "hearing", _("hearing")
    SIGHT = "sight", _("sight")
    MOBILITY = "mobility", _("mobility")


class Language(models.TextChoices):
    ARABIC = "ar", _("Arabic")
    ENGLISH = "en", _("English")
    URDU = "ur", _("Urdu")
    BENGALI = "bn", _("Bengali")
    AMHARIC = "am", _("Amharic")
    SIGN = "sgn", _("sign language")
    OTHER = "other", _("another language")
