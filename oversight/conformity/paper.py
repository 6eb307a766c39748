"""The conformity report as a paper to hand to the regulator."""

from typing import Any

from django.utils.translation import gettext as _

from core import clock, printing
from policies import rich
from policies.printing.letterhead import letterhead


@printing.in_arabic
def conformity_pdf(found: dict[str, Any]) -> bytes:
    return printing.pdf("conformity", letterhead() | paper_data(found))


def paper_data(found: dict[str, Any]) -> dict[str, Any]:
    """What `templates/print/conformity.typ` prints of a report."""
    return {
        "title": _("Conformity report"),
        "policy": found["version"].title,
        "label": found["version"].label,
        "first": found["period"].first,
        "last": found["period"].last,
        "today": clock.today(),
        "words": {
            "version": _("Version"),
            "from": _("From"),
            "to": _("to (a date)"),
            "clause": _("Clause"),
            "how": _("What the portal does"),
            "evidence": _("In the period"),
            "exceptions": _("Exceptions"),
            "no_exceptions": _("No exception was found in the period."),
            "clauses": _("Clauses of the policy"),
            "unmeasured": _("of them without a number"),
            "none": _("no number"),
            "manager": _("Executive manager"),
            "signature": _("Signature"),
            "stamp": _("Stamp"),
        },
        "clauses": found["clauses"],
        "unmeasured": found["unmeasured"],
        "exceptions": [number_data(number) | {"of": number["of"]} for number in found["exceptions"]],
        "sections": [
            {"title": str(part["title"]), "rows": [row_data(row) for row in part["rows"]]} for part in found["sections"]
        ],
    }


def row_data(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["clause"].clause_id,
        "text": rich.plain(row["clause"].text),
        "how": str(row["how"]),
        "nothing": row["nothing"],
        "numbers": [number_data(number) for number in row["numbers"]],
        "exceptions": [number_data(number) for number in row["exceptions"]],
    }


def number_data(number: dict[str, Any]) -> dict[str, Any]:
    return {"label": str(number["label"]), "n": number["n"], "of": ""}
