"""The policy as a paper: the same reading as the public page, printed."""

from typing import Any

from django.utils.translation import gettext as _

from core import printing
from policies import rich
from policies.models import Clause, PolicyVersion
from policies.page import page_of
from policies.printing.letterhead import letterhead


@printing.in_arabic
def policy_pdf(version: PolicyVersion) -> bytes:
    return printing.pdf("policy", letterhead() | policy_data(version))


def policy_data(version: PolicyVersion) -> dict[str, Any]:
    """What `templates/print/policy.typ` prints."""
    page = page_of(version)
    return {
        "title": version.title,
        "label": version.label,
        "notice": version.notice,
        "replaced": replaced(page["successor"]),
        "words": {
            "version": _("Version"),
            "in_force_since": _("In force since"),
            "approval": _("Approval of this policy"),
            "date": _("Date of approval"),
            "computed": _("computed by the portal"),
            "printed": _("The document prints beside it"),
            "candidates": _("The document's date may be read in two ways:"),
            "confirm": _("to be confirmed by the owner of the document"),
            "last_modified": _("Last modified"),
            "signatories": _("Signatories"),
        },
        "published": version.published_at,
        "modified": version.modified_at,
        "sections": [
            {
                "title": str(part["title"]),
                "clauses": [clause_data(row["clause"], row["below"]) for row in part["clauses"]],
            }
            for part in page["sections"]
        ],
        "approval": {
            "rows": page["approval_rows"],
            "date": page["approval_date"] or None,
            "shown": page["approval"] is not None,
        },
        "signatories": [{"title": row.title, "name": row.name} for row in page["signatories"]],
    }


def clause_data(clause: Clause, below: list[Clause]) -> dict[str, Any]:
    return {
        "id": clause.clause_id,
        "number": clause.number,
        "text": rich.plain(clause.text),
        "confirm": clause.to_be_confirmed,
        "below": [clause_data(child, []) for child in below],
    }


def replaced(by: PolicyVersion | None) -> str:
    return _("Version %(label)s took the place of this one.") % {"label": by.label} if by else ""
