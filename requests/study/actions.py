"""Verbs of the researcher: the study is begun from what the file knows, written by sections, and raised."""

from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.known import known_of
from beneficiaries.means.models import Kind, Side
from beneficiaries.models import MeansLine
from core import audit, clock
from core.errors import Refused
from policies.models import NeedBand
from requests import workflow
from requests.models import Study, StudyLine, StudySection, SupportRequest
from requests.study import result, rules
from requests.study.sections import sections_of
from requests.visits.rules import last_valid_study

FIELDS = (
    "household_size visited_on visited_on_typed visited_at present findings recommends kind what amount months reasons"
).split()
TEXTS = ("agrees", "differs", "stated", "observed", "opinion")
LUMPS = {"income": (Side.INCOME, Kind.OTHER_INCOME), "obligations": (Side.OBLIGATION, Kind.OTHER_OBLIGATION)}


def written_by(case: SupportRequest, by: User) -> SupportRequest:
    """The case, locked for a change of its study. Raises Refused for anybody but its researcher, and after research."""
    case = workflow.lock(case)
    if sentence := rules.not_theirs(case, by):
        raise Refused(sentence)
    return case


CARRIED = "side kind amount every note known_by counts why_not said_by from_file".split()
SAID_ANEW = {"visit", "opinion"}


@transaction.atomic
def begin(case: SupportRequest, *, by: User) -> Study:
    """Open the study, its lines begun from the person's file. One that is open already stays as it is."""
    case = written_by(case, by)
    study, created = Study.objects.get_or_create(case=case, defaults={"researcher": by})
    if created:
        begin_from_what_is_known(study, case)
    if study.researcher_id != by.pk:  # the case was given to a colleague since
        study.researcher = by
        study.save(update_fields=["researcher"])
    return study


def begin_from_what_is_known(study: Study, case: SupportRequest) -> None:
    """Nothing is asked twice (DO-1): an earlier study that is still valid is where this one begins, else the file."""
    person = case.person.current
    earlier = last_valid_study(person, besides=case)
    if case.policy_version.asks_household:
        study.household_size = case.household_size or person.household_size
        lines = [carried(study, line) for line in earlier.lines.all()] if earlier else []
        StudyLine.objects.bulk_create(lines or [from_file(study, line) for line in known_of(person).means])
        recount(study)
    if earlier:
        carry_answers(study, earlier)
    audit.record("study_begun", case, by=study.researcher, changes={"from": earlier.pk if earlier else None})


def carried(study: Study, line: StudyLine) -> StudyLine:
    """The line as it stood, with whether it counted, why not and who said so."""
    return StudyLine(study=study, **{name: getattr(line, name) for name in CARRIED})


def carry_answers(study: Study, earlier: Study) -> None:
    """What was answered, to be confirmed section by section. What was told, seen and thought then is not said again:
    nobody has seen it now."""
    asked = {section.name for section in sections_of(study.case.policy_version)} - SAID_ANEW
    StudySection.objects.bulk_create(
        StudySection(study=study, name=row.name, answers=row.answers)
        for row in earlier.sections.filter(name__in=asked)
        if row.answers
    )


def from_file(study: Study, line: MeansLine) -> StudyLine:
    facts = {name: getattr(line, name) for name in ("side", "kind", "amount", "every", "note")}
    return StudyLine(study=study, from_file=True, **facts)


@transaction.atomic
def save_section(case: SupportRequest, name: str, *, by: User, done: bool = False, **facts: Any) -> StudySection:
    """Keep one section as far as it is; `done` says that it is whole. What is a column of the study goes there."""
    study = begin(case, by=by)
    row, _created = StudySection.objects.get_or_create(study=study, name=name)
    for field in TEXTS:
        setattr(row, field, facts.get(field) or ("" if field == "agrees" else None))
    row.answers = facts.get("answers", {})
    row.updated_at = clock.now()
    row.done_at = clock.now() if done else None
    row.save()
    write(study, {field: facts[field] for field in FIELDS if field in facts})
    audit.record("study_section_saved", case, by=by, changes={"section": name, "done": done})
    return row


@transaction.atomic
def save_study(case: SupportRequest, *, by: User, **facts: Any) -> Study:
    """Keep the study's own facts. `income` or `obligations` given as one sum become one line, in place of others."""
    study = begin(case, by=by)
    for name, (side, kind) in LUMPS.items():
        if name in facts:
            lump(study, side, kind, facts[name])
    return write(study, {field: facts[field] for field in FIELDS if field in facts})


def lump(study: Study, side: Side, kind: Kind, amount: Any) -> None:
    """Whoever gives a side as one sum a month gives all of it."""
    study.lines.filter(side=side).delete()
    if amount and Decimal(amount) > 0:
        study.lines.create(side=side, kind=kind, amount=Decimal(amount))


def write(study: Study, facts: dict[str, Any]) -> Study:
    for field, value in facts.items():
        setattr(study, field, value)
    study.updated_at = clock.now()
    return recount(study)


def recount(study: Study) -> Study:
    """Fill in what the lines come to, for whoever reads the study; called after every change of them."""
    found = result.figure_of(study, bands=NeedBand.objects.all())
    study.income = found.income if found else None
    study.obligations = found.obligations if found else None
    study.per_head = found.per_head if found else None
    study.band = found.band.label if found and found.band else ""
    study.save()
    return study


@transaction.atomic
def raise_study(case: SupportRequest, *, by: User, **facts: Any) -> SupportRequest:
    """Raise a study that was written by sections. Refused while one of them is still to be done."""
    study = begin(case, by=by)
    if sentence := rules.not_whole(study, study.case):
        raise Refused(sentence)
    return recommend(case, by=by, **facts)


@transaction.atomic
def recommend(case: SupportRequest, *, by: User, **facts: Any) -> SupportRequest:
    """Complete the study and raise the case to the committee with a recommendation and its reasons."""
    study = save_study(case, by=by, **facts)
    if not (study.findings and study.recommends and study.reasons):
        raise Refused(_("Complete the study first: what was found, the recommendation and its reasons."))
    study.completed_at = clock.now()
    study.save(update_fields=["completed_at"])
    result.keep(study, by=by)
    audit.record("study_completed", case, by=by)
    return workflow.perform(case, "recommend", by=by)
