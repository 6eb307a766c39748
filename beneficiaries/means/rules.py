"""What a household's lines come to: riyals a month, Decimal, halves rounded up."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from beneficiaries.means.models import OBLIGATIONS, Every, Kind, MeansLine, Side

MONTHS = 12
HALALA = Decimal("0.01")
LARGEST = Decimal("9999999.99")  # riyals; more is a slip of the finger
MOST_LINES = 40


@dataclass(frozen=True)
class Totals:
    """Riyals a month. What is left may be negative, and is then shown as such."""

    income: Decimal
    obligations: Decimal

    @property
    def left(self) -> Decimal:
        return self.income - self.obligations


def side_of(kind: str) -> Side:
    """A kind of line is either an income or an obligation, never both."""
    return Side.OBLIGATION if Kind(kind) in OBLIGATIONS else Side.INCOME


def monthly(line: MeansLine) -> Decimal:
    """One line in riyals a month; what comes once a year is spread over twelve months, half up."""
    return _rounded(_exact(line))


def totals(lines: Iterable[MeansLine]) -> Totals:
    """Both sides in riyals a month. The sum is rounded, not its parts: twelve yearly lines of 100 are 100.00 a month,
    not 99.96."""
    sums = dict.fromkeys(Side, Decimal(0))
    for line in lines:
        sums[Side(line.side)] += _exact(line)
    return Totals(_rounded(sums[Side.INCOME]), _rounded(sums[Side.OBLIGATION]))


def _exact(line: MeansLine) -> Decimal:
    return line.amount if line.every == Every.MONTH else line.amount / MONTHS


def _rounded(amount: Decimal) -> Decimal:
    return amount.quantize(HALALA, ROUND_HALF_UP)


def too_many(number: int) -> str | None:
    """Why no further line is taken where `number` stand already."""
    if number < MOST_LINES:
        return None
    return _("A file holds %(most)s lines of income and obligation at most. Put small ones together.") % {
        "most": MOST_LINES
    }
