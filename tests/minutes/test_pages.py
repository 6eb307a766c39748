"""Who reads which minutes: a case closed to somebody is closed to them here too, on screen and on paper (rule 5)."""

import json

import pytest

from committee.minutes.actions import Reservation, add, sign, sign_on_paper
from committee.minutes.paper import minutes_pdf, paper_data
from committee.minutes.rules import fingerprint
from committee.minutes.sight import for_signing, sight_of
from committee.models import Minutes
from core.models import ReadRow
from core.references import format_reference
from tests.cast import client_of
from tests.minutes.desk import drawn, picture
from tests.paper import holds, upload

PAGE = "/committee/minutes/1448-1/"


def read(user, page: str = PAGE) -> str:
    return client_of(user).get(page).content.decode()


def shown(reference: str) -> str:
    return format_reference(reference)


def words_of(minutes, user) -> str:
    return json.dumps(paper_data(minutes, sight_of(minutes, user)), ensure_ascii=False)


def test_a_member_reads_every_row_but_the_one_closed_to_them(signed, cast, met):
    whole, blanked = read(cast.chair), read(cast.member1)
    first, second = (shown(case.reference) for case in met.cases[:2])
    assert first in whole
    assert second in whole
    assert first not in blanked
    assert second in blanked
    assert "محجوب عنك" in blanked


def test_the_paper_is_blanked_as_the_screen_is(signed, cast, met):
    first = shown(met.cases[0].reference)
    assert holds(minutes_pdf(signed, sight_of(signed, cast.chair)), first)
    paper = client_of(cast.member1).get(f"{PAGE}paper/").content
    assert not holds(paper, first)
    assert holds(paper, shown(met.cases[1].reference))


def test_no_word_of_a_closed_row_is_even_in_the_data_of_the_paper(signed, cast, met):
    sign(signed, by=cast.chair, picture=drawn(), seen=signed.sha256, reservation=Reservation("مبلغ كبير", met.items[0]))
    add(signed, by=cast.secretary, text="تصحيح يخص الصف الأول", item=met.items[0])
    blanked, whole = (words_of(signed, user) for user in (cast.member1, cast.chair))
    for word in ("مبلغ كبير", "تصحيح يخص", "الحاجة ثابتة", shown(met.cases[0].reference)):
        assert word not in blanked
        assert word in whole


def test_the_copy_that_goes_round_leaves_out_what_is_closed_to_one_of_them(signed, cast, met):
    copy = paper_data(signed, for_signing(signed, sight_of(signed, cast.secretary)))
    assert [row["closed"] for row in copy["cases"]] == [True, False, False, False, False]
    assert "copy=signing" in read(cast.secretary)


def test_the_manager_reads_what_came_of_it_and_nothing_of_the_study(signed, cast, met):
    page = read(cast.manager)
    assert shown(met.cases[0].reference) in page
    assert "3,000" in page
    for word in ("الحاجة ثابتة", "شريحة", "توصية الباحث", "تصويت علني", "تصويت سري"):
        assert word not in page
    assert "الحاجة ثابتة" not in words_of(signed, cast.manager)


@pytest.mark.parametrize("who", ["noura", "reem", "store", "editor", "it"])
def test_for_everybody_else_there_are_no_minutes(signed, cast, who):
    for page in ("/committee/minutes/", PAGE, f"{PAGE}paper/"):
        assert client_of(getattr(cast, who)).get(page).status_code == 404


def test_the_scanned_paper_is_only_for_whoever_reads_every_row(minutes, cast):
    printed = fingerprint(minutes)[:8]
    signed = {cast.secretary.pk: Reservation(), cast.member1.pk: Reservation()}
    row = sign_on_paper(minutes, by=cast.secretary, scan=upload(), printed=printed, signed=signed)[0]
    scan = f"{PAGE}file/{row.file.key}/"
    assert client_of(cast.chair).get(scan).status_code == 200
    for person in (cast.member1, cast.manager):
        assert client_of(person).get(scan).status_code == 404
    assert str(row.file.key) not in read(cast.member1)


def test_a_file_of_something_else_is_not_handed_out(signed, cast, case):
    other = case.declaration.signature or signed.signatures.get().file
    assert client_of(cast.chair).get(f"/committee/minutes/1448-9/file/{other.key}/").status_code == 404


def test_each_look_leaves_a_row(signed, cast):
    before = ReadRow.objects.filter(what="minutes").count()
    read(cast.manager)
    client_of(cast.manager).get(f"{PAGE}paper/")
    assert ReadRow.objects.filter(what="minutes", actor_id=cast.manager.pk).count() == before + 2


def test_the_secretary_drafts_writes_and_signs_from_the_pages(met, cast):
    client = client_of(cast.secretary)
    assert client.post(f"/committee/meetings/{met.meeting.number}/minutes/").headers["Location"] == PAGE
    saved = client.post(f"{PAGE}write/", {"discussion": "نوقشت خطة الشتاء.", "recommendations": "زيادة البند."})
    assert saved.status_code == 302
    minutes = Minutes.objects.get()
    posted = {"seen": fingerprint(minutes), "how": "picture", "picture": picture(), "agrees": "yes"}
    assert client.post(f"{PAGE}sign/", posted).status_code == 302
    minutes.refresh_from_db()
    assert minutes.is_locked
    refused = client.post(f"{PAGE}write/", {"discussion": "غيره"})
    assert (refused.status_code, Minutes.objects.get().discussion) == (422, "نوقشت خطة الشتاء.")


def test_a_reservation_without_words_is_sent_back(signed, cast):
    posted = {"seen": signed.sha256, "how": "picture", "picture": picture(), "agrees": "reserved", "words": ""}
    reply = client_of(cast.chair).post(f"{PAGE}sign/", posted)
    assert reply.status_code == 422
    assert "اكتب تحفّظك بكلماتك" in reply.content.decode()


def test_a_raw_post_reserves_nothing_on_a_closed_row(signed, cast):
    posted = {"seen": signed.sha256, "how": "picture", "picture": picture(), "agrees": "reserved", "about": "1"}
    reply = client_of(cast.member1).post(f"{PAGE}sign/", posted | {"words": "لا أوافق"})
    assert reply.status_code == 422
    assert not signed.signatures.filter(user=cast.member1).exists()


def test_the_list_tells_number_committee_and_how_many_signed(signed, cast):
    page = read(cast.manager, "/committee/minutes/")
    assert "1448-1" in page
    assert "لجنة البحث" in page
    assert "1 من 5" in page
    assert read(cast.chair, "/committee/minutes/?year=1447").count("1/1448") == 0


def test_the_list_asks_a_constant_number_of_queries(signed, cast, django_assert_max_num_queries):
    client = client_of(cast.chair)
    client.get("/committee/minutes/")
    with django_assert_max_num_queries(20):
        client.get("/committee/minutes/")
