"""The person objects on their own page: the words, the papers, the check, the sending; no script, light pages."""

import gzip

import pytest
from django.test import Client

from core.models import StoredFile
from requests.appeal import drafts
from requests.models import Appeal, ObjectionDraft
from tests.appeal.desk import WORDS, confirm, let_in, objected, shown
from tests.paper import upload
from tests.public.test_status_page import loaded

WRITE, CHECK, DECISION = "/status/objection/", "/status/objection/check/", "/status/decision/"


@pytest.fixture
def inside(client, rejected):
    let_in(client, rejected)
    return client


def test_the_words_and_the_papers_are_shown_once_more_and_then_sent(inside, rejected):
    assert inside.post(WRITE, {"text": WORDS, "papers": [upload("عقد الإيجار.pdf")]}).url == CHECK
    page = shown(inside.get(CHECK))
    assert WORDS in page
    assert "عقد الإيجار.pdf" in page
    assert not Appeal.objects.exists()
    assert confirm(inside, rejected).url == DECISION
    appeal = Appeal.objects.get()
    assert (appeal.case, appeal.text, appeal.files.count(), appeal.written_by) == (rejected, WORDS, 1, None)
    page = shown(inside.get(DECISION))
    assert "استلمنا اعتراضك" in page
    assert "لم يشاركوا في القرار الأول" in page


def test_sent_twice_the_second_leads_to_the_first(inside, rejected):
    inside.post(WRITE, {"text": WORDS})
    assert [confirm(inside, rejected).url for _press in range(2)] == [DECISION, DECISION]
    assert Appeal.objects.count() == 1
    assert inside.get(WRITE).url == DECISION


def test_what_was_written_is_there_after_the_door_closed(inside, rejected):
    inside.post(WRITE, {"text": WORDS})
    later = Client()
    let_in(later, rejected)
    assert "أكمل اعتراضي" in shown(later.get(DECISION))
    assert WORDS in later.get(WRITE).content.decode()


def test_a_file_is_taken_out_again_off_the_disk_too(inside):
    inside.post(WRITE, {"text": WORDS, "papers": [upload()]})
    [kept] = ObjectionDraft.objects.get().files.all()
    assert inside.post(f"{WRITE}file/{kept.pk}/out/").url == CHECK
    assert not StoredFile.objects.exists()


def test_nobody_takes_a_file_out_of_anothers_draft(inside, rejected, case_at):
    another = case_at("rejected")
    drafts.keep(another, text=WORDS)
    from core.uploads import store

    kept = drafts.draft_of(another).files.create(file=store(upload(), by_id=None), name="x")
    inside.post(f"{WRITE}file/{kept.pk}/out/")
    assert drafts.draft_of(another).files.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "س" * 2001])
def test_no_words_or_too_many_are_said_to_be_so(inside, text):
    assert inside.post(WRITE, {"text": text}).status_code == 422
    assert not ObjectionDraft.objects.exists()


def test_a_bad_file_is_named_and_nothing_of_that_sending_is_kept(inside):
    from django.core.files.uploadedfile import SimpleUploadedFile

    bad = SimpleUploadedFile("صورة.jpg", b"<script>", content_type="image/jpeg")
    answer = inside.post(WRITE, {"text": WORDS, "papers": [upload(), bad]})
    assert answer.status_code == 422
    assert "صورة.jpg" in shown(answer)
    assert not StoredFile.objects.exists()
    assert WORDS in answer.content.decode()


def test_five_files_at_most(inside):
    assert inside.post(WRITE, {"text": WORDS, "papers": [upload() for _each in range(6)]}).status_code == 422
    inside.post(WRITE, {"text": WORDS, "papers": [upload() for _each in range(4)]})
    assert inside.post(WRITE, {"text": WORDS, "papers": [upload(), upload()]}).status_code == 422
    assert ObjectionDraft.objects.get().files.count() == 4


def test_files_of_a_day_are_counted(inside, monkeypatch):
    from requests.appeal import public

    monkeypatch.setattr(public, "within", lambda limit, whose: False)
    assert inside.post(WRITE, {"text": WORDS, "papers": [upload()]}).status_code == 422
    assert not StoredFile.objects.exists()


def test_a_draft_left_for_a_day_is_swept_away_with_its_files(inside, day_one):
    inside.post(WRITE, {"text": WORDS, "papers": [upload()]})
    day_one.shift(23 * 3600)
    assert drafts.sweep() == 0
    day_one.shift(2 * 3600)
    assert drafts.sweep() == 1
    assert not StoredFile.objects.exists()


def test_the_period_ending_between_the_check_and_the_sending_is_said(inside, rejected, day_one):
    inside.post(WRITE, {"text": WORDS})
    from datetime import timedelta

    from requests.appeal.rules import last_day

    day_one.move_to(f"{last_day(rejected) + timedelta(days=1)}T00:00:00+03:00", tick=False)
    let_in(inside, rejected)
    assert confirm(inside, rejected).url == DECISION
    assert "انتهت مهلة الاعتراض" in shown(inside.get(DECISION))
    assert not Appeal.objects.exists()


def test_the_counters_objection_is_seen_behind_the_code_too(inside, rejected, cast):
    objected(rejected, cast)
    assert "استلمنا اعتراضك" in shown(inside.get(DECISION))


def test_before_the_door_the_page_says_neither_the_outcome_nor_what_was_sent(client, rejected, cast):
    objected(rejected, cast)
    page = shown(client.get(f"/t/{rejected.status_token}/"))
    assert "وصل إلينا ما كتبته عن القرار" in page
    assert "اعتراضك" not in page
    assert "لم يُقبل" not in page


def test_the_pages_are_light_and_have_no_script(inside):
    inside.post(WRITE, {"text": WORDS})
    for path in ("/status/code/", DECISION, WRITE, CHECK):
        page = inside.get(path).content
        files = loaded(page.decode())
        weights = [gzip.compress(file.read_bytes()) if file.suffix == ".css" else file.read_bytes() for file in files]
        assert len(files) + 1 <= 4, path
        assert len(page) + sum(map(len, weights)) <= 60_000, path
        assert b"<script" not in page
