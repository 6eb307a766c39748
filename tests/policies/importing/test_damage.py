"""What extraction does to a text is listed with a proposal; the wording itself stays as it was printed."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies import importing
from tests.policies.importing.documents import ELDERS, HOUSING, POLICIES, TRAINING, Policy
from tests.policies.importing.printing import SINGLE, Layout, ends_swapped, printed, squash, with_text, wrap

WIDTH = 84


def read(policy: Policy) -> dict:
    return importing.read("policy.txt", printed(policy).encode()).as_json()


def clauses_of(found: dict) -> list[dict]:
    return [
        clause
        for section in found["sections"]
        for parent in section["clauses"]
        for clause in (parent, *parent["children"])
    ]


def words_of(found: dict) -> list[str]:
    return [squash(clause["text"]) for clause in clauses_of(found)]


def letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text)


def about(found: dict, wrong: str) -> list[dict]:
    """The warnings whose printed words hold `wrong`, or are held by it."""
    return [
        warning
        for warning in found["warnings"]
        if warning.get("printed")
        and (letters(wrong) in letters(warning["printed"]) or letters(warning["printed"]) in letters(wrong))
    ]


def texts_of(policy: Policy) -> list[str]:
    return [text for _, clause, children in policy.outline() for text in (clause, *children)]


def accepted(found: dict) -> list[str]:
    """The letters of every clause after a person accepts every proposal made about it."""
    texts = []
    for clause in clauses_of(found):
        text = squash(clause["text"])
        for warning in found["warnings"]:
            if warning["where"] == clause["id"] and warning.get("proposed"):
                text = text.replace(squash(warning["printed"]), warning["proposed"])
        texts.append(letters(text))
    return texts


DAMAGED = [
    pytest.param(ELDERS, "preamble", "السياسة", "السيфسة", "السياسة", id="Cyrillic for a letter"),
    pytest.param(ELDERS, "general_objective", "مكرماً", "مكرфماً", None, id="Cyrillic in a word used once"),
    pytest.param(HOUSING, "procedure_step", "المستفيد", "المست夫يد", "المستفيد", id="Chinese for a letter"),
    pytest.param(HOUSING, "approval", "السياسة", "السيaسة", "السياسة", id="Latin for a letter"),
    pytest.param(HOUSING, "detailed_objective", "المستفيد", "المستفید", "المستفيد", id="Persian yeh"),
    pytest.param(HOUSING, "procedure_step", "مكتب", "مکتب", "مكتب", id="Persian kaf"),
    pytest.param(TRAINING, "general_objective", "مهرة", "مھرة", "مهرة", id="Urdu heh"),
    pytest.param(TRAINING, "preamble", "السياسة", "السيا\ue010سة", "السياسة", id="private use inside a word"),
    pytest.param(ELDERS, "procedure_step", "المسن", "المس ن", "المسن", id="a space inside a word"),
    pytest.param(HOUSING, "procedure_step", "المستفيد", "المستتفيد", "المستفيد", id="a doubled letter"),
    pytest.param(TRAINING, "procedure_step", "البرامج", "جماربلا", "البرامج", id="a reversed word"),
    pytest.param(HOUSING, "procedure_step", "بيانات", "بيانا ت", "بيانات", id="a space before the last letter"),
]


@pytest.mark.parametrize(("policy", "kind", "right", "wrong", "proposed"), DAMAGED)
def test_damage_is_listed_and_not_repaired(policy, kind, right, wrong, proposed):
    damaged = with_text(policy, kind, right, wrong)
    found = read(damaged)
    assert about(found, wrong), found["warnings"]
    assert any(squash(wrong) in words for words in words_of(found))
    if proposed:
        assert accepted(found) == [letters(text) for text in texts_of(policy)]


SLIPS = {
    "ومقرراتهم": "ومقترحاتهم",
    "والتوجيه إليها": "والتوقيع عليها",
    "وتتركز الجمعية": "وتركز الجمعية",
    "وتعديلمها": "وتعميمها",
    "يتاسب": "يتناسب",
    "لـ جراء": "لإجراء",
    "الازمة": "اللازمة",
    "للارتفاع بمستوى": "للارتقاء بمستوى",
    "أداء للتقويم": "أداة للتقويم",
    "وتقديرأً": "وتقديراً",
    "ت Saulات": "تساؤلات",
    "والتتوقيع عليها": "والتوقيع عليها",
    "الخارجييين": "الخارجيين",
}
CLAUSE = "معرفة حاجة كل أسرة من خلال زيارة منزلها والاستماع إلى أفرادها."
AROUND = {
    "ومقرراتهم": "إنجاز معاملاتهم ومتابعة متطلباتهم {} والعمل على التطوير",
    "والتوجيه إليها": "التأكد على صحة البيانات المقدمة من طالب الدعم {} وأنه مسؤول عنها",
    "وتتركز الجمعية": "{} على صيغة العلاقات مع المستفيدين",
    "وتعديلمها": "مع مراجعتها باستمرار والتعديل عليها {} على الجميع",
    "يتاسب": "تقديم المعلومات بشكل ملائم بما {} مع أسئلة المستفيدين",
    "لـ جراء": "التحسين المستمر {} تقديم الخدمة",
    "الازمة": "تقديم الخدمة {} للمستفيد",
    "للارتفاع بمستوى": "ابتكار مفاهيم وتقنيات إدارية {} الخدمات المقدمة",
    "أداء للتقويم": "تقييم جودة الخدمة حق من حقوق المستفيد حيث أنها {} والتطوير",
    "وتقديرأً": "تقديم خدمة للمستفيد من موقعه حفاظاً لوقته {} لظروفه",
    "ت Saulات": "تقديم الإجابات بما يلائم {} المستفيدين",
    "والتتوقيع عليها": "التأكد على صحة البيانات المقدمة من طالب الدعم {} وأنه مسؤول عنها",
    "الخارجييين": "نشر الثقافة بين المستفيدين الداخليين أو {} في كل قسم",
}


@pytest.mark.parametrize(("wrong", "right"), SLIPS.items())
def test_a_known_slip_is_listed_with_what_others_print(wrong, right):
    found = read(with_text(HOUSING, "detailed_objective", CLAUSE, AROUND[wrong].format(wrong) + "."))
    assert about(found, wrong), found["warnings"]
    assert any(squash(wrong) in words for words in words_of(found))
    assert letters(AROUND[wrong].format(right)) in accepted(found)


@pytest.mark.parametrize(("wrong", "right"), SLIPS.items())
def test_the_right_wording_is_not_suspected(wrong, right):
    found = read(with_text(HOUSING, "detailed_objective", CLAUSE, AROUND[wrong].format(right) + "."))
    assert about(found, AROUND[wrong].format(right)) == []


def first_line(policy: Policy, kind: str, index: int) -> tuple[str, list[str]]:
    """The number before a clause, and the clause wrapped with it."""
    number = "" if kind in SINGLE else f"{index + 1}- "
    return number, wrap(number + policy.section(kind).clauses[index].text, WIDTH)


def swapped_page(policy: Policy, kind: str, index: int, cut: int) -> tuple[str, str]:
    """(page, right line): the first line of one clause is cut after `cut` characters and its ends swapped."""
    number, lines = first_line(policy, kind, index)
    wrapped = printed(policy, Layout(width=WIDTH))
    page = wrapped.replace(lines[0] + "\n", ends_swapped(lines[0], cut) + "\n", 1)
    assert page != wrapped
    return page, lines[0].removeprefix(number)


def swapped_cuts() -> list[tuple[Policy, str, int]]:
    return [
        (policy, section.kind, index)
        for policy in POLICIES
        for section in policy.sections
        if section.kind not in ("approval", "channel", "tool")
        for index, clause in enumerate(section.clauses)
        if len(clause.text) > WIDTH and not clause.children
    ]


@given(st.sampled_from(swapped_cuts()), st.integers(8, WIDTH - 12))
@settings(deadline=None, max_examples=60)
def test_swapped_ends_lose_no_letter_and_no_clause(place, cut):
    policy, kind, index = place
    page, _ = swapped_page(policy, kind, index, cut)
    found = importing.read("policy.txt", page.encode()).as_json()
    assert [sorted(letters(text)) for text in words_of(found)] == [sorted(letters(t)) for t in texts_of(policy)], page


NUMBERED = [place for place in swapped_cuts() if place[1] not in SINGLE]


@pytest.mark.parametrize("back", range(1, 4), ids=lambda back: f"{back} words back")
@pytest.mark.parametrize("place", NUMBERED, ids=lambda place: f"{place[0].number} {place[1]} {place[2] + 1}")
def test_a_number_in_mid_line_tells_where_the_line_began(place, back):
    _, (first, *_rest) = first_line(*place)
    word = list(re.finditer(r"\S+", first))[-back]
    page, right = swapped_page(*place, word.start() + (2 if len(word[0]) > 4 else 0))
    found = importing.read("policy.txt", page.encode()).as_json()
    assert any(letters(right) in letters(warning.get("proposed") or "") for warning in found["warnings"]), page


# «أبوابها» in this clause stands nowhere else: nobody could know its halves.
KNOWABLE = [place for place in swapped_cuts() if place != (TRAINING, "preamble", 0)]


@pytest.mark.parametrize("letters_in", [2, 3])
@pytest.mark.parametrize("place", KNOWABLE, ids=lambda place: f"{place[0].number} {place[1]} {place[2] + 1}")
def test_a_word_in_two_at_the_ends_of_a_line_is_listed(place, letters_in):
    _, (first, *_rest) = first_line(*place)
    word = [match for match in re.finditer(r"\w+", first) if len(match[0]) > 5][-1]
    page, _ = swapped_page(*place, word.start() + letters_in)
    found = importing.read("policy.txt", page.encode()).as_json()
    assert any(word[0] in (warning.get("proposed") or "") for warning in found["warnings"]), page


def test_an_ambiguous_date_is_said_to_be_ambiguous():
    found = read(with_text(HOUSING, "approval", "19 ربيع الآخر 1445 هـ", "4/7/2023م"))
    assert found["approval"]["iso"] is None
    assert set(found["approval"]["candidates"]) == {"2023-07-04", "2023-04-07"}
    assert any("4/7/2023" in str(warning) for warning in found["warnings"])


def test_a_heading_run_into_the_item_before_it_is_a_heading():
    heading = HOUSING.section("procedure_step").heading
    text = printed(HOUSING).replace(f"\n{heading}", f" {heading}")
    found = importing.read("policy.txt", text.encode()).as_json()
    kinds = [section["kind"] for section in found["sections"]]
    assert kinds == [section.kind for section in HOUSING.sections]
    assert "طلب دعم مستفيد" in words_of(found)


def test_a_space_inside_a_heading_does_not_hide_it():
    text = printed(HOUSING).replace("على مختلف المستويات", "على مختل ف المستويات")
    found = importing.read("policy.txt", text.encode()).as_json()
    assert [section["kind"] for section in found["sections"]] == [section.kind for section in HOUSING.sections]
