"""What a study comes to, and what stands in its way. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.household.models import Left
from beneficiaries.means.models import Every, Side
from beneficiaries.means.rules import HALALA, MONTHS
from policies.bands.rules import band_of
from policies.models import NeedBand
from requests.models import Study, StudyPhoto, SupportRequest
from requests.states import State
from requests.study.sections import Section, sections_of

FORMULA = 1
"""Version of `figure`, kept with each result: (counted income − counted obligations) ÷ household, riyals a month; a
yearly amount is a twelfth of it a month; halves up, once, at the end; below nothing is banded as nothing."""

MOST_LINES = 60
MOST_PHOTOS = 12


class Line(Protocol):
    """What the formula asks of a line, saved or not."""

    side: str
    amount: Decimal
    every: str
    counts: bool


@dataclass(frozen=True)
class Figure:
    """Riyals a month. `per_head` may be negative and is then shown as such."""

    income: Decimal
    obligations: Decimal
    household: int | None
    per_head: Decimal | None
    band: NeedBand | None

    @property
    def floored(self) -> bool:
        """Whether the band was found as if nothing were left, because less than nothing is."""
        return self.per_head is not None and self.per_head < 0


def figure(lines: Iterable[Line], household: int | None, bands: Iterable[NeedBand] = ()) -> Figure:
    """Counted income less counted obligations for each person of the household, and the band it falls into."""
    sums = dict.fromkeys(Side, Decimal(0))
    for line in lines:
        if line.counts:
            sums[Side(line.side)] += yearly(line)
    income, obligations = sums[Side.INCOME], sums[Side.OBLIGATION]
    share = shared(income - obligations, MONTHS * household) if household else None
    return Figure(
        income=rounded(income / MONTHS),
        obligations=rounded(obligations / MONTHS),
        household=household,
        per_head=share,
        band=None if share is None else band_of(share, bands),
    )


def yearly(line: Line) -> Decimal:
    """A line over a year: whole numbers, so that nothing is rounded before the one division at the end."""
    return line.amount if line.every == Every.YEAR else line.amount * MONTHS


def shared(left: Decimal, parts: int) -> Decimal:
    """What is left of the income, in as many parts: people, of a month; people and months, of a year."""
    return rounded(left / parts)


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(HALALA, ROUND_HALF_UP)


def not_theirs(case: SupportRequest, by: User) -> str | None:
    """Why `by` does not write this study now: it is its researcher's, while the case is with research."""
    if case.researcher_id != by.pk:
        return _("Only the researcher assigned to this case may do this.")
    if case.state != State.SOCIAL_RESEARCH:
        return _("This request is not with social research now.")
    return None


def sections_missing(study: Study, case: SupportRequest) -> list[Section]:
    """The sections that are still to be done, in their order; the opinion is asked for in its own form."""
    done = set(study.sections.exclude(done_at=None).values_list("name", flat=True))
    return [each for each in sections_of(case.policy_version) if each.name not in done and each.name != "opinion"]


def not_whole(study: Study, case: SupportRequest) -> str | None:
    """Why a study written by sections is not raised yet."""
    missing = sections_missing(study, case)
    if not missing:
        return None
    names = "، ".join(str(section.label) for section in missing)
    return _("Sections still to be done: %(sections)s.") % {"sections": names}


def too_many_lines(number: int) -> str | None:
    if number < MOST_LINES:
        return None
    return _("A study holds %(most)s lines at most. Put small ones together.") % {"most": MOST_LINES}


def too_many_photos(number: int) -> str | None:
    if number <= MOST_PHOTOS:
        return None
    return _("A study holds %(most)s photographs at most. Take one out first.") % {"most": MOST_PHOTOS}


def people_after(size: int, *, before: int, now: int, left: str) -> int:
    """How many a study counts once the people written down, with the person, were `before` and are `now`.

    Never fewer than are written down. Who left is one fewer; an entry by mistake only where everybody was written
    down, for else the number was stated without it. `left` is why the member left, empty where they did not.
    """
    gone = now < before and (left != Left.MISTAKE or size == before)
    return max(size - 1 if gone else size, now)


def photographs_kept(study: Study) -> set[str]:
    """The hashes of the photographs that some result of this study was kept with: somebody may have decided on them."""
    return {each for row in study.results.all() for each in row.inputs["visit"]["photographs"]}


def why_not_remove(photo: StudyPhoto) -> str | None:
    """One photograph goes while nobody has raised it; afterwards all go together, with the consent."""
    if photo.file.sha256 not in photographs_kept(photo.consent.study):
        return None
    return _("This photograph was raised to the committee with the study. It goes only if the consent is taken back.")


def no_consent() -> str:
    return _("Photographs are kept only once the person agreed to them. Record who agreed first.")


def no_picture() -> str:
    return _("Photographs are JPG or PNG; a PDF belongs to the papers.")
