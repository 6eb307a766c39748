"""The little markup a clause may carry: bold, italic, underlined. Everything else is text.

It passes nh3 when it is saved and again when it is shown, so neither a form nor a row written some other way
brings a script to a page.
"""

import html

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS = {"b", "strong", "i", "em", "u", "br"}


def clean(text: str) -> str:
    """The text as it may be stored: the permitted tags without attributes, everything else escaped or gone."""
    return nh3.clean(text, tags=TAGS, attributes={}).strip()


def shown(text: str) -> SafeString:
    """The text for a page, its lines kept."""
    return mark_safe(nh3.clean(text, tags=TAGS, attributes={}).replace("\n", "<br>"))  # noqa: S308  # nh3 made it safe


def plain(text: str) -> str:
    """The words alone: for a difference, a PDF or a search."""
    return html.unescape(nh3.clean(text.replace("<br>", "\n"), tags=set()))
