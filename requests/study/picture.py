"""What the file says beside a study, in words: who lives there and how each stands, where and how they live, what
help is needed. Kept with each result and in a frozen file, so that whoever decides reads what the study was made on."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from beneficiaries.household.models import HouseholdMember
from beneficiaries.household.rules import age_on
from beneficiaries.known import Known, known_of
from core import clock
from requests.models import Study, SupportRequest
from requests.study import known as file
from requests.study.sections import sections_of

SAID = {"contact": file.address, "housing": file.housing, "health": file.help_needed}
"""Of these sections what the file says is kept; the rest of it stands in the study itself."""

Picture = dict[str, Any]


def picture_of(case: SupportRequest) -> Picture:
    """As the file says it now; nothing that the policy does not ask for."""
    asked = {section.name for section in sections_of(case.policy_version)}
    known = known_of(case.person.current)
    with translation.override(settings.LANGUAGE_CODE):
        said = {name: rows(case, known, None) for name, rows in SAID.items() if name in asked}
        return {
            "household": people_of(case, known) if "household" in asked else [],
            "known": {
                name: [[str(label), str(value)] for label, value in found if value] for name, found in said.items()
            },
        }


def people_of(case: SupportRequest, known: Known) -> list[dict[str, Any]]:
    """Who lives there, the person first."""
    return [the_person(case), *map(row_of, known.household)]


def the_person(case: SupportRequest) -> dict[str, Any]:
    person = case.person.current
    return {
        "name": person.full_name,
        "relation": _("the person"),
        "age": age_on(clock.today(), person.birth_date),
        "situation": person.marital_status_said,
        "health": "",
    }


def row_of(member: HouseholdMember) -> dict[str, Any]:
    return {
        "name": member.name,
        "relation": member.relation_said,
        "age": age_on(clock.today(), member.birth_date),
        "situation": member.situation_said,
        "health": member.health or "",
    }


def kept(study: Study) -> Picture:
    """As it was kept when the study was completed; of one that is not, or that kept none of it yet, as it is now."""
    row = study.results.last() if study.completed_at else None
    names = ("household", "known")
    return {name: row.inputs[name] for name in names} if row and "household" in row.inputs else picture_of(study.case)


def household_for(reader: User | None, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The rows as `reader` may read them: what the file says of somebody's health is for whoever reads sensitive
    data, and others are told that there is something. For `requests/study/people.html`."""
    opens = bool(reader and reader.reads_sensitive)
    return {
        "rows": [row | {"words": in_words(row), "health": row["health"] if opens else ""} for row in rows],
        "closed": not opens and any(row["health"] for row in rows),
    }


def in_words(row: dict[str, Any]) -> str:
    age = row["age"]
    words = "" if age is None else ngettext("%(age)s year old", "%(age)s years old", age) % {"age": age}
    return " · ".join(filter(None, [words, row["situation"]]))
