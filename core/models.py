"""Rows that every part of the portal writes and none owns: the record, the outbox, reminders, drafts, files."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.sealed import EncryptedTextField, SealedJSONField


class AuditRow(models.Model):
    """One change, for ever: a database trigger refuses UPDATE, DELETE and TRUNCATE (rule 8)."""

    at = models.DateTimeField(default=clock.now, db_index=True)
    actor_id = models.BigIntegerField(null=True, help_text="staff user; empty for the person served or the system")
    actor = models.CharField(max_length=150)
    verb = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    changes = models.JSONField(default=dict)
    why = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="audit_subject")]

    class Privacy:
        personal = ("actor_id", "actor", "why", "changes")
        sensitive = ()
        neither = ("id", "at", "verb", "subject_type", "subject_id")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.verb} {self.subject_type} {self.subject_id}"


class ReadRow(models.Model):
    """One look at a sensitive file; append-only like the audit table. The person whose file it is may see it."""

    at = models.DateTimeField(default=clock.now, db_index=True)
    actor_id = models.BigIntegerField()
    actor = models.CharField(max_length=150)
    what = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["subject_type", "subject_id", "at"], name="read_subject")]

    class Privacy:
        personal = ("actor_id", "actor")
        sensitive = ()
        neither = ("id", "at", "what", "subject_type", "subject_id")

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor} {self.what} {self.subject_type} {self.subject_id}"


class OutboxState(models.TextChoices):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class OutboxRow(models.Model):
    """One message to the outside, promised in the transaction that gave rise to it (`core.outbox.post`)."""

    key = models.CharField(max_length=120, unique=True, help_text="one per event and recipient")
    event = models.CharField(max_length=60)
    address = EncryptedTextField(help_text="mobile in E.164, or an e-mail address")
    facts = SealedJSONField(default=dict, help_text="placeholders of the wording; emptied once sent")
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=OutboxState.choices, default=OutboxState.PENDING)
    created_at = models.DateTimeField(default=clock.now)
    not_before = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["not_before"], condition=Q(state="pending"), name="outbox_pending"),
            models.Index(
                fields=["state", "lease_until"],
                condition=Q(state__in=["sending", "failed", "uncertain"]),
                name="outbox_unsettled",
            ),
            models.Index(fields=["subject_type", "subject_id"], name="outbox_subject"),
        ]
        constraints = [
            models.CheckConstraint(
                name="outbox_sending_has_a_lease",
                condition=~Q(state="sending") | Q(lease_until__isnull=False, claim__isnull=False),
            )
        ]

    class Privacy:
        personal = ("address", "facts")
        sensitive = ()
        neither = (
            "id",
            "key",
            "event",
            "subject_type",
            "subject_id",
            "state",
            "created_at",
            "not_before",
            "attempts",
            "lease_until",
            "claim",
            "settled_at",
            "trouble",
        )

    def __str__(self):
        return f"{self.event} {self.key} ({self.state})"


class ReminderQuerySet(models.QuerySet):
    def due(self, *kinds: str):
        """What a sweep must handle now, oldest first."""
        return self.filter(kind__in=kinds, done_at=None, due_on__lte=clock.today()).order_by("due_on", "id")


class Reminder(models.Model):
    """Something to be done on or after a date; swept by beat, never a delayed task (code.md, line 15)."""

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=40)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "due_on"], condition=Q(done_at=None), name="reminder_due")]

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("id", "key", "kind", "subject_type", "subject_id", "due_on", "done_at", "outcome")

    def __str__(self):
        return f"{self.kind} {self.due_on} {self.subject_type} {self.subject_id}"


class Draft(models.Model):
    """A half-filled form: survives a lock, a restart and a power cut (rule 9). Sealed, and only its owner reads it."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    form = models.CharField(max_length=40)
    label = models.CharField(max_length=120, blank=True)
    data = SealedJSONField(default=dict)
    updated_at = models.DateTimeField(default=clock.now, help_text="when it was last kept")

    class Meta:
        indexes = [models.Index(fields=["owner", "form", "updated_at"], name="draft_owner")]

    class Privacy:
        personal = ("owner", "label")
        sensitive = ("data",)
        neither = ("id", "form", "updated_at")

    def __str__(self):
        return f"{self.form} {self.pk}"


class FormKey(models.Model):
    """A form is sent once, however often the button is pressed: the key is unique in the database."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    used_at = models.DateTimeField(default=clock.now)
    result = models.CharField(max_length=200, blank=True, help_text="where the first sending led")

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("key", "used_at", "result")

    def __str__(self):
        return str(self.key)


class Series(models.Model):
    """The last number given in one series of papers, for example the minutes of one Hijri year (`core.numbers`)."""

    name = models.CharField(max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("id", "name", "last")

    def __str__(self):
        return f"{self.name} {self.last}"


class RateBucket(models.Model):
    """A leaky bucket in the database: attempts left for one address, one reference or one day."""

    key = models.CharField(max_length=80, primary_key=True)
    level = models.FloatField(default=0)
    at = models.DateTimeField(default=clock.now)

    class Privacy:
        personal = ("key",)
        sensitive = ()
        neither = ("level", "at")

    def __str__(self):
        return self.key

    @classmethod
    def take(cls, key: str, *, capacity: int, per: timedelta) -> bool:
        """Count one attempt; False when more than `capacity` were made within `per`. Call inside a transaction."""
        now = clock.now()
        cls.objects.get_or_create(key=key, defaults={"at": now})
        bucket = cls.objects.select_for_update().get(key=key)
        leaked = (now - bucket.at) / per * capacity
        bucket.level, bucket.at = max(0.0, bucket.level - leaked), now
        allowed = bucket.level + 1 <= capacity
        if allowed:
            bucket.level += 1
        bucket.save(update_fields=["level", "at"])
        return allowed


class StoredFile(models.Model):
    """A cleaned upload (`core.uploads`): re-encoded, renamed, and handed out only by a view that asks who wants it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    file = models.FileField(upload_to="files/%Y/%m")
    kind = models.CharField(max_length=4, choices=[("jpg", "jpg"), ("png", "png"), ("pdf", "pdf")])
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveSmallIntegerField(default=1)
    added_at = models.DateTimeField(default=clock.now)
    added_by_id = models.BigIntegerField(null=True)

    class Privacy:
        personal = ("added_by_id",)
        sensitive = ("file", "sha256")
        neither = ("id", "key", "kind", "size", "pages", "added_at")

    def __str__(self):
        return f"{self.key}.{self.kind}"
