"""What stands on a page without being policy: repeated heads and feet, page numbers, contacts, tables of contents."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from core.arabic import fold
from policies.importing import headings, markers
from policies.importing.files import Line

WORD_ERROR = re.compile(r"خطا\s*!|error\s*!\s*bookmark", re.I)
LEADER = re.compile(r"(?:[.·…_ـ]\s?){4,}|\.{3,}|…{2,}")
ENDS_WITH_PAGE = re.compile(r"\S\s*(?:\||\.{2,}|…|\s|[_\-])\s*[0-9]{1,3}$")
CONTENTS = re.compile(
    r"(?:ال)?(?:محتويات|فهرس(?: المحتويات| الموضوعات)?|جدول المحتويات|قايمه المحتويات|محتوي(?: السياسه)?)"
)
PAGE_NUMBER = re.compile(
    r"\W*(?:(?:صفحه|ص|الصفحه|page)\W*)?[0-9]{1,3}\W*(?:(?:من|of|/)\W*[0-9]{1,3})?\W*(?:(?:صفحه|page)\W*)?", re.I
)
CLAUSE_NUMBER = re.compile(
    r"\(?[0-9]{1,2}\s?[\-–.)/]+|[\-–.]\s?[0-9]{1,2}|\([0-9]{1,2}\)"
)  # «3-» alone: its words are on the next line
CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|https?://|www\.|(?<![\w.])[\w-]+\.(?:org|com|net|sa|org\.sa)\b|@\w{3,}|\+?966\d|\b05\d{8}\b"
    r"|\b(?:920|800)\d{6,7}\b|\b01\d{8}\b"
)
CONTACT_WORDS = re.compile(
    r"\b(?:هاتف|جوال|فاكس|تلفون|ص\s?\.?\s?ب|صندوق بريد|صندوق البريد|الرمز البريدي|البريد الالكتروني"
    r"|ايميل|تويتر|واتساب|واتس|ترخيص(?: رقم)?|رقم الترخيص|مسجله?"
    r"|تسجيل رقم|رقم التسجيل|سجل رقم|رقم السجل|العنوان|ايبان|حساب رقم|تحويله|للتواصل)\b"
)
NAME = re.compile(r"(?:ال)?(?:جمعيه|موسسه) ")
MANY = 3
LONGEST = 90


@dataclass(frozen=True)
class Parted:
    """The lines of the policy's text, and those that were set aside: furniture in order, each once."""

    body: list[Line]
    aside: list[str]
    word_error: str  # the first line that Word printed an error on


def part(lines: list[Line]) -> Parted:
    """Set the furniture aside. A line after furniture keeps its neighbour: a clause runs on below a page's foot."""
    keys = [key_of(line.text) for line in lines]
    repeated = repeating(lines, keys)
    contents = contents_lines(lines)
    body: list[Line] = []
    aside: list[str] = []
    gap = page = False
    error = next((line.text for line in lines if WORD_ERROR.search(fold(line.text))), "")
    kind = ""
    for place, line in enumerate(lines):
        kind = found.kind if (found := headings.find(line.text)) else kind
        listed = (
            kind == "channel"
            and place not in contents
            and keys[place] not in repeated
            and is_listed_channel(lines, place)
        )
        if listed:
            aside.append(line.text)  # its address is the association's too
        elif not is_date_below(body, line) and (place in contents or is_furniture(line, keys[place], repeated)):
            aside.append(line.text)
            gap, page = True, page or line.page_before
            continue
        blank = line.blank_before and not gap
        body.append(replace(line, blank_before=blank, page_before=line.page_before or page or gap))
        gap = page = False
    return Parted(body, list(dict.fromkeys(aside)), error)


def is_listed_channel(lines: list[Line], place: int) -> bool:
    """An entry of the list of channels that names its number or address («2- الهاتف 920000000»), or a table's row."""
    line = lines[place]
    beside = [*lines[max(place - 1, 0) : place], *lines[place + 1 : place + 2]]
    in_table = line.is_cell_row and any(other.is_cell_row for other in beside)
    listed = in_table or line.level is not None or markers.split(line.text)[0] is not None
    return listed and is_contact(line.text) and bool(re.search(r"[\u0621-\u064a]{3,}", line.text))


def is_date_below(body: list[Line], line: Line) -> bool:
    """Figures below a line that ended with «بتاريخ» are a date, not a page's number."""
    if not body or not re.fullmatch(r"[0-9\s/|.\-]*/[0-9\s/|.\-]*[هم]?", fold(line.text)):
        return False
    return fold(body[-1].text.split()[-1]).strip(":/") in ("بتاريخ", "الموافق", "وتاريخ", "التاريخ")


def is_furniture(line: Line, key: str, repeated: set[str]) -> bool:
    folded = fold(line.text)
    if line.outside_body or key in repeated or (PAGE_NUMBER.fullmatch(folded) and not CLAUSE_NUMBER.fullmatch(folded)):
        return True
    if WORD_ERROR.search(folded):
        return True
    return is_contact(line.text)


def is_contact(text: str) -> bool:
    """A line of a contact block: an address of any kind, or a label of one with a number behind it."""
    folded = fold(text)
    if len(folded) > 150 or len(folded.split()) > 16:
        return False
    if CONTACT.search(folded):
        return True
    labelled = CONTACT_WORDS.search(folded)
    return bool(labelled and len(folded.split()) <= 12 and re.search(r"\d{2,}", folded) and labelled.start() < 40)


def key_of(text: str) -> str:
    return re.sub(r"[0-9]+", "#", " ".join(re.sub(r"[^\w\s]", " ", fold(text)).split()))


def repeating(lines: list[Line], keys: list[str]) -> set[str]:
    """Keys of the lines that stand on page after page: three times, or twice where a page begins or ends."""
    count = Counter(key for key, line in zip(keys, lines, strict=True) if key and line.width <= LONGEST)
    edges = Counter(key for place, key in enumerate(keys) if is_edge(lines, place))
    titles = {key for key in count if is_signatory(key) or headings.is_short_heading(key)}
    often = {key for key, times in count.items() if times >= MANY}
    twice = {key for key, times in edges.items() if times >= 2}
    names = {key for key, times in count.items() if times >= 2 and NAME.match(key) and len(key.split()) <= 8}
    return {key for key in often | twice | names if key not in titles and re.search(r"[^\W\d_]", key)}


def is_edge(lines: list[Line], place: int) -> bool:
    """Does the line stand beside a page's border: a page break, a page number, an address?"""
    if lines[place].width > LONGEST:
        return False
    near = lines[max(0, place - 1) : place + 2]
    after = lines[place + 1 : place + 2]
    return (
        lines[place].page_before
        or any(line.page_before for line in after)
        or any(
            PAGE_NUMBER.fullmatch(fold(line.text)) or is_contact(line.text) for line in near if line is not lines[place]
        )
    )


def is_signatory(key: str) -> bool:
    return bool(re.search(r"رييس|نايب|عضو|امين|مشرف|مدير|توقيع|ختم", key))


def contents_lines(lines: list[Line]) -> set[int]:
    """Places of the lines of a table of contents: leaders or page numbers, or headings with nothing below them."""
    found: set[int] = set()
    for place, line in enumerate(lines):
        folded = fold(line.text)
        if CONTENTS.fullmatch(re.sub(r"[^\w\s]", " ", folded).strip()):
            found.add(place)
            found |= entries_after(lines, place + 1)
        elif (
            LEADER.search(folded)
            and not is_signatory(key_of(line.text))
            and (headings.find(strip_entry(line.text)) or re.search(r"\d\s*$|^\d", folded))
            or WORD_ERROR.search(folded)
            or page_behind(folded)
            and headings.find(strip_entry(line.text))
        ):
            found.add(place)
    return found | bare_entries(lines, found)


def page_behind(folded: str) -> bool:
    return bool(re.search(r"[^\W\d_][\s:|.\-]+[0-9]{1,2}$", folded))


def entries_after(lines: list[Line], start: int) -> set[int]:
    """Entries below the word «المحتويات»: they end where a line is no entry or where the headings begin again."""
    found: set[int] = set()
    kinds: set[str] = set()
    for place in range(start, min(start + 25, len(lines))):
        text = strip_entry(lines[place].text)
        kind = headings.find(text)
        entry = ENDS_WITH_PAGE.search(fold(lines[place].text)) or LEADER.search(lines[place].text)
        if kind and kind.kind in kinds and not entry:
            break
        if not (kind or entry or is_title(text)):
            joined = f"{strip_entry(lines[place - 1].text)} {text}"
            if not (place - 1 in found and headings.find(joined)):
                break
        if kind:
            kinds.add(kind.kind)
        found.add(place)
    return found if recurs(lines, found, kinds) else {place for place in found if LEADER.search(lines[place].text)}


def is_title(text: str) -> bool:
    return fold(text).startswith(("سياسه", "لايحه")) and len(text.split()) <= 14


def recurs(lines: list[Line], found: set[int], kinds: set[str]) -> bool:
    """Do the entries' headings stand again below? Otherwise they were the headings themselves."""
    later = lines[max(found) + 1 :] if found else []
    again = {heading.kind for line in later if (heading := headings.find(line.text))}
    return bool(kinds) and len(kinds & again) >= max(1, len(kinds) // 2)


def bare_entries(lines: list[Line], found: set[int]) -> set[int]:
    """Headings one below another with nothing between, that come again further down: contents without page numbers."""
    kinds = {place: heading.kind for place, line in enumerate(lines) if (heading := headings.find(line.text))}
    run: list[int] = []
    extra: set[int] = set()
    for place in [*range(len(lines)), None]:
        if place is not None and (place in kinds or place in found):
            run.append(place)
            continue
        if len(run) >= 3 and all(entry in found or kinds[entry] in later_kinds(kinds, run[-1]) for entry in run):
            extra |= set(run)
        run = []
    return extra


def later_kinds(kinds: dict[int, str], place: int) -> set[str]:
    return {kind for other, kind in kinds.items() if other > place}


def strip_entry(text: str) -> str:
    """A contents entry without its leader and page number."""
    text = re.sub(r"خط[أا]\s*!.*$", "", LEADER.sub(" ", text))
    return re.sub(r"[\s|.\-:]*[0-9٠-٩]{1,3}\s*$", "", text).strip(" |")
