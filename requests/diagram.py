"""The states of a request and of a permit as a document, read from the code that carries them out."""

from typing import Any

from django.db import models
from django.utils import translation
from django_fsm import FSMField

from requests.models import ProgrammePermit, SupportRequest
from requests.rules import Rulebook
from requests.workflow import RULEBOOKS

HEAD = """# حالات الطلب

هذه الصفحة مولّدة من الشيفرة بالأمر `./portal manage state_diagram`، ويقارنها اختبار بما في الشيفرة.

*This page is generated from the code; a test compares the two.*
"""


def document() -> str:
    """The whole of docs/states.md."""
    with translation.override("ar"):
        return "\n".join([HEAD, section("طلب الدعم", SupportRequest), section("تصريح البرنامج", ProgrammePermit)])


def section(title: str, model: type[models.Model]) -> str:
    book = RULEBOOKS[model]
    return "\n".join([f"## {title}\n", diagram(model), "", table(model, book), ""])


def moves(model: type[models.Model]) -> list[tuple[str, str, str]]:
    """(action, from, to) for every transition; papers_complete goes back to each place it may come from."""
    field = state_field(model)
    found = set()
    for move in field.get_all_transitions(model):
        targets = getattr(move.target, "allowed_states", None) or [move.target]
        found |= {(move.name, str(move.source), str(target)) for target in targets}
    order = list(RULEBOOKS[model].actions)
    states = [value for value, _label in field.choices]
    return sorted(found, key=lambda row: (states.index(row[1]), order.index(row[0]), states.index(row[2])))


def diagram(model: type[models.Model]) -> str:
    field = state_field(model)
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {field.default}"]
    lines += [f"    {value}: {label}" for value, label in field.choices]
    lines += [f"    {source} --> {target}: {name}" for name, source, target in moves(model)]
    return "\n".join([*lines, "```"])


def table(model: type[models.Model], book: Rulebook) -> str:
    """Who may do what from where; the reviewed tables of `requests.states` in words."""
    rows = ["| الإجراء | الرمز | من | إلى | لمن |", "|---|---|---|---|---|"]
    labels = dict(state_field(model).choices)
    for name, action in book.actions.items():
        mine = [move for move in moves(model) if move[0] == name]
        sources = "، ".join(dict.fromkeys(str(labels[move[1]]) for move in mine)) or "—"
        targets = "، ".join(dict.fromkeys(str(labels[move[2]]) for move in mine)) or str(labels[first_state(model)])
        who = "، ".join(str(role.label) for role in action.roles)
        rows.append(f"| {action.label} | `{name}` | {sources} | {targets} | {who} |")
    return "\n".join(rows)


def first_state(model: type[models.Model]) -> str:
    return str(state_field(model).default)


def state_field(model: type[models.Model]) -> Any:
    return next(field for field in model._meta.fields if isinstance(field, FSMField))
