from django.db import models

from accounts.models import User
from core import clock


class Move(models.Model):
    """One move of whatever has states; a database trigger refuses that it is changed or removed."""

    action = models.CharField(max_length=30)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    at = models.DateTimeField(default=clock.now, db_index=True)
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", help_text="empty: the person served"
    )
    why = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["id"]

    class Privacy:
        personal = ("by", "why")
        sensitive = ()
        neither = ("id", "case", "action", "from_state", "to_state", "at")

    def __str__(self):
        return f"{self.action}: {self.from_state} → {self.to_state}"
