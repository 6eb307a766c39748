"""The band keeps its mark as an example in the record, on the page and on paper; the number has one form everywhere."""

from django.urls import reverse

from committee.minutes import record
from committee.minutes.actions import draft, sign
from committee.minutes.content import hash_of_minutes, unsound
from committee.minutes.paper import minutes_pdf
from committee.minutes.rules import fingerprint
from committee.minutes.sheet import sheet
from committee.minutes.sight import sight_of
from policies.models import NeedBand
from tests.cast import client_of
from tests.minutes.desk import drawn, eventful
from tests.paper import holds

EXAMPLE = "«مثال»: شريحة من الجدول الجاهز في البوابة، ولم تعدّله الجمعية بعد."
NUMBER = "1448\u200e-1"


def page_of(minutes, person) -> str:
    return client_of(person).get(reverse("committee:minutes", args=[minutes.year, minutes.number])).content.decode()


def test_a_band_out_of_the_example_table_says_so(minutes, cast):
    row = minutes.data["cases"][0]
    assert row["band"]
    assert row["band_by_example"]
    assert EXAMPLE in page_of(minutes, cast.chair)
    assert EXAMPLE not in page_of(minutes, cast.manager)
    assert holds(minutes_pdf(minutes, sight_of(minutes, cast.chair)), row["band"], "مثال", "الجاهز في البوابة")


def test_a_band_out_of_the_associations_own_table_says_nothing_more(cast, day_one):
    NeedBand.objects.update(is_example=False)
    minutes = draft(eventful(cast, day_one).meeting, by=cast.secretary)
    assert minutes.data["cases"][0]["band"]
    assert EXAMPLE not in page_of(minutes, cast.chair)


def test_minutes_signed_before_the_mark_was_kept_stay_verifiable(met, cast, monkeypatch):
    monkeypatch.setattr(record, "band_of", lambda item: {"band": "ب: حاجة متوسطة"})
    minutes = draft(met.meeting, by=cast.secretary)
    sign(minutes, by=cast.secretary, picture=drawn(), seen=fingerprint(minutes))
    minutes.refresh_from_db()
    assert not unsound(minutes)
    assert minutes.sha256 == hash_of_minutes(minutes)
    page = page_of(minutes, cast.chair)
    assert "ب: حاجة متوسطة" in page
    assert EXAMPLE not in page
    assert minutes_pdf(minutes, sight_of(minutes, cast.chair)).startswith(b"%PDF")


def test_the_number_has_one_form_wherever_a_person_reads_it(signed, cast):
    assert str(signed) == "1448-1"
    assert NUMBER in sheet(signed, sight_of(signed, cast.chair))["title"]
    listed = client_of(cast.chair).get(reverse("committee:minutes_list")).content.decode()
    meeting = client_of(cast.chair).get(reverse("committee:meeting", args=[signed.meeting.number])).content.decode()
    waiting = client_of(cast.chair).get("/waiting/").content.decode()
    pages = [page_of(signed, cast.chair), listed, meeting, waiting]
    assert all("1448-1" in page.replace("\u200e", "") for page in pages)
    assert not [page for page in pages if "1/1448" in page]


def test_on_paper_too(signed, cast):
    paper = minutes_pdf(signed, sight_of(signed, cast.chair))
    assert holds(paper, "1448-1")
    assert not holds(paper, "1/1448")
