"""The association and its policy. The version in force is the portal's configuration (product.md)."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, hijri


class Procedure(models.TextChoices):
    SUPPORT_REQUESTS = "support_requests", _("Support requests")
    PROGRAMME_PERMITS = "programme_permits", _("Programme permits")


class WaitingStart(models.TextChoices):
    INFORMED = "informed", _("when the person is told")
    COMMITTEE_REFERRAL = "committee_referral", _("when the request is raised to the committee")


class Association(models.Model):
    """The one association this installation serves, and its settings that are not policy text."""

    name = models.CharField(_("name"), max_length=150)
    short_name = models.CharField(_("short name"), max_length=80)
    licence_no = models.CharField(_("licence number"), max_length=30, blank=True)
    licence_authority = models.CharField(_("licensing authority"), max_length=150, blank=True)
    about = models.TextField(_("about"), blank=True)
    hero_title = models.CharField(_("home page title"), max_length=120, blank=True)
    hero_text = models.CharField(_("home page text"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    whatsapp = models.CharField(_("WhatsApp"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.CharField(_("website"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    hours = models.CharField(_("working hours"), max_length=200, blank=True)
    ramadan_hours = models.CharField(_("working hours in Ramadan"), max_length=200, blank=True)
    working_days = ArrayField(models.CharField(max_length=9), default=list, verbose_name=_("working days"))
    holidays = ArrayField(models.DateField(), default=list, blank=True, verbose_name=_("holidays"))
    reply_by_days = models.PositiveSmallIntegerField(_("reply target, days"), null=True, blank=True)
    waiting_starts_at = models.CharField(
        _("the waiting period starts"),
        max_length=20,
        choices=WaitingStart.choices,
        default=WaitingStart.INFORMED,
    )
    appeal_days = models.PositiveSmallIntegerField(_("days to object"), default=30)
    renewal_months = models.PositiveSmallIntegerField(_("months until a file is renewed"), default=12)
    study_valid_months = models.PositiveSmallIntegerField(_("months a study is valid"), default=12)
    casting_vote = models.BooleanField(_("the chair's vote decides a tie"), default=False)
    secret_ballot = models.BooleanField(
        _("committee votes are secret"),
        default=False,
        help_text=_("The secretary may still choose otherwise for one case, before anybody votes."),
    )
    inquiry_target_hours = models.PositiveSmallIntegerField(_("hours to answer an inquiry"), default=48)
    pack = models.CharField(max_length=30, editable=False)

    class Meta:
        verbose_name = _("association")
        verbose_name_plural = _("association")

    class Privacy:
        personal = ()
        sensitive = ()
        neither = (
            "id name short_name licence_no licence_authority about hero_title hero_text phone whatsapp "
            "email website address hours ramadan_hours working_days holidays reply_by_days "
            "waiting_starts_at appeal_days renewal_months study_valid_months casting_vote secret_ballot "
            "inquiry_target_hours pack"
        ).split()

    def __str__(self):
        return self.name

    @classmethod
    def current(cls) -> "Association":
        """The installation's association; an empty one before a pack is loaded."""
        return cls.objects.order_by("pk").first() or cls(name="", short_name="")

    @property
    def hours_now(self) -> str:
        """The working hours as they are today: in Ramadan those of Ramadan, where the association has set them."""
        return self.ramadan_hours if self.ramadan_hours and hijri.in_ramadan(clock.today()) else self.hours


class VersionState(models.TextChoices):
    """A draft is written; approved, its text is frozen; published, it is in force until another supersedes it."""

    DRAFT = "draft", _("draft")
    APPROVED = "approved", _("approved by the board")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")


class PolicyVersion(models.Model):
    """One version of the policy, with everything in the portal that follows from its text.

    Database triggers hold what the states promise: only a draft is written, and of any other version
    nothing but its lifecycle columns moves, along the four permitted changes of state.
    """

    label = models.CharField(_("version"), max_length=20)
    title = models.CharField(_("title"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    notice = models.CharField(_("notice"), max_length=300, blank=True, help_text=_("for example: model text"))
    pack = models.CharField(max_length=30, blank=True, editable=False, help_text="the pack it was loaded from")
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    approved_at = models.DateTimeField(_("approval recorded at"), null=True, editable=False)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    superseded_at = models.DateTimeField(_("superseded at"), null=True, editable=False)
    review_due_on = models.DateField(_("review due on"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False, help_text="grows with every saving")
    modified_at = models.DateTimeField(_("last changed"), default=clock.now, editable=False)
    modified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    procedures = ArrayField(models.CharField(max_length=20, choices=Procedure.choices), verbose_name=_("procedures"))
    min_decision_days = models.PositiveSmallIntegerField(
        _("waiting period, days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("policy clause PS-5: a floor, not a ceiling"),
    )
    channels = models.JSONField(_("channels"), default=list)
    person_terms = models.JSONField(_("words for the person served"), default=dict)
    officer_title = models.JSONField(_("the officer's title"), default=dict)
    requires_signature = models.BooleanField(_("the applicant signs"), default=True)
    declaration_text = models.TextField(_("declaration"), blank=True)
    read_aloud = ArrayField(models.CharField(max_length=300), default=list, blank=True, verbose_name=_("read aloud"))
    asks_household = models.BooleanField(_("asks about household and income"), default=True)
    has_membership = models.BooleanField(_("people are numbered members"), default=False)

    class Meta:
        verbose_name = _("policy version")
        verbose_name_plural = _("policy versions")
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="published"), name="one_version_in_force"),
            models.CheckConstraint(
                name="support_requests_have_a_waiting_period",
                condition=~Q(procedures__contains=["support_requests"]) | Q(min_decision_days__gte=1),
            ),
            models.CheckConstraint(
                name="a_version_has_the_moments_of_its_state",
                condition=Q(state="draft", approved_at=None, published_at=None, superseded_at=None)
                | Q(state="approved", approved_at__isnull=False, published_at=None, superseded_at=None)
                | Q(state="published", published_at__isnull=False, superseded_at=None)
                | Q(state="superseded", published_at__isnull=False, superseded_at__isnull=False),
            ),
            models.CheckConstraint(
                name="whoever_approved_has_a_moment",
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="two_people_publish_unless_it_is_a_pack",
                condition=Q(state__in=["draft", "approved"], published_by=None)
                | Q(
                    ~Q(published_by=F("approved_by")),
                    state__in=["published", "superseded"],
                    approved_by__isnull=False,
                    published_by__isnull=False,
                    pack="",
                )
                | (Q(state__in=["published", "superseded"], approved_by=None, published_by=None) & ~Q(pack="")),
            ),
        ]

    class Privacy:
        personal = ("approved_by", "published_by", "modified_by")
        sensitive = ()
        neither = (
            "id label title state notice pack based_on approved_at published_at superseded_at review_due_on revision "
            "modified_at procedures min_decision_days channels person_terms "
            "officer_title requires_signature declaration_text read_aloud asks_household has_membership"
        ).split()

    def __str__(self):
        return f"{self.title} ({self.label})"

    @classmethod
    def in_force(cls) -> "PolicyVersion | None":
        return cls.objects.filter(state=VersionState.PUBLISHED).first()

    def has(self, procedure: Procedure) -> bool:
        return str(procedure) in self.procedures

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT

    @property
    def channel_labels(self) -> dict[str, str]:
        return {channel["code"]: channel["label"] for channel in self.channels}

    def term(self, form: str) -> str:
        """The word for the person served in one grammatical form, for example "masc_li": «للمستفيد»."""
        return self.person_terms.get(form, "")

    def days_for(self, service: "Service | None") -> int:
        """The waiting period of a request for this service, in days: its own where a clause says so, else the
        version's; 0 where the policy knows none (no request is taken there)."""
        own = self.service_periods.filter(service=service).values_list("days", flat=True).first() if service else None
        return own or self.min_decision_days or 0


class ClauseKind(models.TextChoices):
    PREAMBLE = "preamble", _("Preamble")
    GENERAL_OBJECTIVE = "general_objective", _("General objective")
    DETAILED_OBJECTIVE = "detailed_objective", _("Detailed objectives")
    CHANNEL = "channel", _("Channels")
    TOOL = "tool", _("The officer's tools")
    PROCEDURE_STEP = "procedure_step", _("Procedure")
    APPROVAL = "approval", _("Board approval")


class Clause(models.Model):
    """One clause under its stable id ("PS-5"); consecutive clauses of a kind form a section."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    clause_id = models.CharField(_("clause"), max_length=12)
    kind = models.CharField(_("section"), max_length=20, choices=ClauseKind.choices)
    code = models.SlugField(
        _("what it carries out"), blank=True, help_text=_("the step, channel or tool of the portal that follows it")
    )
    heading = models.CharField(
        _("heading as printed"), max_length=120, blank=True, help_text=_("on the first clause of a section")
    )
    number = models.CharField(_("number as printed"), max_length=12, blank=True)
    text = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField()
    to_be_confirmed = models.BooleanField(_("to be confirmed by the owner"), default=False)

    class Meta:
        ordering = ["position"]
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        constraints = [
            models.UniqueConstraint(fields=["version", "clause_id"], name="clause_id_once_per_version"),
            models.UniqueConstraint(
                fields=["version", "position"],
                name="clause_position_once_per_version",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    class Privacy:
        personal = ()
        sensitive = ()
        neither = "id version parent clause_id kind code heading number text position to_be_confirmed".split()

    def __str__(self):
        return self.clause_id


class Tool(models.Model):
    """A document on the officer's desk (clauses TL-1 to TL-8)."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="tools")
    code = models.SlugField(_("code"))
    clause_id = models.CharField(_("clause"), max_length=12)
    label = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("explanation"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"))

    class Meta:
        ordering = ["position"]

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("id", "version", "code", "clause_id", "label", "description", "position")

    def __str__(self):
        return self.label


class Service(models.Model):
    code = models.SlugField(_("code"), unique=True)
    label = models.CharField(_("name"), max_length=100)
    kind = models.CharField(_("kind"), max_length=20)
    summary = models.CharField(_("summary"), max_length=300)
    we_do = ArrayField(models.CharField(max_length=300), default=list, blank=True, verbose_name=_("what we do"))
    we_do_not = ArrayField(models.CharField(max_length=300), default=list, blank=True, verbose_name=_("what we do not"))
    who_qualifies = models.TextField(_("who qualifies"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_active = models.BooleanField(_("offered"), default=True)

    class Meta:
        ordering = ["position", "label"]
        verbose_name = _("service")
        verbose_name_plural = _("services")

    class Privacy:
        personal = ()
        sensitive = ()
        neither = "id code label kind summary we_do we_do_not who_qualifies position is_active".split()

    def __str__(self):
        return self.label


class RequiredPaper(models.Model):
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="papers")
    code = models.SlugField(_("code"))
    label = models.CharField(_("paper"), max_length=100)
    help = models.CharField(_("explanation"), max_length=300, blank=True)
    has_expiry = models.BooleanField(_("has an expiry date"), default=False)
    may_not_exist = models.BooleanField(_("a person may not have one"), default=False)
    each_time = models.BooleanField(
        _("asked for with every request"),
        default=False,
        help_text=_("It is about one need, such as a bill or a quotation, so an earlier one does not answer for it."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("required paper")
        verbose_name_plural = _("required papers")
        constraints = [models.UniqueConstraint(fields=["service", "code"], name="paper_once_per_service")]

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("id", "service", "code", "label", "help", "has_expiry", "may_not_exist", "each_time", "position")

    def __str__(self):
        return self.label


class Category(models.Model):
    code = models.SlugField(_("code"), unique=True)
    label = models.CharField(_("category"), max_length=80)
    is_sensitive = models.BooleanField(
        _("sensitive"), default=False, help_text=_("read only by whoever may read sensitive data")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("id", "code", "label", "is_sensitive", "position")

    def __str__(self):
        return self.label


class ServicePeriod(models.Model):
    """A waiting period of one service's own, because the clause beside it says so (rule 1: there is no other way)."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.CASCADE, related_name="service_periods")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, verbose_name=_("service"))
    days = models.PositiveSmallIntegerField(
        _("waiting period, days"), validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    clause = models.ForeignKey(Clause, on_delete=models.RESTRICT, verbose_name=_("clause"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "service"], name="one_period_per_service"),
            models.CheckConstraint(name="a_services_period_is_a_period", condition=Q(days__gte=1)),
        ]

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("id", "version", "service", "days", "clause")

    def __str__(self):
        return f"{self.service}: {self.days}"


from policies.approval.models import Approval, Signatory  # noqa: E402
from policies.bands.models import NeedBand  # noqa: E402
from policies.desk.models import DeskDocument  # noqa: E402
from policies.lifecycle.models import Acknowledgement  # noqa: E402

__all__ = ["Acknowledgement", "Approval", "DeskDocument", "NeedBand", "Signatory"]
