"""People, and the documents they have shown."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Branch
from accounts.roles import Scope
from beneficiaries.choices import MARITAL_STATUS_OF, AccessNeed, Calendar, Language, MaritalStatus, Party, Sex
from beneficiaries.named import KEY, NamedQuerySet
from core import arabic, clock, identifiers
from core.sealed import EncryptedTextField

_FILES_OF_ONE = """
WITH RECURSIVE files (id, depth) AS (
    SELECT %s::bigint, 0 UNION ALL
    SELECT person.id, depth + 1 FROM beneficiaries_person person JOIN files ON person.merged_into_id = files.id
) SELECT id FROM files ORDER BY depth, id
"""


def a_beneficiary() -> list[str]:
    """What somebody is unless it is said otherwise."""
    return [Party.BENEFICIARY.value]


class PersonQuerySet(NamedQuerySet):
    def visible_to(self, user):
        """People whom this user's roles let them find. Head office sees every branch; others their own."""
        if Scope.ALL in user.scopes:
            return self
        if not user.scopes & {Scope.BRANCH, Scope.OWN_BRANCH}:
            return self.none()
        if Scope.BRANCH in user.scopes and user.sees_every_branch:
            return self
        return self.filter(branch=user.branch)

    def current(self):
        """Leave out files merged into another."""
        return self.filter(merged_into=None)

    def with_national_id(self, national_id: str):
        """By a clean ID, through the look-up column: the ID itself is sealed."""
        return self.filter(national_id_lookup=identifiers.lookup_hash(national_id))


class Person(models.Model):
    """One person's file. The file number belongs to the person or family and is given at registration, once."""

    first_name = models.CharField(_("first name"), max_length=60)
    father_name = models.CharField(_("father's name"), max_length=60)
    grandfather_name = models.CharField(_("grandfather's name"), max_length=60, blank=True)
    family_name = models.CharField(_("family name"), max_length=60)
    name_as_printed = models.CharField(_("name as printed on the ID"), max_length=200, blank=True)
    name_key = models.CharField(max_length=260, editable=False)
    national_id = EncryptedTextField(_("national ID or iqama"))
    national_id_lookup = models.CharField(max_length=64, editable=False)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices)
    nationality = models.CharField(_("nationality"), max_length=60, default="السعودية")
    marital_status = models.CharField(_("marital status"), max_length=10, choices=MaritalStatus.choices, blank=True)
    mobile = models.CharField(_("mobile"), max_length=16)
    birth_date = models.DateField(_("birth date"), null=True)
    birth_date_typed = models.CharField(max_length=120, blank=True)
    birth_calendar = models.CharField(max_length=9, choices=Calendar.choices, blank=True)
    household_size = models.PositiveSmallIntegerField(_("household size"), null=True, blank=True)
    member_no = models.CharField(_("member number"), max_length=20, blank=True)
    member_standing = models.CharField(_("member's standing"), max_length=40, blank=True)
    iban = EncryptedTextField(_("IBAN"), null=True, blank=True)
    iban_owner = models.CharField(_("account holder's name"), max_length=120, blank=True)
    parties = ArrayField(
        models.CharField(max_length=12, choices=Party.choices), default=a_beneficiary, verbose_name=_("capacity")
    )
    is_internal = models.BooleanField(_("works in the association"), default=False)
    preferred_channel = models.CharField(_("preferred way to be reached"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=Language.choices, default=Language.ARABIC)
    access_needs = ArrayField(
        models.CharField(max_length=8, choices=AccessNeed.choices),
        default=list,
        blank=True,
        verbose_name=_("needs help with"),
    )
    confirmed_on = models.DateField(_("data confirmed on"), default=clock.today)
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, verbose_name=_("branch"))
    file_number = models.CharField(_("file number"), max_length=12, unique=True, null=True, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(
                fields=["national_id_lookup"], condition=Q(merged_into=None), name="one_current_file_per_national_id"
            )
        ]
        indexes = [
            models.Index(fields=["mobile"], name="person_mobile"),
            models.Index(fields=["confirmed_on", "id"], condition=Q(merged_into=None), name="person_confirmed"),
            models.Index("birth_date", KEY, condition=Q(merged_into=None), name="person_born_and_name"),
            GinIndex(OpClass("name_key", name="gin_trgm_ops"), name="person_name_trigrams"),
            models.Index(KEY, include=["id"], condition=Q(merged_into=None), name="person_name_beginning"),
            models.Index("branch", KEY, include=["id"], condition=Q(merged_into=None), name="person_branch_name"),
            # Files merged into another are few, and are looked for beside the current ones.
            models.Index(
                fields=["national_id_lookup"], condition=Q(merged_into__isnull=False), name="person_merged_id"
            ),
            GinIndex(
                OpClass("name_key", name="gin_trgm_ops"),
                condition=Q(merged_into__isnull=False),
                name="person_merged_trigrams",
            ),
        ]

    class Privacy:
        personal = (
            "first_name father_name grandfather_name family_name name_as_printed name_key national_id "
            "national_id_lookup sex nationality marital_status mobile birth_date birth_date_typed "
            "birth_calendar household_size member_no member_standing iban iban_owner parties is_internal "
            "preferred_channel language file_number"
        ).split()
        sensitive = ("access_needs",)
        neither = ("id", "branch", "merged_into", "created_at", "confirmed_on")

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        parts = (self.first_name, self.father_name, self.grandfather_name, self.family_name)
        return " ".join(part for part in parts if part)

    @property
    def marital_status_said(self) -> str:
        """«متزوجة» of a woman; the lists to choose from say both."""
        return str(MARITAL_STATUS_OF.get((self.marital_status, self.sex), self.get_marital_status_display()))

    @property
    def current(self) -> "Person":
        """The file this one was merged into, or itself."""
        return self.merged_into.current if self.merged_into else self

    @property
    def and_merged(self) -> list[int]:
        """The numbers of all files of this one human: the current one first, then those merged into it, at any depth.

        What stands under a file stays under it, so a read of somebody's things filters on `person__in=` these.
        """
        return self.current.under

    @property
    def under(self) -> list[int]:
        """This file and those merged into it, whatever it was itself merged into."""
        return [row.pk for row in Person.objects.raw(_FILES_OF_ONE, [self.pk])]

    def set_keys(self) -> None:
        """Compute the look-up columns from what they look up; every verb that writes a person calls this."""
        self.name_key = arabic.padded_key(self.full_name)
        self.national_id_lookup = identifiers.lookup_hash(self.national_id)


from beneficiaries.household.models import HouseholdMember  # noqa: E402


class PersonDocument(models.Model):
    """A document a person has shown, with its validity in the calendar it was printed in."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="documents")
    code = models.SlugField()
    label = models.CharField(max_length=100)
    member = models.ForeignKey(
        HouseholdMember,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text="whose it is; empty: their own",
    )
    issued_on = models.DateField(null=True, blank=True)
    issued_on_typed = models.CharField(max_length=120, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    valid_until_typed = models.CharField(max_length=120, blank=True)
    shown_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "code", "member"], name="document_once_per_owner", nulls_distinct=False
            )
        ]
        indexes = [
            models.Index(fields=["valid_until"], condition=Q(valid_until__isnull=False), name="document_expires")
        ]

    class Privacy:
        personal = ("person", "member", "issued_on", "issued_on_typed", "valid_until", "valid_until_typed")
        sensitive = ()
        neither = ("id", "code", "label", "shown_at")

    def __str__(self):
        return self.label

    def valid_on(self, day: date) -> bool:
        return self.valid_until is None or self.valid_until >= day


class DocumentPage(models.Model):
    """One page or photograph of a document."""

    document = models.ForeignKey(PersonDocument, on_delete=models.CASCADE, related_name="pages")
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="page_once_per_document")]

    class Privacy:
        personal = ()
        sensitive = ("file",)
        neither = ("id", "document", "position")

    def __str__(self):
        return f"{self.document} {self.position}"


from beneficiaries.categories.models import PersonCategory  # noqa: E402
from beneficiaries.duplicates.models import Merge, NotSame  # noqa: E402
from beneficiaries.exchange.models import ImportRow, PeopleImport  # noqa: E402
from beneficiaries.home.models import Home  # noqa: E402
from beneficiaries.means.models import MeansLine  # noqa: E402
from beneficiaries.renewal.models import Calling, Outreach  # noqa: E402
from beneficiaries.representatives.models import Representative  # noqa: E402
from beneficiaries.suspension.models import Suspension  # noqa: E402

__all__ = [
    "Calendar",
    "Calling",
    "Home",
    "HouseholdMember",
    "ImportRow",
    "MaritalStatus",
    "MeansLine",
    "Merge",
    "NotSame",
    "Outreach",
    "PeopleImport",
    "PersonCategory",
    "Representative",
    "Sex",
    "Suspension",
]
