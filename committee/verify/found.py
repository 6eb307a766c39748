"""Is there a paper of this number, and which hash does it bear? Nothing else of it is told (public).

Minutes and addenda are numbered in order: that there are twelve is no secret. A letter is about a person, so its
public number ends in ten random digits, and knowing that letters exist finds none.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from committee.minutes.rules import signatures_of, signers
from committee.models import Addendum, Minutes
from core import clock
from core.arabic import fold_digits
from core.limits import Limit
from requests.models import Letter

BY_ADDRESS = Limit("verify", 30, timedelta(minutes=15))
LONGEST = 40
SHORTEST_HASH = 8
MINUTES = re.compile(r"([0-9]{4})-([0-9]{1,5})")
ADDENDUM = re.compile(r"([0-9]{4})-([0-9]{1,5})-([0-9]{1,4})")
LETTER = re.compile(r"([0-9]{4})-([0-9]{1,8})-([0-9]{10})")
AS_PRINTED = re.compile(r"([0-9]{1,5})/([0-9]{4})")


@dataclass(frozen=True)
class Paper:
    kind: str
    day: date
    sha256: str
    signed: int = 0
    of: int = 0
    unconfirmed: int = 0


def typed_number(text: str) -> str:
    """«1448-12» from what was typed: any digits, any dash, «12/1448» as it is printed too."""
    number = re.sub(r"[\s\u200e\u200f]", "", re.sub("[‐–—−]", "-", fold_digits(text[:LONGEST])))
    printed = AS_PRINTED.fullmatch(number)
    return f"{printed[2]}-{printed[1]}" if printed else number


def paper_of(number: str) -> Paper | None:
    """The signed minutes, the addendum or the letter of this public number."""
    if found := LETTER.fullmatch(number):
        return letter(*found.groups())
    if found := ADDENDUM.fullmatch(number):
        return addendum(*map(int, found.groups()))
    if found := MINUTES.fullmatch(number):
        return minutes(*map(int, found.groups()))
    return None


def minutes(year: int, number: int) -> Paper | None:
    row = Minutes.objects.filter(year=year, number=number).exclude(locked_at=None).select_related("meeting").first()
    if row is None:
        return None
    return Paper(_("Minutes of a committee meeting"), row.meeting.held_on, row.sha256, **count_of(row))


def addendum(year: int, number: int, which: int) -> Paper | None:
    """Once somebody signed it: written alone it is a draft still."""
    written = Addendum.objects.filter(minutes__year=year, minutes__number=number, number=which)
    row = written.exclude(signatures=None).select_related("minutes").first()
    if row is None:
        return None
    day = clock.local_date(row.written_at)
    return Paper(_("Addendum to minutes"), day, row.sha256, **count_of(row.minutes, row))


def count_of(minutes: Minutes, addendum: Addendum | None = None) -> dict[str, int]:
    """How many signed it, of how many: with one signature of five it is not yet the word of the committee."""
    found = signatures_of(minutes, addendum)
    unconfirmed = sum(row.unconfirmed for row in found)
    return {"signed": len(found), "of": len(signers(minutes)), "unconfirmed": unconfirmed}


def letter(year: str, number: str, token: str) -> Paper | None:
    row = Letter.objects.filter(year=int(year), number=int(number), token=token).select_related("decision").first()
    day = row.decision.decided_on if row else None
    return Paper(_("Decision letter"), day, row.sha256) if row and day else None


def typed_hash(text: str) -> str:
    return re.sub(r"[\s‐–—−-]", "", fold_digits(text[:200])).lower()


def compare(paper: Paper, typed: str) -> bool | None:
    """Whether what was typed begins the paper's hash; None where too little was typed to say."""
    if len(typed) < SHORTEST_HASH:
        return None
    return paper.sha256.startswith(typed)
