import pytest

from core.models import OutboxRow
from core.references import format_reference
from requests.models import ProgrammePermit
from requests.permits import views
from tests.cast import client_of
from tests.permits.desk import FORM


def test_a_programme_is_taken_and_confirmed_with_its_number(client, dawah):
    response = client.post("/propose/", FORM)
    permit = ProgrammePermit.objects.get()
    assert response.url == f"/p/{permit.status_token}/"
    page = client.get(response.url).content.decode()
    assert "وصلنا مقترحك" in page
    assert format_reference(permit.reference) in page
    assert OutboxRow.objects.get().event == "permit_received"


@pytest.mark.parametrize("typed", ["10/1/2027", "١٠/١/٢٠٢٧", "2/8/1448"])
def test_the_day_is_typed_in_either_calendar(client, dawah, typed):
    client.post("/propose/", FORM | {"starts_on": typed})
    assert ProgrammePermit.objects.get().starts_on.isoformat() == "2027-01-10"


def test_tomorrow_is_soon_enough_and_today_is_not(client, dawah):
    assert client.post("/propose/", FORM | {"starts_on": "23/11/2026"}).status_code == 302
    response = client.post("/propose/", FORM | {"starts_on": "22/11/2026"})
    assert response.status_code == 422
    assert "اكتب موعدًا بعد اليوم" in response.content.decode()


@pytest.mark.parametrize("field", ["title", "about", "place", "starts_on", "volunteer_name", "mobile"])
def test_every_field_is_needed_and_what_was_typed_is_kept(client, dawah, field):
    response = client.post("/propose/", FORM | {field: ""})
    assert response.status_code == 422
    assert not ProgrammePermit.objects.exists()
    kept = "title" if field != "title" else "place"
    assert FORM[kept] in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_where_the_policy_has_no_permits_there_is_no_such_page(client, pack, method):
    assert getattr(client, method)("/propose/", FORM).status_code == 404
    assert not ProgrammePermit.objects.exists()


def test_the_same_sending_twice_is_one_programme(client, dawah):
    form = FORM | {"form_key": "6f1c1f52-6f0e-4a9e-9d0e-6f6f3d5d8a11"}
    assert client.post("/propose/", form).url == client.post("/propose/", form).url
    assert ProgrammePermit.objects.count() == 1


def test_one_mobile_is_not_flooded(client, dawah):
    answers = [client.post("/propose/", FORM, REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(6)]
    assert answers == [302] * 5 + [429]


def test_without_the_limit_it_would_be(client, dawah, monkeypatch):
    monkeypatch.setattr(views, "within", lambda limit, whose="": True)
    assert [client.post("/propose/", FORM).status_code for _n in range(6)] == [302] * 6


def test_an_officer_enters_one_for_a_volunteer(dawah):
    response = client_of(dawah.noura).post("/programmes/new/", FORM)
    permit = ProgrammePermit.objects.get()
    assert response.url == f"/programmes/{permit.reference}/"
    assert permit.steps.get().by == dawah.noura


@pytest.mark.parametrize("who", ["manager", "reem", "editor"])
def test_nobody_else_enters_one(dawah, who):
    assert client_of(getattr(dawah, who)).post("/programmes/new/", FORM).status_code == 404
    assert not ProgrammePermit.objects.exists()
