"""The letter is written as the decision is issued, and kept."""

from django.db import transaction

from accounts.models import User
from core import audit, clock, numbers
from core.hijri import to_hijri
from core.tokens import canonical, sha256
from requests.decision.letter.words import letter_text
from requests.models import Decision, Letter, SupportRequest


@transaction.atomic
def write_letter(case: SupportRequest, decision: Decision, *, by: User) -> Letter:
    """The letter of a decision just issued, under the next number of its Hijri year."""
    day = decision.decided_on or clock.today()
    year = to_hijri(day)[0]
    number = numbers.take(f"decision letters {year}")
    content = letter_text(case, decision, on=day, number=f"{year}-{number}")
    letter = Letter(decision=decision, year=year, number=number, content=content)
    letter.sha256 = sha256(canonical({"number": public_number(letter), "content": letter.content}))
    letter.save()
    audit.record("wrote_letter", case, by=by, changes={"letter": str(letter), "hash": letter.sha256})
    return letter


def public_number(letter: Letter) -> str:
    """Year, number and ten random digits: what `/verify/` is asked. Nobody guesses it who does not hold the letter."""
    return f"{letter.year}-{letter.number}-{letter.token}"


def unsound(letter: Letter) -> bool:
    """Whether what is kept is not what was issued."""
    return sha256(canonical({"number": public_number(letter), "content": letter.content})) != letter.sha256
