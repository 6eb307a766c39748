"""The letter on paper: printed again it is the same, byte for byte, for everything on it was kept as it was issued."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from core import printing
from requests.decision.letter.actions import public_number
from requests.models import Letter


@printing.in_arabic
def letter_pdf(letter: Letter) -> bytes:
    return printing.pdf("letter", paper_data(letter), at=letter.made_at)


def paper_data(letter: Letter) -> dict[str, Any]:
    """What `templates/print/letter.typ` prints."""
    content, number = letter.content, public_number(letter)
    link = settings.PORTAL_URL + reverse("verify:paper", args=[number])
    return content | {
        "frame": printing.frame(footer=f"{content['association']['name']} · {content['title']}"),
        "public_number": number,
        "hash": " ".join(letter.sha256[at : at + 4] for at in range(0, 64, 4)),
        "link": link,
        "qr": printing.code(link),
        "words": {
            "number": _("Number"),
            "date": _("Date"),
            "subject": _("Subject"),
            "signature": _("Signature"),
            "stamp": _("Stamp"),
            "paper_number": _("Number of the paper"),
            "hash": _("Fingerprint of the content"),
            "verify": _("To check this paper, open the code or the link and compare the fingerprint."),
            "qr": _("A code that opens the page where this paper is checked"),
        },
    }
