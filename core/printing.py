"""Papers as PDF, by typst: Arabic from right to left, tagged for screen readers (PDF/UA-1).

What is printed reaches the template as JSON in `sys.inputs`, never as markup, so that no text a person typed is a
command. Only the portal's own font is read, not the machine's: a paper looks the same wherever it is printed.
"""

import base64
import io
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from PIL import Image

from core import clock, glyphs, hijri

TEMPLATES = Path(settings.BASE_DIR) / "templates" / "print"
FONTS = Path(settings.BASE_DIR) / "static" / "vendor" / "print"  # put there by ops.frontend
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f\ufeff\ufffe\uffff]")
"""Control characters, marks that turn the direction of what stands beside them, those that choose a drawing."""
NOT_DRAWN = "◊"
"""Stands for a sign that the font lacks, an emoji for one: PDF/UA refuses the whole paper over a single one."""


PICTURE_SIDE = 480
"""Pixels of a signature on paper."""
PALE = 200


class FontMissing(RuntimeError):
    """The font was not fetched; printing with another would lose the Arabic."""


def in_arabic(build: Callable[..., bytes]) -> Callable[..., bytes]:
    """A paper is Arabic whatever language the reader's screen has: it goes to people and authorities here."""

    @wraps(build)
    def built(*args: Any, **kwargs: Any) -> bytes:
        with translation.override(settings.LANGUAGE_CODE):
            return build(*args, **kwargs)

    return built


def pdf(template: str, data: dict[str, Any], *, at: datetime | None = None) -> bytes:
    """The PDF of `templates/print/<template>.typ`, filled with `data` (anything JSON holds, dates and lazy texts too).

    `at`: when the paper was made, where it is not now; the same data of the same moment are the same bytes.

    Raises FontMissing, and typst.TypstError for a mistake in the template itself.
    """
    if not any(FONTS.glob("*.ttf")):
        raise FontMissing(f"no font in {FONTS}; ./portal up fetches it")
    return typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"data": json.dumps(printable(data), ensure_ascii=False)},
        timestamp=int((at or clock.now()).timestamp()),
    )


def printable(value: Any) -> Any:
    """The same value as JSON holds it: lazy texts said, dates in both calendars, invisible marks left out."""
    if isinstance(value, dict):
        return {key: printable(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable(each) for each in value]
    if isinstance(value, (date, datetime)):
        return both_calendars(value)
    if isinstance(value, (str, Promise, Decimal)):
        return drawn(UNPRINTABLE.sub("", str(value)))
    return value


def drawn(text: str) -> str:
    """The text as the font can draw it."""
    return text.translate(dict.fromkeys(map(ord, undrawn(text)), NOT_DRAWN))


def undrawn(text: str) -> list[str]:
    """The signs in it that the portal's font lacks, each once."""
    fonts = sorted(FONTS.glob("*.ttf"))
    letters = glyphs.drawable(*fonts) if fonts else frozenset(map(ord, text))
    return [letter for letter in dict.fromkeys(text) if glyphs.lacks(letter, letters)]


def refuse_undrawn(text: str) -> None:
    """A field's validator, for words that will be signed on paper: they stand there as they were written."""
    if missing := undrawn(UNPRINTABLE.sub("", text)):
        sentence = _("This is printed, and our print has no sign for %(signs)s. Write it in words.")
        raise ValidationError(sentence % {"signs": " ".join(missing)}, code="undrawn")


def both_calendars(value: date | datetime) -> dict[str, str]:
    """A date as the templates print it: `{hijri, gregorian}`; `hijri` is empty outside its tables."""
    day = clock.local_date(value) if isinstance(value, datetime) else value
    try:
        return {"hijri": hijri.format_hijri(day), "gregorian": hijri.format_gregorian(day)}
    except hijri.DateError:
        return {"hijri": "", "gregorian": hijri.format_gregorian(day)}


def frame(*, footer: str) -> dict[str, Any]:
    """What `sheet.typ` asks of every paper beside its content; `footer` stands under each page."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "lang": language,
        "rtl": get_language_info(language)["bidi"],
        "corresponding": _("corresponding to"),
        "footer": footer,
    }


def code(link: str) -> str:
    """A link as a QR code, in SVG, for `code` of sheet.typ."""
    return segno.make(link, micro=False, error="m").svg_inline(border=2, dark="#1e2b28")


def drawing(content: bytes) -> str:
    """A small picture in SVG, which reaches the template as text; what a finger drew, cut to what is drawn."""
    opened = Image.open(io.BytesIO(content)).convert("RGBA")
    inked = Image.composite(opened, Image.new("RGBA", opened.size, "white"), opened.getchannel("A")).convert("L")
    box = inked.point(lambda shade: 255 if shade < PALE else 0).getbbox()
    picture = opened.crop(box) if box else opened
    picture.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    out = io.BytesIO()
    picture.save(out, "PNG")
    held = base64.b64encode(out.getvalue()).decode()
    width, height = picture.size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{held}"/></svg>'
    )


def answer(content: bytes, *, name: str) -> HttpResponse:
    """The PDF to read in the browser, with a name for whoever keeps it (ASCII letters, digits and `-`)."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"', "X-Content-Type-Options": "nosniff"},
    )
