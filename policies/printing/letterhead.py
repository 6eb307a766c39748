"""The head and foot of every paper the association prints."""

from typing import Any

from django.utils.translation import gettext as _

from core import clock, printing
from policies.models import Association


def letterhead() -> dict[str, Any]:
    """`{frame, association}`, as `templates/print/sheet.typ` asks for them."""
    association = Association.current()
    footer = _("Printed from the portal on %(day)s") % {"day": both(clock.today())}
    return {
        "frame": printing.frame(footer=f"{association.name} · {footer}"),
        "association": {
            "name": association.name,
            "licence": association.licence_no,
            "licence_label": _("Licence number"),
        },
    }


def both(day) -> str:
    """A date in both calendars inside a sentence."""
    pair = printing.both_calendars(day)
    return f"{pair['hijri']} {_('corresponding to')} {pair['gregorian']}" if pair["hijri"] else pair["gregorian"]
