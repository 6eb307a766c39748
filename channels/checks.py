"""What `check --deploy` asks of the way out of the building."""

from django.conf import settings
from django.core.checks import Error

from channels.gateways import GATEWAYS


def messages_leave_the_building(app_configs, **kwargs):
    """People are promised messages; where none would ever be sent, nothing but this shows it."""
    trouble = None if settings.DEBUG or settings.DEMO else why_nothing_is_sent()
    if trouble is None:
        return []
    hint = "Set MESSAGE_GATEWAY=smtp, and EMAIL_URL to the mail server (.env.example)."
    return [Error(trouble, hint=hint, id="channels.E001")]


def why_nothing_is_sent() -> str | None:
    gateway = settings.MESSAGE_GATEWAY
    if gateway not in GATEWAYS:
        return f"MESSAGE_GATEWAY is {gateway!r}, and there is no such gateway: no message to anybody would be sent."
    if gateway == "console":
        return "MESSAGE_GATEWAY is console, or was never set: messages to people would be printed to a log, not sent."
    if gateway == "smtp" and settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend")):
        return "MESSAGE_GATEWAY is smtp and EMAIL_URL names no mail server: messages to people would not be sent."
    return None
