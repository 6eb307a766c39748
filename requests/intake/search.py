"""The counter's one box: what was typed decides what is looked for, and a hit says why it matched."""

from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from beneficiaries.models import Person
from beneficiaries.named import TooBroad, bounded
from core import identifiers
from core.full_names import as_written
from requests.intake.by_name import NEAR_SHOWN, Hit, found_by_name, found_nearly, hits
from requests.intake.typed import LONGEST, Kind, Typed, incomplete, read
from requests.models import SupportRequest
from requests.people.access import served_by

LONGEST_WAIT = 2000  # milliseconds


@dataclass
class Found:
    """What the box found for one user, inside their scope."""

    typed: Typed
    hits: list[Hit] = field(default_factory=list)
    near: bool = False
    in_household: bool = False
    more: bool = False
    case: SupportRequest | None = None
    sentence: str = ""
    may_register: bool = False

    @property
    def only(self) -> Person | None:
        """The one person an exact number leads to."""
        exact = self.typed.kind in (Kind.ID, Kind.FILE) and not self.in_household
        return self.hits[0].person if exact and self.hits else None

    @property
    def heading(self) -> str:
        if self.in_household:
            return _("Listed in a household")
        return _("Did you mean") if self.near else _("Files found")

    @property
    def counted(self) -> str:
        """How many, as far as they are counted: never beyond what a page holds."""
        if self.more:
            asks_for_more = _("Type another part of the name.") if self.typed.kind == Kind.NAME else ""
            most = _("More than %(count)s files.") % {"count": settings.SEARCH_LIMIT}
            return f"{most} {asks_for_more}".strip()
        if self.near or self.in_household:
            return _("Compare before you open one.")
        return ngettext("%(count)s file", "%(count)s files", len(self.hits)) % {"count": len(self.hits)}


def find(text: str, *, by: User) -> Found:
    """Look for what was typed among the people and requests `by` may see. A constant number of queries."""
    found = Found(read(text))
    FINDERS[found.typed.kind](found, by)
    return found


def _unclear(found: Found, by: User) -> None:
    found.sentence = found.typed.sentence


def _by_id(found: Found, by: User) -> None:
    everyone, national_id = people(by), found.typed.value
    found.hits = with_former(everyone, has_id(national_id), _("the same ID number"), _("the ID of a merged file"))
    if found.hits:
        return
    found.sentence = file_elsewhere(national_id) or ""
    found.may_register = not found.sentence
    if found.may_register:
        living = everyone.filter(household__national_id_lookup=identifiers.lookup_hash(national_id), household__left="")
        numbers = living.values_list("pk", flat=True)[:NEAR_SHOWN]
        found.hits = hits(everyone, dict.fromkeys(numbers, _("the ID of somebody in the household")))
        found.in_household = bool(found.hits)


def _by_file(found: Found, by: User) -> None:
    number = Q(file_number=found.typed.value)
    found.hits = with_former(people(by), number, _("the same file number"), _("the number of a merged file"))
    if not found.hits:
        nowhere = _("No file has this number.")
        found.sentence = elsewhere() if Person.objects.filter(number).exists() else f"{nowhere} {incomplete()}"


def _by_mobile(found: Found, by: User) -> None:
    mobile = Q(mobile=found.typed.value)
    found.hits = with_former(people(by), mobile, _("the same mobile"), _("the mobile of a merged file"))
    _fold(found)
    found.may_register = True


def _by_reference(found: Found, by: User) -> None:
    found.case = _cases(by).filter(reference=found.typed.value).first()
    if found.case is None:
        found.sentence = _("No request with this number is among those you work on. Compare it with the receipt.")


def _by_link(found: Found, by: User) -> None:
    found.case = _cases(by).filter(status_token__in=found.typed.value.split()).first()
    if found.case is None:
        found.sentence = _("The code opens no request among those you work on. Type the number printed beside it.")


def _cases(by: User):
    return SupportRequest.objects.visible_to(by).select_related("service")


def _by_name(found: Found, by: User) -> None:
    everyone, name = people(by), found.typed.value
    try:
        with bounded(LONGEST_WAIT, one_branch=not by.sees_every_branch):
            found.hits = found_by_name(everyone, name)
            merged = Person.objects.filter(merged_into__isnull=False).named(name)
            found.hits += former(everyone, merged, _("the name of a merged file"), but=found.hits)
            if not found.hits:
                found.hits = found_nearly(everyone, name)
                found.near = True
    except TooBroad:
        found.sentence = _("Very many names are like this one. Type one more part of the name.")
        return
    _fold(found)
    found.may_register = True


def _fold(found: Found) -> None:
    found.more, found.hits = len(found.hits) > settings.SEARCH_LIMIT, found.hits[: settings.SEARCH_LIMIT]


FINDERS = {
    Kind.UNCLEAR: _unclear,
    Kind.ID: _by_id,
    Kind.MOBILE: _by_mobile,
    Kind.REFERENCE: _by_reference,
    Kind.LINK: _by_link,
    Kind.FILE: _by_file,
    Kind.NAME: _by_name,
}


def people(by: User):
    """The current files this user serves, with what a result line shows."""
    return served_by(by).current().select_related("branch")


def has_id(national_id: str) -> Q:
    return Q(national_id_lookup=identifiers.lookup_hash(national_id))


def with_former(everyone, holds: Q, why: str, why_former: str) -> list[Hit]:
    """The files of which this holds; then those into which a file was merged of which it holds."""
    numbers = everyone.filter(holds).order_by("pk").values_list("pk", flat=True)[: settings.SEARCH_LIMIT + 1]
    found = hits(everyone, dict.fromkeys(numbers, why))
    return found + former(everyone, Person.objects.filter(holds, merged_into__isnull=False), why_former, but=found)


def former(everyone, merged, why: str, *, but: list[Hit]) -> list[Hit]:
    """The current files into which these were merged, as far as they are among everyone this user finds."""
    current = set(merged.values_list("merged_into", flat=True)[: settings.SEARCH_LIMIT + 1])
    while (
        onward := dict(
            Person.objects.filter(pk__in=current, merged_into__isnull=False).values_list("pk", "merged_into")
        )
        if current
        else {}
    ):
        current = (current - onward.keys()) | set(onward.values())
    return hits(everyone, dict.fromkeys(sorted(current - {hit.person.pk for hit in but}), why))


def file_elsewhere(national_id: str) -> str | None:
    """The sentence for an ID whose file stands outside the user's scope; it tells nothing else of it."""
    files = Person.objects.filter(has_id(national_id))
    # Two questions: each has an index of its own.
    if files.current().exists() or files.filter(merged_into__isnull=False).exists():
        return elsewhere()
    return None


def elsewhere() -> str:
    return _("This number has a file in another branch; contact the head office.")


def has_a_file(national_id: str, *, by: User) -> str | None:
    """Why no new file is opened for this ID: an equal ID decides (see `beneficiaries.actions.enrol`)."""
    if with_former(people(by), has_id(national_id), "", ""):
        return _("This ID already has a file. Search for it and open that file.")
    return file_elsewhere(national_id)


def prefill(text: str) -> dict[str, str]:
    """What a new file already knows from the search box: an ID, a mobile, or the parts of a name."""
    typed = read(text)
    if typed.kind == Kind.ID:
        return {"national_id": typed.value}
    if typed.kind == Kind.MOBILE:
        return {"mobile": typed.value.replace("+966", "0")}
    return as_written(typed.value) if typed.kind == Kind.NAME else {}


__all__ = [
    "LONGEST",
    "Found",
    "Hit",
    "Kind",
    "Typed",
    "find",
    "has_a_file",
    "people",
    "prefill",
    "read",
]
