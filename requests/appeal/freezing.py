"""The file as it stood at the first decision, kept word for word when the decision is objected to.

What a study or a paper becomes afterwards stands in its own rows; what the first decision was taken on stands here.
The pages of its papers are held on the disk. Photographs of the study are not: they stand on a consent that can be
taken back, and only that deletes them (`study.rules.why_not_remove`); their hashes stay here.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext as _

from core.tokens import canonical, sha256
from requests.models import Appeal, Decision, FrozenFile, FrozenPage, Study, StudyLine, StudySection, SupportRequest
from requests.study import picture
from requests.study.page import section_summary
from requests.study.sections import BY_NAME

REQUEST = "need household_size income_band channel received_at informed_at earliest_decision_on decided_on".split()
STUDY = (
    "household_size income obligations per_head band visited_on visited_at present findings recommends kind what "
    "amount months reasons completed_at"
).split()
SECTION = "name agrees differs stated observed opinion answers".split()
LINE = "side kind amount every note known_by counts why_not".split()
PAPER = "label state reason issued_on valid_until".split()
DECISION = (
    "outcome what kind amount months partial reasons yes no abstained present seats casting_vote proposed_at decided_on"
).split()


def freeze(appeal: Appeal) -> FrozenFile:
    """Keep the file of the decision objected to. In the transaction of the objection, the case locked."""
    data = picture_of(appeal.case, appeal.decision)
    frozen = FrozenFile.objects.create(appeal=appeal, data=data, sha256=sha256(canonical(data)))
    pages = [(page.file_id, check.label) for check in checks_of(appeal.case) for page in check.pages.all()]
    FrozenPage.objects.bulk_create(
        FrozenPage(frozen=frozen, file_id=file_id, label=label, position=position)
        for position, (file_id, label) in enumerate(pages, start=1)
    )
    return frozen


def picture_of(case: SupportRequest, decision: Decision) -> dict[str, Any]:
    """Everything the decision was taken on, in words and numbers as they were written."""
    study = Study.objects.select_related("researcher").filter(case=case).first()
    return {
        "request": kept(case, REQUEST) | {"service": case.service.label},
        "study": kept_study(study) if study else {},
        "sections": [kept_section(each, study) for each in study.sections.order_by("pk")] if study else [],
        **(picture.kept(study) | photographs(study) if study else {}),
        "lines": [kept(each, LINE) for each in StudyLine.objects.filter(study=study)],
        "papers": [kept(each, PAPER) for each in checks_of(case)],
        "decision": kept(decision, DECISION) | hands(decision),
    }


def kept_study(study: Study) -> dict[str, Any]:
    """What the study says and came to, by which version of the formula, and whether the bands were the example."""
    result = study.results.last()
    came_to = {"formula": result.formula, "by_example": result.by_example} if result else {}
    return kept(study, STUDY) | came_to | {"researcher": study.researcher.name}


def photographs(study: Study) -> dict[str, Any]:
    """The hashes of the photographs the study was completed with. They themselves stand on a consent that can be
    taken back, and then go; what is left here says how many there were, and of any that is shown whether it was one."""
    result = study.results.last()
    return {"photographs": result.inputs["visit"]["photographs"] if result else []}


def kept_section(row: StudySection, study: Study) -> dict[str, Any]:
    """A section as it was written, and its own questions in words: a question may be asked otherwise one day."""
    with translation.override(settings.LANGUAGE_CODE):
        told = section_summary(BY_NAME[row.name], row, study)
        ticked = [(label, _("yes")) for label in told.get("ticked", [])]
        words = [[str(label), str(answer)] for label, answer in (*told["facts"], *ticked, *told["named"])]
    return kept(row, SECTION) | {"words": words}


def checks_of(case: SupportRequest):
    return case.checks.prefetch_related("pages")


def hands(decision: Decision) -> dict[str, str]:
    """Who proposed and who issued, by name: an account may change its name, the decision does not."""
    return {
        "proposed_by": decision.proposed_by.name,
        "issued_by": decision.issued_by.name if decision.issued_by else "",
    }


def kept(row: Model, names: list[str]) -> dict[str, Any]:
    return {name: plain(getattr(row, name)) for name in names}


def plain(value: Any) -> Any:
    """As JSON holds it: money and dates as their text, so that nothing is rounded."""
    return str(value) if isinstance(value, Decimal | date | datetime) else value
