"""What `manage.py check` asks of the accounts."""

from django.conf import settings
from django.core.checks import Error

LONGEST_IDLE = 60


def no_demonstration(app_configs, **kwargs):
    """In a demonstration a button opens every account that has a role."""
    if not settings.DEMO:
        return []
    return [Error("DEMO is on: anybody may enter as anybody.", hint="Set DEMO=false.", id="accounts.E001")]


def screens_lock(app_configs, **kwargs):
    """At none a screen is never open, and after hours it is as good as never locked."""
    if 1 <= settings.IDLE_LOCK_MINUTES <= LONGEST_IDLE:
        return []
    hint = f"Set IDLE_LOCK_MINUTES to a whole number from 1 to {LONGEST_IDLE}."
    return [Error("A screen left alone does not lock as it should.", hint=hint, id="accounts.E002")]
