"""What is doubtful about the document as a whole: its order, its sections, its dates, its words for people."""

import re
from itertools import chain

from django.utils.translation import gettext as _

from core import hijri
from core.arabic import fold
from policies.importing import damage, facts, lists, order, wording
from policies.importing.document import ApprovalFacts, Doubt, Imported, Item
from policies.importing.furniture import Parted
from policies.importing.sections import Laid


def all_of(found: Imported, laid: Laid, parted: Parted) -> list[Doubt]:
    """Every warning about the document, in the order of its text, then those about its facts."""
    known = damage.known_words([*(item.text for item in found.every()), *(line.text for line in laid.top)])
    plain = damage.Context("", known)
    words = [damage.in_item(item, item.id, known) for item in found.every()]
    headings = [damage.in_text(section.heading, f"heading:{section.kind}", plain) for section in found.sections]
    return [
        *chain.from_iterable(headings),
        *chain.from_iterable(words),
        *swapped(found, laid, known),
        *run_together(found),
        *out_of_sequence(found),
        *signed_words(laid, plain),
        *around(laid, parted, plain),
        *about_approval(found),
        *about_names(found),
    ]


def swapped(found: Imported, laid: Laid, known: dict[str, str]) -> list[Doubt]:
    """Clauses whose lines' ends seem to have changed places, each with its likely reading."""
    turned = {id(item): line for kind, item, line in laid.doubts if kind == "swapped_ends"}
    warnings = []
    for item in found.every():
        proposed = order.put_right(item, {0: item.number_at} if id(item) in turned and item.number_at else {}, known)
        proposed = proposed or order.torn(item, known)
        if proposed or id(item) in turned:
            sentence = _("The ends of a line seem to have changed places. Compare with the printed page.")
            warnings.append(Doubt("swapped_ends", item.id, item.text, proposed, sentence))
    return warnings


def run_together(found: Imported) -> list[Doubt]:
    """Two clauses under one number: the second begins as a clause of the common text does."""
    warnings = []
    for item in found.every():
        keys = wording.words_key(item.text).split()
        place = next((place for place in range(3, len(keys) - 3) if opens_another(keys, place)), None)
        words = [word for word in item.text.split() if wording.words_key(word)]
        if place and len(words) == len(keys):
            proposed = f"{' '.join(words[:place])}\n{' '.join(words[place:])}"
            sentence = _("Two clauses seem to stand under one number.")
            warnings.append(Doubt("run_together", item.id, item.text, proposed, sentence))
    return warnings


def opens_another(keys: list[str], place: int) -> bool:
    start = keys[place : place + 4]
    for known in wording.clauses():
        if known.kind != "preamble" and known.opening == start and start[:3] != keys[:3]:
            return not any(" ".join(start) in other.key[5:] for other in wording.clauses())
    return False


def out_of_sequence(found: Imported) -> list[Doubt]:
    warnings = []
    for section in found.sections:
        lists_of_items = [section.clauses, *(item.children for item in section.clauses)]
        for item in chain.from_iterable(map(lists.numbering_gaps, lists_of_items)):
            sentence = _("The printed number is not the next one. A clause may be missing before it.")
            warnings.append(Doubt("number_out_of_sequence", item.id, str(item.printed_number), None, sentence))
    return warnings


def signed_words(laid: Laid, plain: damage.Context) -> list[Doubt]:
    return [
        one
        for line in laid.signatures
        for one in damage.in_text(line, "signatures", plain)
        if one.kind == "reversed_word"
    ]


def around(laid: Laid, parted: Parted, plain: damage.Context) -> list[Doubt]:
    """What the lines that are no clauses say: Word's errors, headings that ran into a clause, strange sections."""
    sentences = {
        "heading_run_in": _("A heading was printed at the end of a clause; it was taken as the heading it is."),
        "other_section": _(
            "Such policies have no section of this kind; it was set aside. Add its text by hand where it belongs."
        ),
    }
    warnings = [Doubt(kind, "document", printed, None, sentences[kind]) for kind, printed in laid.asides]
    if parted.word_error:
        sentence = _("Word printed an error where the contents should be; those lines were left out.")
        warnings.append(Doubt("word_error", "contents", parted.word_error, None, sentence))
    for line in laid.top:
        warnings += [
            one for one in damage.in_text(line.text, "top", plain) if one.kind in ("foreign_script", "persian_letters")
        ]
    return warnings


def about_approval(found: Imported) -> list[Doubt]:
    facts_of = found.approval
    if facts_of is None:
        return [Doubt("no_approval", "approval", "", None, _("The document records no approval by the board."))]
    warnings = []
    day = facts_of.date
    if day is None:
        warnings.append(Doubt("no_date", "approval", "", None, _("The approval names no date that can be read.")))
    elif day.candidates:
        either = " / ".join(hijri.format_gregorian(one) for one in day.candidates)
        sentence = _("The day and the month cannot be told apart: %(dates)s. Ask the owner.") % {"dates": either}
        warnings.append(Doubt("ambiguous_date", "approval", day.raw, None, sentence))
    return [*warnings, *disagreements(facts_of)]


def disagreements(approval: ApprovalFacts) -> list[Doubt]:
    """The weekday or a second date that does not fit the first."""
    day, other, warnings = approval.date, approval.other_date, []
    if day and day.iso and approval.weekday and hijri.WEEKDAYS[day.iso.weekday()] != approval.weekday:
        sentence = _("The date falls on %(weekday)s. Ask the owner which of the two is right.")
        sentence %= {"weekday": hijri.WEEKDAYS[day.iso.weekday()]}
        warnings.append(Doubt("weekday_disagrees", "approval", f"{approval.weekday} {day.raw}", None, sentence))
    if day and other and day.iso and other.iso and day.iso != other.iso and day.calendar != other.calendar:
        sentence = _("The two dates are not the same day. Ask the owner which of them is right.")
        warnings.append(Doubt("dates_disagree", "approval", f"{day.raw} - {other.raw}", None, sentence))
    return warnings


def about_names(found: Imported) -> list[Doubt]:
    """Two names for the association, two titles, two words for the person served."""
    warnings = []
    if found.association is None:
        warnings.append(
            Doubt("no_name", "document", "", None, _("The association's name was not found in the document."))
        )
    for other in found.other_names:
        sentence = _("The association's name is printed in two ways. Confirm it with the owner.")
        warnings.append(Doubt("name_differs", "document", other, found.association, sentence))
    title, named = found.title, found.title_in_approval
    if title and named and fold(named) not in fold(title):
        warnings.append(Doubt("title_differs", "approval", named, None, _("The approval names another title.")))
    return [*warnings, *unknown_word(found), *mixed_words(found)]


def unknown_word(found: Imported) -> list[Doubt]:
    """A word for the person served whose forms nobody wrote down yet; the draft holds its definite singular alone."""
    word = found.person_term
    if word is None or wording.person_forms(word):
        return []
    sentence = _(
        "The portal does not know the grammatical forms of this word for the person served. "
        "Complete them in the draft; it cannot be published before."
    )
    return [Doubt("unknown_word", "document", word, None, sentence)]


def mixed_words(found: Imported) -> list[Doubt]:
    """Clauses that call the person served by another word: remnants of a find-and-replace."""
    others: dict[str, list[str]] = {}
    for item in found.every():
        for word in facts.served_in(item.text):
            if is_other_word(word, found, item):
                others.setdefault(word, []).append(item.id)
    sentence = _(
        "The text also calls the person served by this word, in: %(clauses)s. Ask the owner whether it is meant."
    )
    return [
        Doubt("mixed_words", "document", word, None, sentence % {"clauses": "، ".join(dict.fromkeys(clauses))})
        for word, clauses in others.items()
    ]


def is_other_word(word: str, found: Imported, item: Item) -> bool:
    bare = re.sub("^ال", "", fold(word))
    return (
        bool(found.person_term) and word != found.person_term and bare not in facts.STAFF_OR_LAW and item.id[:2] != "AP"
    )
