"""How a policy may be printed: numbering, headings, wrapping, furniture, and the damage of text extraction."""

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.policies.importing.documents import Clause, Policy, Section

INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
ORDINALS = "أولاً ثانياً ثالثاً رابعاً خامساً سادساً سابعاً ثامناً".split()
LETTERS = "أ ب ج د هـ و ز ح".split()
SINGLE = {"preamble", "general_objective", "approval"}

MARKERS: dict[str, Callable[[int], str]] = {
    "1-": lambda n: f"{n}- ",
    "1.": lambda n: f"{n}. ",
    "1)": lambda n: f"{n}) ",
    "(1)": lambda n: f"({n}) ",
    "١-": lambda n: f"{n}- ".translate(INDIC),
    "١.": lambda n: f"{n}. ".translate(INDIC),
    "(١)": lambda n: f"({n}) ".translate(INDIC),
    "1- closed up": lambda n: f"{n}-",
    "أولاً": lambda n: f"{ORDINALS[n - 1]}: ",
    "أ-": lambda n: f"{LETTERS[n - 1]}- ",
    "dot": lambda n: "• ",
    "hyphen": lambda n: "- ",
    "dash": lambda n: "– ",
    "star": lambda n: "* ",
    "section sign": lambda n: "§ ",
    "wingdings tick": lambda n: "ü ",
    "private use": lambda n: "\uf0b7 ",
    "nothing": lambda n: "",
}
HEADINGS = {
    "bare": "{}",
    "colon": "{}:",
    "colon apart": "{} :",
    "colon and dash": "{}:-",
    "colon and kashida": "{} :ـ",
    "dash and colon": "- {} :",
    "flipped": ":{} -",
    "markdown": "## {}",
    "in brackets": "({})",
}
FURNITURE = {
    "none": (),
    "page of": ("صفحة 2 من 6",),
    "name and page": ("{name}", "صفحة 3 من 6"),
    "form feed": ("\f{name}", "4"),
    "contacts": ("هاتف: 0500000009   البريد: paper@example.org", "5"),
}


@dataclass(frozen=True)
class Layout:
    """`width` in characters, None for one line a clause; `every` counts the lines between two page breaks."""

    marker: str = "1-"
    sub_marker: str = "hyphen"
    heading: str = "colon"
    width: int | None = None
    blank_lines: bool = False
    furniture: str = "none"
    every: int = 9
    joined: frozenset[str] = frozenset()
    split: bool = False
    marker_alone: bool = False
    contents: str | None = None
    inline_objective: bool = False
    wrapped_headings: bool = False
    trailing_numbers: bool = False


def squash(text: str) -> str:
    return " ".join(text.split())


def wrap(text: str, width: int | None) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) if width else [text]


def halves(line: str) -> list[str]:
    words = line.split(" ")
    middle = len(words) // 2
    return [" ".join(words[:middle]), " ".join(words[middle:])] if len(words) > 5 else [line]


def item_lines(marker: str, text: str, layout: Layout) -> list[str]:
    if layout.marker_alone and any(sign.isdigit() for sign in marker):
        return [marker.strip(), *wrap(text, layout.width)]
    lines = wrap(marker + text, layout.width)
    return halves(lines[0]) if layout.split and len(lines) == 1 and marker.strip() else lines


def clause_lines(clause: Clause, number: int, kind: str, layout: Layout) -> list[str]:
    marker = "" if kind in SINGLE else MARKERS[layout.marker](number)
    if layout.trailing_numbers and kind in ("channel", "tool"):
        return [f"{clause.text} -{number}"]
    lines = item_lines(marker, clause.text, layout)
    for position, child in enumerate(clause.children, 1):
        lines += item_lines(MARKERS[layout.sub_marker](position), child, layout)
    return lines


def section_lines(section: Section, layout: Layout) -> list[str]:
    heading = HEADINGS[layout.heading].format(section.heading)
    if section.kind == "general_objective" and layout.inline_objective:
        return wrap(f"{section.heading}: {section.clauses[0].text}", layout.width)
    lines = halves(heading) if layout.wrapped_headings else [heading]
    if section.kind in layout.joined:
        numbered = (MARKERS[layout.marker](n) + clause.text for n, clause in enumerate(section.clauses, 1))
        return lines + wrap("  ".join(numbered), layout.width)
    for number, clause in enumerate(section.clauses, 1):
        lines += clause_lines(clause, number, section.kind, layout)
    return lines


def contents_lines(policy: Policy, form: str) -> list[str]:
    forms = {
        "dots": "{h} " + "." * 30 + " {n}",
        "tab": "{h}\t{n}",
        "error": "{h} خطأ! الإشارة المرجعية غير معرّفة.",
    }
    return ["المحتويات", *(forms[form].format(h=s.heading, n=n) for n, s in enumerate(policy.sections, 2))]


def signature_lines(policy: Policy) -> list[str]:
    return ["الاسم\tالصفة\tالتوقيع", *(f"{name}\t{title}\t" for title, name in policy.signatories)]


def with_furniture(lines: list[str], policy: Policy, layout: Layout) -> list[str]:
    if not FURNITURE[layout.furniture]:
        return lines
    page = [line.format(name=policy.name) for line in FURNITURE[layout.furniture]]
    printed: list[str] = []
    for count, line in enumerate(lines, 1):
        printed.append(line)
        if count % layout.every == 0 and 6 < count < len(lines) - 3:
            printed += page
    return printed


def printed(policy: Policy, layout: Layout = Layout()) -> str:  # noqa: B008 - frozen
    """The policy as text."""
    lines = [policy.name, policy.number_line]
    lines += [f"{'هاتف' if key == 'phone' else 'البريد'}: {value}" for key, value in policy.contacts.items()]
    lines.append(policy.title)
    if layout.contents:
        lines += contents_lines(policy, layout.contents)
    for section in policy.sections:
        lines += section_lines(section, layout)
    lines = with_furniture(lines + signature_lines(policy), policy, layout)
    return ("\n\n" if layout.blank_lines else "\n").join(lines) + "\n"


def with_text(policy: Policy, kind: str, right: str, wrong: str) -> Policy:
    """The policy with the first `right` in a section of that kind printed as `wrong`."""
    done = False

    def retold(clause: Clause) -> Clause:
        nonlocal done
        if done or right not in clause.text:
            return clause
        done = True
        return replace(clause, text=clause.text.replace(right, wrong, 1))

    sections = tuple(
        replace(section, clauses=tuple(retold(clause) for clause in section.clauses))
        if section.kind == kind
        else section
        for section in policy.sections
    )
    assert done, f"{right} is not in {kind}"
    return replace(policy, sections=sections)


def ends_swapped(line: str, cut: int) -> str:
    """A right-to-left line as text extraction may leave it: what stood after `cut` characters is printed first.

    A number that began the line stays before its text, so it stands in mid-line, its point before it.
    """
    head, tail = line[:cut].strip(), line[cut:].strip()
    numbered = re.match(r"(\d+)([-.])\s*(.*)", head)
    return f"{tail} {numbered[2]}{numbered[1]} {numbered[3]}" if numbered else f"{tail} {head}"
