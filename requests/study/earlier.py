"""The results kept of one study: which formula counted the one in force and when, and what stood before it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.ui import money
from requests.models import Study, StudyResult


def results_of(study: Study) -> dict[str, Any]:
    """`now`, the row a completed study stands on, and the `earlier` ones, newest first; of a study that is open again
    all are earlier ones. For `requests/study/results.html`."""
    rows = list(study.results.order_by("-pk"))
    now = rows.pop(0) if rows and study.completed_at else None
    return {"now": now, "earlier": [{"row": row, "words": in_words(row)} for row in rows]}


def in_words(row: StudyResult) -> str:
    """What it came to, among how many, the band, and what was recommended on it."""
    words = (
        [_("Income per person: %(amount)s riyals") % {"amount": money(row.per_head)}]
        if row.per_head is not None
        else []
    )
    if row.household_size:
        size = row.household_size
        words.append(ngettext("Household of %(n)s person", "Household of %(n)s people", size) % {"n": size})
    return " · ".join([*words, *filter(None, [row.band, recommended(row)])])


def recommended(row: StudyResult) -> str:
    said = row.inputs["recommendation"]
    study = Study(recommends=said["recommends"] or "", what=said["what"] or "")
    words = ": ".join(filter(None, [str(study.get_recommends_display()), study.what]))
    return _("the recommendation: %(what)s") % {"what": words} if words else ""
