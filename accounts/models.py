from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.lock.models import Screen
from accounts.roles import SIGHT, Role, Scope

__all__ = ["Area", "Branch", "Screen", "StaffManager", "User"]


class Branch(models.Model):
    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=80)
    is_head_office = models.BooleanField(_("head office"), default=False)

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        constraints = [
            models.UniqueConstraint(fields=["is_head_office"], condition=Q(is_head_office=True), name="one_head_office")
        ]

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("id", "code", "name", "is_head_office")

    def __str__(self):
        return self.name


class StaffManager(UserManager):
    def holding(self, *roles: Role):
        """Active staff who hold any of these roles."""
        return self.filter(is_active=True, roles__overlap=[str(role) for role in roles])


class User(AbstractUser):
    """A member of staff or of the committee. The people served never have an account here."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("name"), max_length=120)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), default=list, verbose_name=_("roles"))
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("branch"))
    mobile = models.CharField(
        _("mobile"), max_length=16, blank=True, help_text=_("for notices of meetings and reminders of visits")
    )
    reads_sensitive = models.BooleanField(
        _("reads sensitive data"),
        default=False,
        help_text=_("health, disability and the like, of the people they find anyway"),
    )

    objects: ClassVar[StaffManager] = StaffManager()
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("staff user")
        verbose_name_plural = _("staff users")

    class Privacy:
        personal = ("username", "name", "email", "mobile", "last_login")
        sensitive = ("password",)
        neither = (
            "id",
            "roles",
            "branch",
            "reads_sensitive",
            "is_staff",
            "is_active",
            "is_superuser",
            "date_joined",
            "groups",
            "user_permissions",
        )

    def __str__(self):
        return self.name or self.username

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0]

    def holds(self, *roles: Role) -> bool:
        """Whether this person holds any of these roles."""
        return any(str(role) in self.roles for role in roles)

    @property
    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]

    @property
    def scopes(self) -> set[Scope]:
        """Every scope this person's roles give them."""
        return {SIGHT[Role(role)].cases for role in self.roles}

    @property
    def reads_names(self) -> bool:
        """Whether any role of theirs reads people unmasked; a manager alone reads masks (product.md, second table)."""
        return bool(self.scopes - {Scope.ALL, Scope.NONE})

    @property
    def sees_every_branch(self) -> bool:
        return self.branch is not None and self.branch.is_head_office

    def serves(self, branch_id: int) -> bool:
        """Whether a counter role of theirs reaches this branch; another role that sees further lends it nothing."""
        if Scope.BRANCH in self.scopes and self.sees_every_branch:
            return True
        return bool(self.scopes & {Scope.BRANCH, Scope.OWN_BRANCH}) and self.branch_id == branch_id


class Area(models.Model):
    """Where a social researcher works: a whole branch, or one city of it, or one district. The closest has the case."""

    researcher = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="areas", verbose_name=_("social researcher")
    )
    branch = models.ForeignKey(Branch, on_delete=models.PROTECT, related_name="+", verbose_name=_("branch"))
    city = models.CharField(_("city"), max_length=60, blank=True, help_text=_("empty: the whole branch"))
    district = models.CharField(
        _("district"), max_length=80, blank=True, help_text=_("empty: the whole city, or the whole branch")
    )

    class Meta:
        verbose_name = _("area of a researcher")
        verbose_name_plural = _("areas of researchers")
        constraints = [
            models.UniqueConstraint(fields=["researcher", "branch", "city", "district"], name="an_area_once")
        ]

    class Privacy:
        personal = ("researcher",)
        sensitive = ()
        neither = ("id", "branch", "city", "district")

    def __str__(self):
        return " · ".join(part for part in (str(self.branch), self.city, self.district) if part)
