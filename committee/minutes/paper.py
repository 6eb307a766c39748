"""The minutes on paper: what one reader sees of them, with the signatures, the hash and the way to check both."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from committee.minutes.sheet import sheet
from committee.minutes.sight import Sight
from committee.models import Minutes
from core import printing
from policies.printing.letterhead import letterhead


@printing.in_arabic
def minutes_pdf(minutes: Minutes, sight: Sight) -> bytes:
    return printing.pdf("minutes", paper_data(minutes, sight))


def paper_data(minutes: Minutes, sight: Sight) -> dict[str, Any]:
    """What `templates/print/minutes.typ` prints."""
    shown, head = sheet(minutes, sight), letterhead()
    head["frame"]["footer"] = f"{head['association']['name']} · {shown['title']}"
    signed = [with_picture(row) for row in shown["signatures"]]
    added = [each | {"signatures": [with_picture(row) for row in each["signatures"]]} for each in shown["addenda"]]
    return (
        head
        | shown
        | {
            "signatures": signed,
            "addenda": [each | checked_once_signed(each) for each in added],
            **(checked(shown["public_number"]) if minutes.is_locked else UNCHECKED),
            "words": words(),
        }
    )


UNCHECKED = {"link": "", "qr": ""}


def checked_once_signed(addendum: dict[str, Any]) -> dict[str, str]:
    """The public page knows an addendum from its first signature on."""
    return checked(addendum["public_number"]) if any(row["signed"] for row in addendum["signatures"]) else UNCHECKED


def checked(number: str) -> dict[str, str]:
    """Where a paper of this number is checked, as a link and as its code."""
    link = settings.PORTAL_URL + reverse("verify:paper", args=[number])
    return {"link": link, "qr": printing.code(link)}


def with_picture(row: dict[str, Any]) -> dict[str, Any]:
    """The signature as drawn; a paper that was signed is kept apart, and so is what is no picture."""
    file = row.pop("file", None)
    picture = ""
    if file is not None and row["drawn"] and file.kind != "pdf":
        with file.file.open("rb") as content:
            picture = printing.drawing(content.read())
    return row | {"picture": picture}


def words() -> dict[str, str]:
    return {
        "draft": _("Draft, not signed yet"),
        "attendees": _("Attendees"),
        "apologies": _("Apologies"),
        "absentees": _("Absent without an apology"),
        "nobody": _("nobody"),
        "name": _("Name"),
        "seat": _("seat"),
        "note": _("Note"),
        "whole": _("the whole time"),
        "cases": _("Cases and what came of them"),
        "case": _("Request number"),
        "band": _("Band of need"),
        "recommended": _("The researcher's recommendation"),
        "decided": _("What the committee decided"),
        "summary": _("In short"),
        "discussion": _("What was discussed"),
        "recommendations": _("Recommendations of the committee"),
        "issuing": _("What was carried is proposed; the chair issues it on its day or after it."),
        "signatures": _("Signatures"),
        "signature": _("Signature"),
        "signed_on": _("Signed on"),
        "on_paper": _("signed on the printed paper"),
        "addendum": _("Addendum"),
        "follows": _("It follows the content whose fingerprint is"),
        "closed": _("Its text is closed to you."),
        "by": _("written by"),
        "hash": _("Fingerprint of the content"),
        "verify": _("To check this paper, open the code or the link and compare the fingerprint."),
        "number": _("Number of the paper"),
        "qr": _("A code that opens the page where this paper is checked"),
    }
