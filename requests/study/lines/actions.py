"""Verbs on the lines of a study. Each counts the study anew."""

from typing import Any

from django.db import transaction

from accounts.models import User
from beneficiaries.means.rules import side_of
from core import audit
from core.errors import Refused
from requests.models import Study, StudyLine, SupportRequest
from requests.study import rules
from requests.study.actions import begin, recount, written_by
from requests.study.sections import SECTIONS

FACTS = ("kind", "amount", "every", "note", "known_by")
COUNTED = ("kind", "amount", "every", "counts")
"""What the count is made of. The record names which of them changed; how much is the study's own to say."""


@transaction.atomic
def add_line(case: SupportRequest, *, by: User, **facts: Any) -> StudyLine:
    """One more line of the study; the person's file keeps its own."""
    study = begin(case, by=by)
    if sentence := rules.too_many_lines(study.lines.count()):
        raise Refused(sentence)
    line = written(StudyLine(study=study), by, facts)
    there_is_one(study, line)
    recount(study)
    audit.record("study_line_added", case, by=by, changes={"line": line.pk, "kind": [None, line.kind]})
    return line


@transaction.atomic
def amend_line(line: StudyLine, *, by: User, **facts: Any) -> StudyLine:
    case = written_by(line.study.case, by)
    line = StudyLine.objects.select_related("study").get(pk=line.pk)
    before = {name: getattr(line, name) for name in COUNTED}
    written(line, by, facts)
    if changed := [name for name in COUNTED if getattr(line, name) != before[name]]:
        recount(line.study)
        audit.record("study_line_amended", case, by=by, changes={"line": line.pk} | dict.fromkeys(changed))
    return line


@transaction.atomic
def remove_line(line: StudyLine, *, by: User) -> None:
    """Take a line out; of what kind it was stays in the record. Pressed twice, nothing more happens."""
    case = written_by(line.study.case, by)
    if not StudyLine.objects.filter(pk=line.pk).exists():
        return
    audit.record("study_line_removed", case, by=by, changes={"line": line.pk, "kind": [line.kind, None]})
    study = line.study
    line.delete()
    recount(study)


def there_is_one(study: Study, line: StudyLine) -> None:
    """Where the section said that there is none, it says so no longer."""
    name = next(section.name for section in SECTIONS if section.side == line.side)
    for row in study.sections.filter(name=name):
        if row.answers.pop("none", False):
            row.save(update_fields=["answers"])


def written(line: StudyLine, by: User, facts: dict[str, Any]) -> StudyLine:
    """The facts into the line; one that does not count says why, and who said so first."""
    for name in FACTS:
        setattr(line, name, facts.get(name, getattr(line, name)))
    line.side = side_of(line.kind)
    why_not = "" if facts.get("counts", line.counts) else facts.get("why_not", line.why_not)
    if why_not != line.why_not:
        line.said_by = by if why_not else None
    line.counts, line.why_not = not why_not, why_not
    line.save()
    return line
