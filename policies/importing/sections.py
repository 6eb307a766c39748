"""The body's lines fall into what stands before the policy, its sections under their headings, and what was doubted."""

import re
from dataclasses import dataclass, field, replace

from core.arabic import fold
from policies.importing import headings, lists, markers, wording
from policies.importing.document import Item, Section
from policies.importing.files import Line
from policies.importing.headings import Heading
from policies.importing.measure import TERMINAL, Measure

APPROVES = re.compile(
    r"^(?:و?(?:لقد |قد )?(?:تم|جري|تمت|صدر|صدرت)\s+(?:ال)?(?:اعتماد|اقرار|مصادقه|موافقه)"
    r"|و?(?:اعتمد|اعتمدت|اقر|اقرت|صادق|وافق)\s"
    r"|(?:ال)?سياسه (?:هذه )?معتمده|هذه السياسه معتمده|اعتمدت هذه|بناء علي (?:قرار|محضر|اجتماع))"
)
RUN_IN_STARTS = frozenset(
    fold(word)
    for word in ("ويتم يتم القنوات قنوات الأدوات المرتكزات الأهداف الهدف آلية إجراءات الإجراءات خطوات اعتماد".split())
)
SIGNATURE_ROW = re.compile(
    r"^(?:و?(?:ال)?اعضا\w* .*(?:موقع|توقيع|حاضر)|(?:ال)?موقعون"
    r"|(?:ال)?(?:توقيع|تواقيع|ختم|اسم|صفه|منصب|م (?:ال)?(?:اسم|مسمي|عضو|صفه|منصب)|المسمي"
    r"|التوقيعات|توقيعات|اعضا مجلس الاداره|اعضا المجلس)\b)"
)
TITLE = re.compile(
    r"(?:^|\s)(?:ال)?(?:رييس|نايب|عضو|امين|مشرف|مسوول|مسول|مدير)\b"
    r"(?:\s+(?:ال)?(?:مجلس|رييس|اداره|عام|مالي|صندوق|تنفيذي|سر|جمعيه))?"
)


@dataclass
class Segment:
    """A section before its clauses are told apart."""

    kind: str
    heading: str
    lines: list[Line] = field(default_factory=list)
    is_other: bool = False


@dataclass
class Laid:
    """The document's parts. `signatures` are the lines of the signature block, `top` those before the first section."""

    top: list[Line]
    sections: list[Section]
    signatures: list[str]
    doubts: list[tuple[str, Item, str]]
    asides: list[tuple[str, str]]  # (kind of doubt, printed words)


def lay_out(body: list[Line], how: Measure) -> Laid:
    """Part the body into sections of clauses."""
    asides: list[tuple[str, str]] = []
    segments = segmented(body, how, asides)
    top, segments = opened(segments)
    signatures: list[str] = []
    sections: list[Section] = []
    doubts: list[tuple[str, Item, str]] = []
    for segment in segments:
        lines = segment.lines
        if segment.kind == "approval":
            lines, signed = without_signatures(lines)
            signatures += signed
        if segment.is_other:
            asides.append(("other_section", "\n".join([segment.heading, *(line.text for line in lines)])))
            continue
        intro, items, found = lists.clauses(segment.kind, lines, how)
        doubts += found
        if not items and intro:
            items, intro = [Item(intro, lines=[intro])], ""
        heading = " ".join(part for part in (segment.heading, intro) if part)
        add_section(sections, Section(segment.kind, heading, items))
    return Laid(top, [section for section in sections if section.clauses], signatures, doubts, asides)


def add_section(sections: list[Section], section: Section) -> None:
    """Consecutive sections of one kind are one; a kind that returns later goes back to its own."""
    if not section.clauses:
        return
    for other in sections:
        if other.kind == section.kind:
            other.clauses += section.clauses
            return
    sections.append(section)


def segmented(body: list[Line], how: Measure, asides: list[tuple[str, str]]) -> list[Segment]:
    segments = [Segment("top", "")]
    place = 0
    lines = list(body)
    while place < len(lines):
        line = lines[place]
        found, used = heading_at(lines, place, segments, how)
        cut = run_in(lines, place, segments[-1])
        if found and not (cut and cut[1].score > found.score and continues(line, segments[-1])):
            start(segments, found, line)
            place += used
            continue
        if cut:
            asides.append(("heading_run_in", cut[1].printed))
            segments[-1].lines.append(replace(line, text=cut[0]))
            start(segments, cut[1], line)
            place += cut[2]
            continue
        if approves(line, segments):
            segments.append(Segment("approval", ""))
        elif headings.is_other(line.text) and is_apart(line, segments[-1], how) and stands_inside(segments):
            segments.append(Segment(segments[-1].kind, headings.stripped(line.text), is_other=True))
            place += 1
            continue
        segments[-1].lines.append(line)
        place += 1
    return segments


def start(segments: list[Segment], found: Heading, line: Line) -> None:
    segments.append(Segment(found.kind, found.printed))
    if found.content:
        segments[-1].lines.append(replace(line, text=found.content, level=None, printed_width=line.width))


def heading_at(lines: list[Line], place: int, segments: list[Segment], how: Measure) -> tuple[Heading | None, int]:
    """The heading that begins here and how many lines it takes."""
    line = lines[place]
    inline = headings.find_inline(line.text)
    for used in (1, 2, 3):
        if place + used > len(lines):
            break
        texts = [one.text for one in lines[place : place + used]]
        if used > 1 and not may_run_over(lines[place : place + used]):
            break
        found = headings.find(" ".join(texts))
        if found and used > 1 and (later := headings.find(" ".join(texts[1:]))) and later.score >= found.score - 8:
            break
        if found and inline and inline.score > found.score == headings.BY_PATTERN:
            break
        after = lines[place + used] if place + used < len(lines) else None
        if found and fits(found, replace(line, text=" ".join(texts)), segments, how, after):
            return longer(found, lines, place, used)
    if inline and fits(inline, line, segments, how):
        return inline, 1
    return None, 1


def longer(found: Heading, lines: list[Line], place: int, used: int) -> tuple[Heading, int]:
    """The rest of a heading that was broken over two lines («… لموظف علاقات | المستفيدين للتواصل مع المستفيدين:»)."""
    after = lines[place + used : place + used + 1]
    words = lines[place + used - 1].text
    if (
        not after
        or words.rstrip().endswith((":", ".", "-"))
        or after[0].blank_before
        or markers.split(after[0].text)[0]
    ):
        return found, used
    joined = headings.find(f"{found.printed} {after[0].text}")
    fuller = joined is not None and joined.kind == found.kind and joined.score > max(found.score, 85)
    closed = (
        after[0].text.rstrip(" -ـ").endswith(":") and len(after[0].text.split()) <= 6 and len(found.printed.split()) > 4
    )
    if (fuller or (closed and joined is not None)) and headings.find(after[0].text) is None and joined is not None:
        return joined, used + 1
    return found, used


def may_run_over(lines: list[Line]) -> bool:
    """Could these lines be one heading broken in two? No full stop, number or blank line parts them."""
    first, *rest = lines
    if first.text.rstrip().endswith((".", ":", "؛")) or len(first.text.split()) > 14:
        return False
    if len(first.text.split()) < 2 and not (fold(first.text) in RUN_IN_STARTS and has_colon(rest[-1])):
        return False
    return not any(line.blank_before or markers.split(line.text)[0] for line in rest)


def fits(found: Heading, line: Line, segments: list[Segment], how: Measure, after: Line | None = None) -> bool:
    """Is it a heading here, or a clause's words that look like one?"""
    seen = {segment.kind for segment in segments if not segment.is_other and (segment.lines or segment is segments[-1])}
    current = segments[-1]
    marker, _rest = markers.split(line.text)
    announces = has_colon(line) and len(found.printed.split()) >= 4
    if continues(line, current) and (found.kind in seen or not (announces or found.score >= 97)):
        return False
    if (
        line.text.endswith(".")
        and not found.content
        and current.lines
        and not current.lines[-1].text.endswith(TERMINAL)
    ):
        return False
    again = after is not None and not marker and current.lines and begins_again(after)
    if (
        found.kind == current.kind
        and current.lines
        and found.score < 97
        and not again
        and not (announces and not marker)
    ):
        return False
    if (
        found.kind in ("preamble", "approval")
        and found.kind in seen
        and current.kind != found.kind
        and found.score < 97
    ):
        return False
    if found.score <= headings.BY_PATTERN and not found.content and len(found.printed.split()) > most_words(line):
        return False
    if (line.blank_before and how.blanks_part) or has_colon(line) or found.content or not current.lines:
        return True
    before = current.lines[-1]
    running = how.is_full(before, line) and not before.text.endswith(TERMINAL)
    if found.score <= headings.BY_PATTERN and not looks_apart(line, before):
        return False
    return not running or (found.score >= 95 and not short(found))


def begins_again(after: Line) -> bool:
    """Does the line below begin a list at its first number?"""
    marker, _rest = markers.split(after.text)
    return marker is not None and marker.value == 1


def has_colon(line: Line) -> bool:
    return line.text.rstrip(" -ـ").endswith(":")


def most_words(line: Line) -> int:
    """How long a heading known only by its first words may be: longer where a colon or a blank line marks it."""
    return 14 if has_colon(line) else 10 if line.blank_before else 7


def looks_apart(line: Line, before: Line) -> bool:
    """A heading known only by its first words must not end or continue a sentence."""
    return not line.text.endswith((".", "،", "؛")) and (before.text.endswith(TERMINAL) or len(before.text.split()) <= 6)


def short(found: Heading) -> bool:
    return len(found.printed.split()) <= 2


def continues(line: Line, current: Segment) -> bool:
    marker, _rest = markers.split(line.text)
    return marker is not None and bool(current.lines) and goes_on(current, marker)


def goes_on(current: Segment, marker: markers.Marker) -> bool:
    """Does the number continue the list that is being read?"""
    if marker.kind == "bullet":
        return any(markers.split(line.text)[0] == marker for line in current.lines[-3:])
    before = [one for line in current.lines if (one := markers.split(line.text)[0]) and one.style == marker.style]
    return bool(before) and marker.value == (before[-1].value or 0) + 1


def is_apart(line: Line, current: Segment, how: Measure) -> bool:
    """Another section's heading stands by itself: few words, no full stop, nothing running into it."""
    if line.text.endswith((".", "؛", "،")) or markers.split(line.text)[0]:
        return line.text.rstrip(" -").endswith(":") and len(line.text.split()) <= 5
    before = current.lines[-1] if current.lines else None
    running = before is not None and how.is_full(before, line) and not before.text.endswith(TERMINAL)
    ended = before is not None and before.text.endswith(TERMINAL) and len(line.text.split()) <= 2
    return (line.blank_before or has_colon(line) or ended) and not running


def stands_inside(segments: list[Segment]) -> bool:
    """Is the document's title behind us? Before it a word like «نماذج» is the name of a collection."""
    return len(segments) > 1 or any(fold(line.text).startswith(("سياسه", "لايحه")) for line in segments[0].lines)


def approves(line: Line, segments: list[Segment]) -> bool:
    """The approval's sentence where no heading announces it."""
    if segments[-1].kind == "approval" or markers.split(line.text)[0] or len(segments) == 1:
        return False
    return bool(APPROVES.match(fold(line.text))) and bool(
        re.search("مجلس|الجمعيه العموميه", fold(line.text) + fold(segments[-1].heading))
    )


def run_in(lines: list[Line], place: int, current: Segment) -> tuple[str, Heading, int] | None:
    """(words before, heading, lines used) where a heading was printed at the end of the clause before it."""
    words = lines[place].text.split()
    if len(words) < 6 or current.kind == "top":
        return None
    following = lines[place + 1].text.split() if place + 1 < len(lines) else []
    for start_at in range(3, len(words)):
        if fold(words[start_at]).strip(":") not in RUN_IN_STARTS or words[start_at].startswith("إلي"):
            continue
        for used, tail in ((1, words[start_at:]), (2, [*words[start_at:], *following])):
            found = headings.find(" ".join(tail)) if len(tail) >= 3 else None
            closes = tail[-1].rstrip("-ـ").endswith(":")
            if found and found.kind != current.kind and (closes or found.score >= 92) and (used == 1 or closes):
                return " ".join(words[:start_at]), found, used
    return None


# The top and the signatures


def opened(segments: list[Segment]) -> tuple[list[Line], list[Segment]]:
    """The lines before the first section; paragraphs among them are a preamble without its heading."""
    top, rest = segments[0].lines, segments[1:]
    text_from = next((place for place, line in enumerate(top) if is_paragraph(line)), None)
    if text_from is None or any(segment.kind == "preamble" and segment.lines for segment in rest):
        return top, rest
    return top[:text_from], [Segment("preamble", "", top[text_from:]), *rest]


def is_paragraph(line: Line) -> bool:
    words = line.text.split()
    if fold(words[0]) in ("سياسه", "لايحه") or headings.is_other(line.text):
        return False
    known = wording.opens_known(line.text)
    return len(words) >= 9 or (known is not None and known.kind == "preamble")


def without_signatures(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """The approval's paragraphs, and the lines of the signature block below them."""
    for place, line in enumerate(lines):
        if place and is_signature(line.text) or (not place and is_signature(line.text) and not has_date(line.text)):
            after = [later for later in lines[place:] if is_late_paragraph(later)]
            signed = [later.text for later in lines[place:] if later not in after]
            return [*lines[:place], *after], signed
    return lines, []


def is_late_paragraph(line: Line) -> bool:
    """A sentence of the approval that stands below the signatures."""
    return len(line.text.split()) >= 7 and "|" not in line.text and bool(re.search(r"سياسه|اعتماد", fold(line.text)))


def is_signature(text: str) -> bool:
    """A line of the signature block: titles, «الاسم | الصفة | التوقيع», names beside titles."""
    folded = fold(text)
    words = re.sub(r"[^\w\s]", " ", folded).split()
    if not words or len(words) > 24:
        return False
    if SIGNATURE_ROW.match(" ".join(words)) and len(words) <= 10:
        return True
    titles = TITLE.findall(folded)
    return (
        bool(titles)
        and not APPROVES.match(folded)
        and (len(words) <= 9 or len(titles) >= 2 or "|" in text)
        and not has_date(text)
    )


def has_date(text: str) -> bool:
    return bool(re.search(r"\d{4}|\d\s*/\s*\d", fold(text)))
