"""Numbers for trying a walk-in: made by the rule of docs/test-data.md, and used by nobody in the sample."""

from dataclasses import dataclass

from stdnum.iso7064 import mod_97_10

from oversight.demo.sample import sample_id

FIRST, LAST = 91, 93
BANK = "80"


@dataclass(frozen=True)
class Spare:
    national_id: str
    mobile: str


def people() -> list[Spare]:
    """The ID and the mobile of people who have not come yet, as they would be typed."""
    return [Spare(sample_id(number), f"05500000{number}") for number in range(FIRST, LAST + 1)]


def iban() -> str:
    """An account for the transfer at registration, in groups of four."""
    account = f"{BANK}{FIRST:018d}"
    check = mod_97_10.calc_check_digits(account + "SA")
    return " ".join(f"SA{check}{account}"[start : start + 4] for start in range(0, 24, 4))
