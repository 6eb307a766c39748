"""What a study comes to now, and the row that keeps it with all it was counted from once the study is completed."""

from collections.abc import Iterable
from typing import Any

from accounts.models import User
from policies.models import NeedBand
from requests.models import Study, StudyLine, StudyPhoto, StudyResult
from requests.study import picture, rules
from requests.study.rules import Figure

INPUTS = 2
"""Shape of `StudyResult.inputs`, kept in it as `shape`. Rows without one are the first shape: nothing of the file."""

LINE = "side kind amount every note known_by counts why_not from_file".split()
SECTION = "agrees differs stated observed opinion answers".split()
RECOMMENDATION = "findings recommends kind what amount months reasons".split()
VISIT = "visited_on visited_on_typed visited_at present".split()


def figure_of(
    study: Study, *, bands: Iterable[NeedBand] = (), lines: Iterable[StudyLine] | None = None
) -> Figure | None:
    """Income per person from the study's lines; None where the policy does not ask, and while nothing is written."""
    if not study.case.policy_version.asks_household:
        return None
    lines = list(study.lines.all()) if lines is None else list(lines)
    if not lines and not study.sections.filter(name="income").exclude(done_at=None).exists():
        return None
    return rules.figure(lines, study.household_size, bands)


def keep(study: Study, *, by: User) -> StudyResult:
    """The append-only row of a completed study: a later edit of lines, bands or formula changes nothing of it."""
    bands = list(NeedBand.objects.all())
    found = figure_of(study, bands=bands)
    return StudyResult.objects.create(
        study=study,
        formula=rules.FORMULA,
        inputs=inputs(study, bands),
        household_size=study.household_size,
        income=found.income if found else None,
        obligations=found.obligations if found else None,
        per_head=found.per_head if found else None,
        band=found.band.label if found and found.band else "",
        by_example=bool(found and found.band and found.band.is_example),
        made_by=by,
    )


def inputs(study: Study, bands: list[NeedBand]) -> dict[str, Any]:
    """Everything the result was made of, in words that JSON keeps as they are."""
    photos = StudyPhoto.objects.filter(consent__study=study).select_related("file")
    return picture.picture_of(study.case) | {
        "shape": INPUTS,
        "lines": [
            plain(line, LINE) | {"said_by": line.said_by and line.said_by.name}
            for line in study.lines.select_related("said_by")
        ],
        "bands": [{"label": band.label, "up_to": text(band.up_to), "example": band.is_example} for band in bands],
        "sections": {row.name: plain(row, SECTION) for row in study.sections.all()},
        "recommendation": plain(study, RECOMMENDATION),
        "visit": plain(study, VISIT) | {"photographs": [photo.file.sha256 for photo in photos]},
    }


def plain(row: Any, names: list[str]) -> dict[str, Any]:
    return {name: text(getattr(row, name)) for name in names}


def text(value: Any) -> Any:
    """Amounts and dates as they are written; lists, truths and words as they are."""
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)
