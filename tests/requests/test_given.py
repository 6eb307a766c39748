"""What is given, in words: an amount over months is the whole of it, and says what each month brings."""

from decimal import Decimal

import pytest

from requests.decision.words import amount_in_words


@pytest.mark.parametrize(
    ("amount", "months", "words"),
    [
        ("3000", None, "3,000 ريال"),
        ("3000", 1, "3,000 ريال"),
        ("6000", 12, "6,000 ريال في المجموع، أي 500 كل شهر"),
        ("1000", 3, "1,000 ريال في المجموع، أي نحو 333.33 كل شهر"),
        (None, 12, ""),
        ("0", 12, ""),
    ],
)
def test_an_amount_over_months_is_the_whole_and_says_each(amount, months, words):
    assert amount_in_words(Decimal(amount) if amount else None, months) == words
