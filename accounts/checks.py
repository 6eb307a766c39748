"""What `manage.py check --deploy` asks of the accounts."""

from django.conf import settings
from django.core.checks import Error


def no_demonstration(app_configs, **kwargs):
    """In a demonstration a button opens every account that has a role."""
    if not settings.DEMO:
        return []
    return [Error("DEMO is on: anybody may enter as anybody.", hint="Set DEMO=false.", id="accounts.E001")]
