"""What a file holds besides the person: read whole, in a constant number of queries, by the file's own page and by a
study of one of the person's requests."""

from dataclasses import dataclass

from beneficiaries.household.models import HouseholdMember
from beneficiaries.means.rules import Totals, totals
from beneficiaries.models import Home, MeansLine, Person, Representative


@dataclass(frozen=True)
class Known:
    """As it stands now. A merge moves no row, so what stood in a file that was merged is read with the rest, and says
    so: the same child may then stand there twice until somebody takes one of them out."""

    files: list[int]  # the current one first
    household: list[HouseholdMember]  # who lives there now
    left: list[HouseholdMember]
    means: list[MeansLine]
    home: Home | None  # of the current file, else of one merged into it
    representatives: list[Representative]  # those who may still speak for the person, expired or not

    @property
    def totals(self) -> Totals:
        """Riyals a month."""
        return totals(self.means)

    def from_merged(self, row: HouseholdMember | MeansLine | Representative) -> bool:
        """Whether a row stood in a file that was merged into this one."""
        return row.person_id != self.files[0]


def known_of(person: Person) -> Known:
    """What is known of a person, under whichever of their files it stands."""
    files = person.and_merged
    members = list(HouseholdMember.objects.filter(person__in=files))
    return Known(
        files=files,
        household=[member for member in members if not member.left],
        left=[member for member in members if member.left],
        means=list(MeansLine.objects.filter(person__in=files)),
        home=home_of(files),
        representatives=list(Representative.objects.filter(person__in=files, ended_at=None)),
    )


def home_of(files: list[int]) -> Home | None:
    """Where the person of these files lives: the current file knows best."""
    homes = Home.objects.filter(person__in=files)
    return min(homes, key=lambda home: files.index(home.person_id), default=None)
