"""How long nobody decides, as the text says it. A floor («لا تقل عن») is the rule; a ceiling is only reported."""

import re
from dataclasses import dataclass

from core.arabic import fold

WORDS = {
    "يوم": 1, "يومين": 2, "يومان": 2, "اسبوع": 7, "اسبوعين": 14, "اسبوعان": 14, "شهر": 30, "شهرين": 60, "شهران": 60,
}  # fmt: skip
NUMBERS = {
    "ثلاث": 3, "اربع": 4, "خمس": 5, "ست": 6, "سبع": 7, "ثمان": 8, "ثماني": 8, "تسع": 9, "عشر": 10, "عشرين": 20,
    "عشرون": 20, "ثلاثين": 30, "ثلاثون": 30, "اربعين": 40, "اربعون": 40, "خمسين": 50, "خمسون": 50, "ستين": 60,
    "ستون": 60, "سبعين": 70, "تسعين": 90, "تسعون": 90, "احد": 1, "احدي": 1, "واحد": 1, "اثني": 2, "اثنا": 2, "اثنين": 2,
}  # fmt: skip
UNIT = {
    "يوم": 1,
    "يوما": 1,
    "ايام": 1,
    "اسبوع": 7,
    "اسبوعا": 7,
    "اسابيع": 7,
    "شهر": 30,
    "شهرا": 30,
    "اشهر": 30,
    "شهور": 30,
}
FLOOR = re.compile(
    r"(?:لا (?:ت|ي)قل\w*(?: \w+){0,2} عن|بما لا (?:ت|ي)قل عن|بحد ادني|كحد ادني|حد ادني"
    r"|قبل مضي|قبل مرور|قبل انقضا|بعد مضي|بعد مرور|بعد انقضا|اقلها|اقله|لا (?:\w+ ){1,4}قبل)"
)
AT_LEAST = re.compile(r"علي الاقل|كحد ادني|بحد ادني|فاكثر|او اكثر")
CEILING = re.compile(
    r"(?:لا (?:ت|ي)(?:تجاوز|زيد|تعدي)\w*(?: عن| علي)?|بحد اقصي|كحد اقصي|اقصاها|اقصاه|في موعد اقصاه|خلال|في غضون)"
)


@dataclass(frozen=True)
class Period:
    """Calendar days, and what makes the number unsure: "working" days or a "month" of no fixed length."""

    days: int
    raw: str
    doubt: str = ""


def floor_in(text: str) -> Period | None:
    """The waiting period («خلال مدة لا تقل عن أسبوعين», «بعد أسبوعين على الأقل»: 14 days), or None."""
    return behind(FLOOR, text) or before(AT_LEAST, text)


def ceiling_in(text: str) -> Period | None:
    """A time within which the answer is promised («لا تتجاوز ثلاثين يومًا»); not a waiting period."""
    return None if floor_in(text) else behind(CEILING, text)


def behind(sign: re.Pattern, text: str) -> Period | None:
    folded = fold(text)
    for found in sign.finditer(folded):
        period = first_period(folded[found.end() : found.end() + 70])
        if period:
            return period
    return None


def before(sign: re.Pattern, text: str) -> Period | None:
    """The last length of time that ends right before the sign."""
    folded = fold(text)
    for found in sign.finditer(folded):
        words = folded[: found.start()].split()
        for count in range(1, min(8, len(words)) + 1):
            period = first_period(" ".join(words[-count:]))
            longer = first_period(" ".join(words[-count - 1 :])) if count < len(words) else None
            if period and (longer is None or longer.days == period.days):
                return period
    return None


def first_period(folded: str) -> Period | None:
    """The first length of time within a few words."""
    words = re.findall(r"\d+|[^\W\d_]+", folded)[:9]
    count = 0
    for place, word in enumerate(words):
        bare = word.removeprefix("ال")
        unit = UNIT.get(bare)
        if unit and count:
            return made(count * unit, words[: place + 3], bare)
        if bare in WORDS:
            return made(WORDS[bare], words[: place + 3], bare)
        number = amount(word)
        count = number if number and (word.isdigit() or not count) else combined(count, number)
    return None


def amount(word: str) -> int:
    if word.isdigit():
        return int(word) if 0 < int(word) <= 365 else 0
    bare = word.removeprefix("ال")
    joined = bare.removeprefix("و")
    for form in (bare, joined, bare.removesuffix("ه"), joined.removesuffix("ه")):
        if form in NUMBERS:
            return NUMBERS[form]
    return 0


def combined(count: int, number: int) -> int:
    """«خمسة عشر» and «واحد وعشرين» are one number; «14 أربعة عشر» says the same twice."""
    if not number or count >= 11:
        return count
    return count + number if count < 10 and number >= 10 else count


def made(days: int, words: list[str], unit: str) -> Period:
    working = "عمل" in words[-2:]
    doubt = "working" if working else "month" if unit.startswith(("شهر", "اشهر", "شهور")) else ""
    return Period(days, " ".join(words), doubt)
