"""Photographs of a visit stand on a consent: none without it, and when it is taken back they go."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from PIL import Image

from core.errors import Refused
from core.models import StoredFile
from requests.models import PhotoConsent, Study, StudyPhoto, StudyResult, SupportRequest
from requests.study.rules import MOST_PHOTOS
from requests.study.visit.actions import add_photos, record_consent
from tests.cast import client_of
from tests.paper import upload
from tests.study.desk import OPINION, address, fill, get, send


def photograph(name="home.jpg"):
    """A picture that says where and with what it was taken."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0110] = "Camera of a phone"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (40, 30), "white").save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


@pytest.fixture
def agreed(taken, cast):
    return record_consent(taken, by=cast.reem, given_by="أم محمد")


def post(person, case, page, *more, **facts):
    return client_of(person).post(address(case, page, *more), facts)


def test_without_consent_there_is_no_photograph(taken, cast):
    with pytest.raises(Refused):
        add_photos(taken, by=cast.reem, files=[photograph()])
    assert post(cast.reem, taken, "study_photos", photographs=photograph()).status_code == 422
    assert not StoredFile.objects.exists()


def test_the_database_knows_no_photograph_without_one(taken):
    from core.uploads import store

    with pytest.raises(IntegrityError):
        StudyPhoto.objects.create(consent_id=None, file=store(photograph(), by_id=None))


def test_consent_says_who_agreed_and_who_wrote_it_down(taken, cast):
    assert post(cast.reem, taken, "study_consent", given_by="").status_code == 422
    post(cast.reem, taken, "study_consent", given_by="أم محمد")
    row = PhotoConsent.objects.get()
    assert (row.given_by, row.recorded_by, row.withdrawn_at) == ("أم محمد", cast.reem, None)


def test_recorded_twice_it_is_one(taken, agreed, cast):
    record_consent(taken, by=cast.reem, given_by="أم محمد")
    assert PhotoConsent.objects.count() == 1


def test_place_and_camera_are_taken_out(taken, agreed, cast):
    assert post(cast.reem, taken, "study_photos", photographs=photograph(), caption="المطبخ").status_code == 302
    stored = StudyPhoto.objects.get().file
    with stored.file.open("rb") as content:
        assert not Image.open(content).getexif()


def test_of_several_one_bad_file_keeps_none(taken, agreed, cast):
    bad = SimpleUploadedFile("home.jpg", b"not a picture")
    answer = post(cast.reem, taken, "study_photos", photographs=[photograph(), bad])
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def test_taken_back_the_photographs_go_and_the_consent_stays_recorded(taken, agreed, cast):
    add_photos(taken, by=cast.reem, files=[photograph(), photograph()])
    post(cast.reem, taken, "study_consent", withdraw="1")
    agreed.refresh_from_db()
    assert agreed.withdrawn_at
    assert not StudyPhoto.objects.exists()
    assert not StoredFile.objects.exists()


def test_one_photograph_is_deleted(taken, agreed, cast):
    kept, gone = add_photos(taken, by=cast.reem, files=[photograph(), photograph()])
    post(cast.reem, taken, "study_photo_remove", gone.pk)
    assert list(StudyPhoto.objects.all()) == [kept]


def test_whoever_reads_the_study_sees_them_and_nobody_else(taken, agreed, cast):
    photo = add_photos(taken, by=cast.reem, files=[photograph()])[0]
    there = f"/files/{photo.file.key}/"
    fill(cast.reem, taken)
    send(cast.reem, taken, "opinion", **OPINION)
    found = {name: client_of(getattr(cast, name)).get(there).status_code for name in "reem member1 noura store".split()}
    assert found == {"reem": 200, "member1": 200, "noura": 404, "store": 404}


def test_after_research_nothing_is_added_or_taken_away(taken, agreed, cast):
    photo = add_photos(taken, by=cast.reem, files=[photograph()])[0]
    fill(cast.reem, taken)
    send(cast.reem, taken, "opinion", **OPINION)
    assert post(cast.reem, taken, "study_photos", photographs=photograph()).status_code == 422
    assert post(cast.reem, taken, "study_photo_remove", photo.pk).status_code == 422
    assert StudyPhoto.objects.count() == 1


@pytest.fixture
def returned(taken, agreed, cast):
    """Raised with one photograph, and with research again."""
    add_photos(taken, by=cast.reem, files=[photograph()])
    fill(cast.reem, taken)
    send(cast.reem, taken, "opinion", **OPINION)
    Study.objects.filter(case=taken).update(completed_at=None)
    SupportRequest.objects.filter(pk=taken.pk).update(state="social_research")
    return SupportRequest.objects.get(pk=taken.pk)


def another():
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "black").save(picture, "JPEG")
    return SimpleUploadedFile("door.jpg", picture.getvalue(), content_type="image/jpeg")


def test_what_was_raised_is_not_deleted_one_by_one(returned, cast):
    raised = StudyPhoto.objects.get()
    new = add_photos(returned, by=cast.reem, files=[another()])[0]
    page = get(cast.reem, returned, "study_section", "visit").content.decode()
    assert address(returned, "study_photo_remove", new.pk) in page
    assert address(returned, "study_photo_remove", raised.pk) not in page
    assert post(cast.reem, returned, "study_photo_remove", raised.pk).status_code == 422
    assert post(cast.reem, returned, "study_photo_remove", new.pk).status_code == 302
    assert list(StudyPhoto.objects.all()) == [raised]


def test_the_consent_taken_back_deletes_what_was_raised_too(returned, agreed, cast):
    post(cast.reem, returned, "study_consent", withdraw="1")
    assert not StudyPhoto.objects.exists()
    assert not StoredFile.objects.exists()
    assert len(StudyResult.objects.get().inputs["visit"]["photographs"]) == 1


def test_what_was_raised_takes_no_place_of_new_ones(returned, cast):
    add_photos(returned, by=cast.reem, files=[another() for _each in range(MOST_PHOTOS)])
    with pytest.raises(Refused):
        add_photos(returned, by=cast.reem, files=[another()])


def test_a_paper_is_no_photograph(taken, agreed, cast):
    answer = post(cast.reem, taken, "study_photos", photographs=upload())
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def test_a_member_of_the_household_is_written_into_the_file(taken, cast):
    facts = {"name": "سارة محمد سالم", "relation": "child", "sex": "female", "birth": "1/1/1440"}
    key = get(cast.reem, taken, "study_member").context["form_key"]
    for _time in range(2):
        assert post(cast.reem, taken, "study_member", form_key=key, **facts).status_code == 302
    assert [row.name for row in taken.person.household.all()] == ["سارة محمد سالم"]
