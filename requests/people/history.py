"""Who changed what in a file, and when, in words: the rows of the record, without the values that it keeps."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from beneficiaries.means.models import Kind
from beneficiaries.models import Home, HouseholdMember, MeansLine, Person, Representative
from core.models import AuditRow

HAPPENED: dict[str, str | Promise] = {
    "enrolled": gettext_lazy("The file was opened"),
    "amended": gettext_lazy("Data changed"),
    "file_number_given": gettext_lazy("The file number was given"),
    "categorised": gettext_lazy("The categories changed"),
    "member_added": gettext_lazy("A member of the household was added"),
    "member_amended": gettext_lazy("A member of the household was amended"),
    "member_left": gettext_lazy("A member left the household"),
    "means_added": gettext_lazy("An income or obligation was added"),
    "means_amended": gettext_lazy("An income or obligation was amended"),
    "means_removed": gettext_lazy("An income or obligation was taken out"),
    "home_amended": gettext_lazy("Home and address changed"),
    "represented": gettext_lazy("A representative was added"),
    "representative_amended": gettext_lazy("A representative's data changed"),
    "representation_ended": gettext_lazy("A representation ended"),
    "withdrew_document": gettext_lazy("A paper was taken off the file"),
    "revealed": gettext_lazy("The masked file was opened, with a reason"),
    "suspension_proposed": gettext_lazy("A suspension of the file was proposed"),
    "suspended": gettext_lazy("The file was suspended"),
    "suspension_refused": gettext_lazy("A proposed suspension was refused"),
    "suspension_objected": gettext_lazy("The person objected to the suspension"),
    "objection_answered": gettext_lazy("The objection was answered"),
    "suspension_lifted": gettext_lazy("The suspension was lifted"),
    "confirmed": gettext_lazy("The data was read over and confirmed"),
    "called": gettext_lazy("The person was called about their file"),
    "merge_proposed": gettext_lazy("A merge with another file was proposed"),
    "merge_refused": gettext_lazy("A proposed merge was refused"),
    "merged": gettext_lazy("Two files became one"),
    "merge_undone": gettext_lazy("The merge was undone"),
    "told_apart": gettext_lazy("It was said that another file is another person's"),
    "apart_taken_back": gettext_lazy("It was taken back that another file is another person's"),
}
"""A room that records another verb on a person adds its line here."""

MODELS = {
    "amended": Person,
    "member_amended": HouseholdMember,
    "means_amended": MeansLine,
    "home_amended": Home,
    "representative_amended": Representative,
}
ALONG = {"birth_date_typed", "birth_calendar", "valid_until_typed"}
"""Columns that change with another one, and have no name of their own."""


def rows_of(*files: int) -> QuerySet[AuditRow]:
    """What was done to any of these files (`Person.and_merged`), newest first; a merge of two of them once."""
    numbers = [str(pk) for pk in files]
    rows = AuditRow.objects.filter(subject_type=Person._meta.label_lower, subject_id__in=numbers)
    twice = Q(changes__has_key="side", changes__side="merged", changes__other__in=files)
    return rows.exclude(twice).order_by("-id")


def in_words(rows: Iterable[AuditRow]) -> list[dict[str, Any]]:
    """As `{% history %}` shows them. One query, for the names."""
    rows = list(rows)
    names = dict(User.objects.filter(pk__in={row.actor_id for row in rows if row.actor_id}).values_list("pk", "name"))
    return [
        {"at": row.at, "who": names.get(row.actor_id or 0, ""), "what": what(row), "why": row.why, "tone": "info"}
        for row in rows
    ]


def what(row: AuditRow) -> str:
    """«تغيّرت بيانات: الجوال، اللغة»: what happened, and to which facts."""
    happened = str(HAPPENED.get(row.verb, gettext_lazy("Something changed in the file")))
    facts = [*labels(row), *kinds(row)]
    return _("%(what)s: %(facts)s") % {"what": happened, "facts": "، ".join(facts)} if facts else happened


def labels(row: AuditRow) -> list[str]:
    if row.verb not in MODELS:
        return []
    fields = {field.name: field for field in MODELS[row.verb]._meta.concrete_fields}
    changed = [name for name in row.changes if name in fields and name not in ALONG]
    return [str(fields[name].verbose_name) for name in changed]


def kinds(row: AuditRow) -> list[str]:
    """The kind of income or obligation that came or went."""
    if row.verb not in ("means_added", "means_removed"):
        return []
    return [str(Kind(name).label) for name in row.changes if name in Kind.values]


def last_change(person: Person) -> dict[str, Any] | None:
    """Who changed the file last, for the colleague who was changing it at the same time."""
    found = in_words(rows_of(*person.and_merged)[:1])
    return found[0] if found else None
