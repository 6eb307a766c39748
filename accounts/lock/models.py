from django.contrib.sessions.models import Session
from django.db import models

from accounts.lock.rules import left_alone_before
from core import clock


class Screen(models.Model):
    """The signed-in browser of one person: when they last did something at it, and whether it is locked.

    A row of its own beside the session: Django writes a session whole, so that a slow page which read it before the
    lock would write it back unlocked.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, primary_key=True)
    seen_at = models.DateTimeField(default=clock.now)
    locked_at = models.DateTimeField(null=True)

    class Privacy:
        personal = ()
        sensitive = ()
        neither = ("session", "seen_at", "locked_at")

    def __str__(self):
        return "locked" if self.locked_at else f"seen {self.seen_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Neither locked by somebody nor left alone for as long as the limit."""
        return self.locked_at is None and self.seen_at > left_alone_before(clock.now())
