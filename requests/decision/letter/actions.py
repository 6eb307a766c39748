"""The letter is written as the decision is issued, and kept."""

from django.db import transaction

from core import audit, numbers
from core.hijri import to_hijri
from core.tokens import sha256
from requests.decision.letter.words import letter_text
from requests.declaration.rules import canonical
from requests.models import Decision, Letter, SupportRequest


@transaction.atomic
def write_letter(case: SupportRequest, decision: Decision) -> Letter:
    """The letter of a decision just issued, under the next number of its Hijri year."""
    year = to_hijri(decision.decided_on)[0]
    number = numbers.take(f"decision letters {year}")
    letter = Letter(decision=decision, year=year, number=number)
    letter.content = letter_text(case, decision, on=decision.decided_on, number=str(letter))
    letter.sha256 = sha256(canonical({"number": public_number(letter), "content": letter.content}))
    letter.save()
    audit.record("wrote_letter", case, by=decision.issued_by, changes={"letter": str(letter), "hash": letter.sha256})
    return letter


def public_number(letter: Letter) -> str:
    """Year, number and ten random digits: what `/verify/` is asked. Nobody guesses it who does not hold the letter."""
    return f"{letter.year}-{letter.number}-{letter.token}"


def unsound(letter: Letter) -> bool:
    """Whether what is kept is not what was issued."""
    return sha256(canonical({"number": public_number(letter), "content": letter.content})) != letter.sha256
