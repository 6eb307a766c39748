"""The board's approval as the document records it, and who signed."""

import re
from datetime import date
from itertools import zip_longest

from core import hijri
from core.arabic import fold
from policies.importing import dates, markers
from policies.importing.document import ApprovalFacts, FoundDate, Item
from policies.importing.files import CELL

SESSION = re.compile(r"(?:ب|ل|ال)?جلس(?:ه|ته|تها|ات)")
MEETING = re.compile(r"(?:ب|ل)?(?:ال)?اجتماع(?:ه|ها)?")
TERM = re.compile(r"(?:ب|ل|لل)?(?:ال)?دور(?:ه|ته|تها)")
NUMBER_ENDS = re.compile(
    r"(?:ب|ل|ال)?جلس\w*|(?:ب|ل)?(?:ال)?اجتماع\w*|(?:لل|ل|ب|ال)?دور\w*|بتاريخ|يوم|الموافق|المنعقد\w*|هذه|سياسه|السياسه|وقرر"
)
BODY = re.compile(r"مجلس (?:ال)?اداره(?: (?:ال)?جمعيه)?|الجمعيه العموميه|مجلس الامنا|اللجنه التنفيذيه")
SUPERSEDES = re.compile(r"(?:وتحل|تحل|ويحل|وتلغي|تلغي|وتعد لاغيه)\s.*")
PUBLISHED = re.compile(r"(?:ونشرها|نشرها|وتنشر|تنشر|والنشر|نشر السياسه)\s.{0,25}(?:موقع|الكتروني|بوابه)")
ROLE = (
    r"(?:رئيس|رييس|نائب|نايب|عضو|عضوة|أمين|امين|المشرف|مشرف|مدير|المدير|مسؤول|سكرتير|الأمين|الرئيس|النائب|العضو)"
    r"(?:\s+(?:مجلس|المجلس|الإدارة|الاداره|الإداره|الادارة|رئيس|الرئيس|العام|المالي|الصندوق|التنفيذي|السر|سر|الجمعية|عام|مالي|صندوق|تنفيذي))*"
)
TITLE = re.compile(rf"(?<![\w])({ROLE})(?![\w])")
HONORIFIC = re.compile(
    r"^(?:السيدة?|الأستاذة?|الاستاذة?|أ\s?[./]|د\s?[./]|م\s?[./]|الشيخ|الدكتورة?|المهندسة?|اللواء|أ\.د\s?[./]?)\s*"
)
NOT_A_NAME = re.compile(r"توقيع|ختم|تاريخ|اسم|صفه|منصب|مسمي|ملاحظ|اعتماد|مجلس|جمعيه|سياسه|المعتمد|يعتمد|صفحه|رقم")
FOLDED_WEEKDAYS = {fold(day): day for day in hijri.WEEKDAYS}


def facts(paragraphs: list[Item]) -> ApprovalFacts | None:
    """What the approval's paragraphs say; None where there are none."""
    text = " ".join(item.text for item in paragraphs)
    if not text:
        return None
    folded = fold(text)
    found = ApprovalFacts(
        body=body(text),
        session_no=numbered(SESSION, folded),
        meeting_no=numbered(MEETING, folded),
        term_no=numbered(TERM, folded),
        weekday=weekday(folded),
        supersedes=superseded(paragraphs),
        publish_on_website=bool(PUBLISHED.search(folded)),
    )
    found.date, found.other_date = settled(dates.find(text), found.weekday)
    return found


def on_the_cover(lines: list[str]) -> ApprovalFacts | None:
    """The approval where only the cover tells of it («تاريخ الاعتماد | 12/3/1446هـ»); None without a date."""
    told = [line.replace(CELL, " ") for line in lines if re.search("اعتماد|اعتمد|معتمد|جلس|اجتماع", fold(line))]
    found = facts([Item(line) for line in told])
    return found if found and found.date else None


def body(text: str) -> str | None:
    """The body that approved, in the words printed."""
    place = BODY.search(dates.readable(text))
    return text[place.start() : place.end()].strip() if place else None


def numbered(keyword: re.Pattern, folded: str) -> int | None:
    """The number within a few words behind «الجلسة», «الاجتماع» or «الدورة», in figures or in words."""
    words = re.sub(r"[()\[\]«»\"،.:]", " ", folded).split()
    for place, word in enumerate(words):
        if keyword.fullmatch(word) and (value := first_number(words[place + 1 : place + 9])):
            return value
    return None


def first_number(words: list[str]) -> int | None:
    for place, word in enumerate(words):
        if NUMBER_ENDS.fullmatch(word):
            return None
        if re.fullmatch(r"\d{1,3}", word):
            return int(word)
        value = markers.ordinal_value(" ".join(words[place : place + 2]))
        if value:
            return value
    return None


def weekday(folded: str) -> str | None:
    """A weekday that is one: «الجمعة» is a day only beside «يوم» («الجمعية» is the association)."""
    for name, usual in FOLDED_WEEKDAYS.items():
        day = re.search(rf"(?:يوم|المنعقد\w*|الموافق|بتاريخ|في)\s+(?:يوم\s+)?{name}\b", folded)
        if day or (name != fold("الجمعة") and name != fold("الأحد") and re.search(rf"(?<!\w){name}(?!\w)", folded)):
            return usual
    return None


def superseded(paragraphs: list[Item]) -> str | None:
    for item in paragraphs:
        for sentence in re.split(r"(?<=[.])\s+", item.text):
            found = re.search(r"(?:محل|تلغي|تُلغي|لاغية|لاغيه)\s*(.*)", sentence)
            if found and SUPERSEDES.search(fold(sentence)):
                return found[1].strip(" .،") or sentence.strip(" .،")
    return None


def settled(found: list[FoundDate], day: str | None) -> tuple[FoundDate | None, FoundDate | None]:
    """(the approval's date, a second date of it). A weekday or the other calendar's date may settle a doubtful one."""
    if not found:
        return None, None
    first, second = found[0], found[1] if len(found) > 1 else None
    for one, other in ((first, second), (second, first)):
        if one is not None and one.candidates:
            one.iso = chosen(one.candidates, day, other.iso if other else None)
            one.candidates = [] if one.iso else one.candidates
    return first, second


def chosen(candidates: list[date], day: str | None, other: date | None) -> date | None:
    """The one candidate that the weekday or the other date allows, or None."""
    if other in candidates:
        return other
    fitting = [one for one in candidates if day and hijri.WEEKDAYS[one.weekday()] == day]
    return fitting[0] if len(fitting) == 1 else None


# Signatories


def signatories(lines: list[str]) -> list[dict]:
    """[{order, title, name?}] of the signature block: rows, titles in a row above names, or titles alone."""
    rows = [
        [part.strip(" .:-_ـ…") for part in re.split(r"\s*\|\s*|\s{3,}|\t", line) if part.strip(" .:-_ـ…")]
        for line in lines
    ]
    if header_and_cells(rows):
        return numbered_list(header_and_cells(rows))
    return numbered_list(in_lines(rows))


def header_and_cells(rows: list[list[str]]) -> list[tuple[str, str | None]]:
    """Titles side by side, with the names below in the same order."""
    for place, row in enumerate(rows):
        if len(row) < 2 or not all(title_of(cell) and not name_of(cell) for cell in row):
            continue
        below = [cells for cells in rows[place + 1 : place + 3] if len(cells) == len(row)]
        names = next((cells for cells in below if all(looks_like_name(cell) for cell in cells)), None)
        above = rows[place - 1] if place and len(rows[place - 1]) == len(row) else None
        if names is None and above and all(looks_like_name(cell) for cell in above):
            names = above
        pairs = list(zip_longest(row, names or []))
        rest = in_lines(rows[:place]) if names is not above else []
        after = in_lines([cells for cells in rows[place + 1 :] if cells is not names])
        return [*rest, *pairs, *after]
    return []


def in_lines(rows: list[list[str]]) -> list[tuple[str, str | None]]:
    """One signatory a line, or the title on one line and the name on a neighbouring one."""
    found: list[tuple[str, str | None]] = []
    loose: str | None = None
    for row in rows:
        text = " ".join(row)
        titles = [match[1] for match in TITLE.finditer(text)]
        if len(titles) > 1:
            found += several(text)
            loose = None
        elif titles:
            name = name_of(text)
            if name is None and loose and not found_needs_name(found):
                name, loose = loose, None
            found.append((titles[0], name))
        elif looks_like_name(text):
            if found and found[-1][1] is None and loose is None:
                found[-1] = (found[-1][0], clean_name(text))
            else:
                loose = clean_name(text)
    return found


def found_needs_name(found: list[tuple[str, str | None]]) -> bool:
    return bool(found) and found[-1][1] is None


def several(text: str) -> list[tuple[str, str | None]]:
    """Titles on one line, each perhaps with its name behind it."""
    matches = list(TITLE.finditer(text))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [
        (
            match[1],
            clean_name(between) if looks_like_name(between := text[match.end() : end].strip(" :-|.،_/")) else None,
        )
        for match, end in zip(matches, ends, strict=True)
    ]


def title_of(text: str) -> str | None:
    found = TITLE.search(text)
    return found[1] if found else None


def name_of(text: str) -> str | None:
    """What remains of a row beside its title, number and the words «التوقيع» and «الختم»."""
    rest = TITLE.sub(" ", text)
    rest = re.sub(r"(?:ال)?(?:توقيع|ختم|اسم|تاريخ|صفة|منصب)\s*[:：/]?|\.{2,}|[…_ـ\-–:|/()]+|[0-9٠-٩]+", " ", rest)
    rest = " ".join(rest.split())
    return clean_name(rest) if looks_like_name(rest) else None


def clean_name(text: str) -> str:
    text = re.sub(r"(?:ال)?(?:اسم|توقيع)\s*[:：/]?", " ", text)
    text = re.sub(r"^[0-9٠-٩\s.\-)]+", "", text)
    return " ".join(re.sub(r"[…_|:()]+|\.{2,}", " ", text).split()).strip(" -،/").rstrip(".")


def looks_like_name(text: str) -> bool:
    bare = HONORIFIC.sub("", clean_name(text))
    words = bare.split()
    return (
        2 <= len(words) <= 7
        and not NOT_A_NAME.search(fold(bare))
        and all(re.fullmatch(r"[\u0621-\u0652.]+", word) for word in words)
    )


def numbered_list(pairs: list[tuple[str, str | None]]) -> list[dict]:
    return [
        {"order": order, "title": " ".join(title.split()), **({"name": name} if name else {})}
        for order, (title, name) in enumerate(pairs, 1)
    ]
