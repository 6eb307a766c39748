"""The counter's one box: what was typed decides what is looked for, and a hit says why it matched."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.models import Person
from core import arabic, identifiers, references
from requests.models import SupportRequest

LONGEST = 120
NEAR_ENOUGH = 0.3
NEAR_SHOWN = 5
_BETWEEN_DIGITS = re.compile(r"[\s().+‐–—−-]")
_MOBILE_BEGINS = ("05", "5", "966", "00966")
_LINEAGE = ("بن", "ابن", "بنت", "ابنة")
_JOINS_NEXT = ("عبد", "آل", "أبو", "ابو", "أم", "ام", "ذو", "با")


class Kind(StrEnum):
    ID = "id"
    MOBILE = "mobile"
    REFERENCE = "reference"
    NAME = "name"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Typed:
    """What was typed, understood: its kind and stored form; `sentence` says what to do where it is unclear."""

    kind: Kind
    value: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Hit:
    person: Person
    why: list[str]


@dataclass
class Found:
    """What the box found for one user, inside their scope."""

    typed: Typed
    hits: list[Hit] = field(default_factory=list)
    near: bool = False
    more: bool = False
    case: SupportRequest | None = None
    sentence: str = ""
    may_register: bool = False

    @property
    def only(self) -> Person | None:
        """The one person an exact ID leads to."""
        return self.hits[0].person if self.typed.kind == Kind.ID and self.hits else None


def read(text: str) -> Typed:
    """Decide by the digits: an ID, a mobile, a reference; anything with letters is a name."""
    if len(text) > LONGEST:
        return Typed(Kind.UNCLEAR, sentence=_("The text is too long. Shorten it."))
    try:
        text = " ".join(arabic.refuse_hidden(text.strip()).split())
    except arabic.HiddenCharacterError as error:
        return Typed(Kind.UNCLEAR, sentence=str(error))
    digits = _BETWEEN_DIGITS.sub("", arabic.fold_digits(text))
    if re.fullmatch("[0-9]+", digits):
        return _read_number(digits)
    if sum(character.isalpha() for character in arabic.name_key(text)) < 2:
        return Typed(Kind.UNCLEAR, sentence=_("Type an ID, a mobile, a request number, or two letters of a name."))
    return Typed(Kind.NAME, text)


def _read_number(digits: str) -> Typed:
    try:
        if len(digits) == 10 and digits[0] in "12":
            return Typed(Kind.ID, identifiers.national_id(digits))
        if len(digits) >= 9 and digits.startswith(_MOBILE_BEGINS):
            return Typed(Kind.MOBILE, identifiers.mobile(digits))
        if len(digits) == 9:
            return Typed(Kind.REFERENCE, references.parse_reference(digits))
    except (identifiers.IdentifierError, references.ReferenceError) as error:
        return Typed(Kind.UNCLEAR, sentence=str(error))
    return Typed(
        Kind.UNCLEAR,
        sentence=_("Complete the number: an ID has 10 digits, a mobile 10 beginning with 05, a request number 9."),
    )


def find(text: str, *, by: User) -> Found:
    """Look for what was typed among the people and requests `by` may see. A constant number of queries."""
    found = Found(read(text))
    FINDERS[found.typed.kind](found, by)
    return found


def _unclear(found: Found, by: User) -> None:
    found.sentence = found.typed.sentence


def _by_id(found: Found, by: User) -> None:
    found.hits = _hits(people(by).with_national_id(found.typed.value), _("the same ID number"))
    if not found.hits:
        found.sentence = file_elsewhere(found.typed.value) or ""
        found.may_register = not found.sentence


def _by_mobile(found: Found, by: User) -> None:
    found.hits = _hits(people(by).filter(mobile=found.typed.value), _("the same mobile"))
    found.may_register = True


def _by_reference(found: Found, by: User) -> None:
    visible = SupportRequest.objects.visible_to(by).select_related("service")
    found.case = visible.filter(reference=found.typed.value).first()
    if found.case is None:
        found.sentence = _("No request with this number is among those you work on. Compare it with the receipt.")


def _by_name(found: Found, by: User) -> None:
    name = found.typed.value
    hits = _hits(people(by).named(name).order_by("name_key", "pk"), _("the typed name is in the name"))
    found.more, found.hits = len(hits) > settings.SEARCH_LIMIT, hits[: settings.SEARCH_LIMIT]
    if not hits:
        near = people(by).named_like(name).filter(similarity__gte=NEAR_ENOUGH)
        found.hits, found.near = _hits(near, _("a near spelling only"))[:NEAR_SHOWN], True
    found.may_register = True


FINDERS = {
    Kind.UNCLEAR: _unclear,
    Kind.ID: _by_id,
    Kind.MOBILE: _by_mobile,
    Kind.REFERENCE: _by_reference,
    Kind.NAME: _by_name,
}


def people(by: User):
    """The current files this user may find, with what a result line shows."""
    return Person.objects.visible_to(by).current().select_related("branch")


def _hits(rows, why: str) -> list[Hit]:
    return [Hit(person, [why]) for person in rows[: settings.SEARCH_LIMIT + 1]]


def file_elsewhere(national_id: str) -> str | None:
    """The sentence for an ID whose file stands outside the user's scope; it tells nothing else of it."""
    if Person.objects.current().with_national_id(national_id).exists():
        return _("This number has a file in another branch; contact the head office.")
    return None


def has_a_file(national_id: str, *, by: User) -> str | None:
    """Why no new file is opened for this ID: an equal ID decides (see `beneficiaries.actions.enrol`)."""
    if people(by).with_national_id(national_id).exists():
        return _("This ID already has a file. Search for it and open that file.")
    return file_elsewhere(national_id)


def alike(*, by: User, name: str, mobile: str, but: Person | None = None) -> list[Hit]:
    """Files that may be the same person: the same mobile, or a name with the same key. A proposal only."""
    key = arabic.padded_key(name)
    same = Q(mobile=mobile) if mobile else Q()
    if len(arabic.name_key(name).split()) > 1:
        same |= Q(name_key=key)
    if not same:
        return []
    rows = people(by).filter(same).exclude(pk=but.pk if but else None).order_by("pk")[:NEAR_SHOWN]
    return [Hit(person, _reasons(person, key=key, mobile=mobile)) for person in rows]


def _reasons(person: Person, *, key: str, mobile: str) -> list[str]:
    reasons = {_("the same mobile"): person.mobile == mobile, _("the same name"): person.name_key == key}
    return [reason for reason, holds in reasons.items() if holds]


def prefill(text: str) -> dict[str, str]:
    """What a new file already knows from the search box: an ID, a mobile, or the parts of a name."""
    typed = read(text)
    if typed.kind == Kind.ID:
        return {"national_id": typed.value}
    if typed.kind == Kind.MOBILE:
        return {"mobile": typed.value.replace("+966", "0")}
    return name_parts(typed.value) if typed.kind == Kind.NAME else {}


def name_parts(name: str) -> dict[str, str]:
    """A name in its four parts: «عبد» and the like stay with the next word, «بن» goes; the last is the family."""
    parts: list[str] = []
    joining = False
    for word in name.split():
        if word in _LINEAGE and parts and not joining:
            continue
        if joining:
            parts[-1] += f" {word}"
        else:
            parts.append(word)
        joining = word in _JOINS_NEXT
    first, *middle = parts
    family = " ".join(middle[2:]) if len(middle) > 2 else "".join(middle[-1:])
    between = middle[:2] if len(middle) > 2 else middle[:-1]
    slots = dict(zip(("father_name", "grandfather_name"), between, strict=False))
    return {"first_name": first, **slots} | ({"family_name": family} if family else {})
