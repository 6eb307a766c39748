"""Ways out of the building. A gateway sends one text, or says exactly how it failed."""

import fcntl
import json
import smtplib
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from core import clock
from core.identifiers import mask_mobile

KEPT_ON_THE_DEMO_PHONE = 200


class NotSent(Exception):
    """Certainly not sent; trying again later is safe."""


class Rejected(Exception):
    """Certainly not sent, and will never be: a wrong address."""


class Unsure(Exception):
    """Nobody knows whether it was sent: never sent again blindly (trust.md)."""


def console(address: str, text: str) -> None:
    """Print the message, to a masked address. Its link is a key and logs are read by many, so in production
    only that there was one."""
    shown = text if settings.DEBUG or settings.DEMO else "—"
    print(f"[message to {mask_mobile(address)}]\n{shown}\n", flush=True)  # noqa: T201
    if settings.DEMO:
        put_on_demo_phone(address, text)


def put_on_demo_phone(address: str, text: str) -> None:
    """Keep the text where a visitor of the demonstration can read it: nobody receives a real message there."""
    file = settings.VAR / "demo-phone.jsonl"
    line = json.dumps({"at": clock.now().isoformat(), "to": mask_mobile(address), "text": text}, ensure_ascii=False)
    with file.open("a+", encoding="utf-8") as phone:
        fcntl.flock(phone, fcntl.LOCK_EX)  # two workers send at once
        phone.seek(0)
        kept = [*phone.read().splitlines(), line][-KEPT_ON_THE_DEMO_PHONE:]
        phone.seek(0)
        phone.truncate()
        phone.write("\n".join(kept) + "\n")


def demo_phone(last: int) -> list[dict[str, str]]:
    """The last messages on the demonstration's telephone, newest first: {at, to (masked), text}."""
    file = settings.VAR / "demo-phone.jsonl"
    if not file.exists():
        return []
    with file.open(encoding="utf-8") as phone:
        fcntl.flock(phone, fcntl.LOCK_SH)
        lines = phone.read().splitlines()[-last:]
    return [json.loads(line) for line in reversed(lines)]


def smtp(address: str, text: str) -> None:
    """Mail the message; a mobile goes to the association's mail-to-SMS address (`SMS_MAIL_ADDRESS`)."""
    to = address if "@" in address else settings.SMS_MAIL_ADDRESS.format(mobile=address.lstrip("+"))
    connection = get_connection()
    mail = EmailMessage(subject=text.splitlines()[0][:70], body=text, to=[to], connection=connection)
    try:
        connection.open()
    except OSError as error:
        raise NotSent(type(error).__name__) from error
    try:
        mail.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
        raise Rejected(type(error).__name__) from error
    except OSError as error:
        raise Unsure(type(error).__name__) from error
    finally:
        connection.close()


GATEWAYS: dict[str, Callable[[str, str], None]] = {"console": console, "smtp": smtp}


def send(address: str, text: str) -> None:
    """Send through the gateway the settings name. Raises NotSent, Rejected or Unsure."""
    GATEWAYS[settings.MESSAGE_GATEWAY](address, text)
