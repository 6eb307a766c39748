"""The minutes on paper: tagged Arabic whose words can be read out, over as many pages as the meeting needs."""

import copy

import pytest
from django.conf import settings

from committee.minutes.actions import add, sign
from committee.minutes.paper import minutes_pdf, paper_data
from committee.minutes.sight import Sees, Sight, sight_of
from core import printing
from core.references import format_reference, new_reference
from tests.minutes.desk import drawn as ink
from tests.paper import drawn_on, holds, is_tagged, opened, squeezed

WHOLE = 40


@pytest.fixture
def long(signed):
    """The same minutes with forty cases."""
    cases = []
    for position in range(1, WHOLE + 1):
        row = copy.deepcopy(signed.data["cases"][position % 5])
        cases.append(row | {"position": position, "reference": new_reference()})
    signed.data = signed.data | {"cases": cases}
    return signed


def everything(minutes) -> Sight:
    return Sight(rows={row["position"]: Sees.WHOLE for row in minutes.data["cases"]}, member=True)


def words_on(page) -> str:
    """What is drawn on one page, as it was drawn and turned round."""
    drawn = "".join(drawn_on(page))
    return squeezed(drawn + "\n" + drawn[::-1])


def test_it_is_tagged_and_its_words_are_read_out(signed, cast, met):
    paper = minutes_pdf(signed, sight_of(signed, cast.chair))
    assert is_tagged(paper)
    assert holds(paper, "محضر", "الحاضرون", "التواقيع", format_reference(met.cases[0].reference), "3,000", "10:30")
    assert holds(paper, *[signed.sha256[at : at + 4] for at in range(0, 64, 4)])


def test_each_signature_is_drawn_and_the_code_leads_to_its_check(signed, cast):
    data = paper_data(signed, sight_of(signed, cast.chair))
    link = f"{settings.PORTAL_URL}/verify/1448-1/"
    assert (data["link"], data["qr"]) == (link, printing.code(link))
    drawn = {row["name"]: bool(row.get("picture")) for row in data["signatures"]}
    assert drawn[cast.secretary.name]
    assert not drawn[cast.chair.name]


def test_an_addendum_has_a_page_a_number_and_a_code_of_its_own(signed, cast):
    made = add(signed, by=cast.secretary, text="الصواب أنه بدأ متأخرًا.")
    assert paper_data(signed, sight_of(signed, cast.chair))["addenda"][0]["qr"] == "", "nobody signed it yet"
    sign(signed, by=cast.chair, picture=ink(), seen=made.sha256, addendum=made)
    paper = minutes_pdf(signed, sight_of(signed, cast.chair))
    assert holds(paper, "1448-1-1", made.sha256[:4], "متأخر")


def test_forty_cases_take_pages_each_with_its_head_and_no_number_is_broken(long):
    paper = opened(content := minutes_pdf(long, everything(long)))
    pages = [words_on(page) for page in paper.pages]
    references = [squeezed(format_reference(row["reference"])) for row in long.data["cases"]]
    bearing = [page for page in pages if any(reference in page for reference in references)]
    assert len(bearing) >= 3
    assert all(squeezed("رقم الطلب") in page for page in bearing)
    assert all(any(reference in page for page in pages) for reference in references)
    assert is_tagged(content)
    assert f"1/{len(pages)}" in pages[0]


def test_a_draft_says_that_it_is_one_and_has_no_code(minutes, cast):
    data = paper_data(minutes, sight_of(minutes, cast.secretary))
    assert (data["locked"], data["qr"]) == (False, "")
    assert holds(minutes_pdf(minutes, sight_of(minutes, cast.secretary)), "مسودة")


@pytest.mark.parametrize(
    ("text", "word"), [('#panic("x")', "panic"), ("_y_ *bold*", "*bold*"), ('") #read("/etc/passwd")', "etc/passwd")]
)
def test_what_was_typed_is_printed_and_not_obeyed(signed, cast, text, word):
    signed.recommendations = text
    assert holds(minutes_pdf(signed, sight_of(signed, cast.chair)), word)
