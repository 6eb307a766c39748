"""One document, read from beginning to end. Nothing is stored here."""

import re

from django.utils.translation import gettext as _

from core.arabic import fold
from core.errors import Refused
from policies.importing import approval, damage, doubts, facts, furniture, identify, periods, sections
from policies.importing.document import Doubt, Imported, Item, Section
from policies.importing.files import is_word, lines_of
from policies.importing.measure import measure

TELLING = frozenset(("channel", "tool", "procedure_step", "detailed_objective", "general_objective"))

REASONS = frozenset(("preamble", "general_objective", "detailed_objective", "approval"))


def read(name: str, data: bytes) -> Imported:
    """The policy document in a .txt or .docx file. Raises Refused with the sentence to show for any other file."""
    lines = lines_of(name, data)
    turned = damage.turned_back(lines)
    parted = furniture.part(turned.lines)
    laid = sections.lay_out(parted.body, measure(parted.body, broken=not is_word(name, data)))
    refuse_another_layout(laid.sections)
    found = Imported(sections=laid.sections)
    fill(found, laid, parted)
    identify.name_clauses(found)
    found.min_decision_days, unsure = waiting(found)
    found.warnings = [*turned.warnings, *unsure, *doubts.all_of(found, laid, parted)]
    return found


def refuse_another_layout(found: list[Section]) -> None:
    kinds = {section.kind for section in found} & TELLING
    clauses = sum(len(section.clauses) for section in found)
    working = kinds & {"channel", "tool", "procedure_step"}
    if len(kinds) < 2 or not working or clauses < 5 or not is_about_relations(found):
        raise Refused(
            _(
                "No policy on relations with beneficiaries was recognised in this file: its objectives, channels, "
                "tools or procedure were not found. Nothing was stored."
            )
        )


def is_about_relations(found: list[Section]) -> bool:
    """Does the text speak of those an association serves, and say why, or who approved it? A recipe does not."""
    text = " ".join(item.text for section in found for item in [Item(section.heading), *section.every()])
    served = facts.served_in(text) or re.search("جمعيه|موسسه", fold(text))
    return bool(served) and bool({section.kind for section in found} & REASONS)


def fill(found: Imported, laid: sections.Laid, parted: furniture.Parted) -> None:
    """The facts around the clauses."""
    top = [line.text for line in laid.top]
    paragraphs = found.of_kind("approval")
    text = " ".join(item.text for item in paragraphs)
    found.association, found.other_names = facts.association(found.sections, top, parted.aside, text)
    found.registration = facts.registration([*top, *parted.aside, text])
    found.title, found.title_in_approval = facts.title(top, parted.aside, text)
    found.person_term = facts.person_term([found.title, found.title_in_approval], found.sections)
    found.approval = approval.facts(paragraphs) or approval.on_the_cover(top)
    found.signatories = approval.signatories(laid.signatures)
    found.contacts = facts.contacts([*top, *parted.aside, *laid.signatures])
    found.update_date = facts.update_date([*top, *parted.aside, *laid.signatures, text])


def waiting(found: Imported) -> tuple[int | None, list[Doubt]]:
    """(the waiting period in calendar days, what is unsure about it). Only the procedure's own words count."""
    steps = [item for section in found.sections if section.kind == "procedure_step" for item in section.every()]
    for item in steps:
        if period := periods.floor_in(item.text):
            return period.days, doubts_about(period, item.id)
    ceiling = next(((item, one) for item in steps if (one := periods.ceiling_in(item.text))), None)
    if ceiling and re.search("رد|قبول|قرار|بت", ceiling[0].text):
        item, period = ceiling
        sentence = _("This is a time within which the answer comes, not a waiting period before it. Ask the owner.")
        return None, [Doubt("ceiling_not_floor", item.id, period.raw, None, sentence)]
    return None, []


def doubts_about(period: periods.Period, where: str) -> list[Doubt]:
    sentences = {
        "working": _(
            "The text counts working days; the portal counts calendar days. Confirm the number with the owner."
        ),
        "month": _("A month has no fixed number of days; 30 were taken. Confirm the number with the owner."),
    }
    if not period.doubt:
        return []
    return [Doubt("unsure_period", where, period.raw, str(period.days), sentences[period.doubt])]
