import pytest

from channels import views
from channels.models import Inquiry
from core.models import AuditRow, OutboxRow
from policies.models import Association
from tests.cast import client_of
from tests.public.desk import asked

FORM = {"kind": "inquiry", "text": "متى تبدأ الدورة؟", "mobile": "٠٥٥٠٠٠٠٠٦٧", "name": ""}


@pytest.fixture
def inquiry(pack, day_one):
    return Inquiry.objects.create(text="متى تبدأ الدورة؟", mobile="+966550000067")


def test_a_question_is_taken_and_the_person_is_told(client, pack):
    response = client.post("/ask/", FORM)
    inquiry = Inquiry.objects.get()
    assert response.url == f"/i/{inquiry.status_token}/"
    assert inquiry.mobile == "+966550000067"
    assert OutboxRow.objects.get().event == "inquiry_received"
    assert AuditRow.objects.get(verb="asked").actor == "visitor"
    assert "وصلنا ما أرسلته" in client.get(response.url).content.decode()


def test_the_same_sending_twice_is_one_question(client, pack):
    form = FORM | {"form_key": "6f1c1f52-6f0e-4a9e-9d0e-6f6f3d5d8a11"}
    assert client.post("/ask/", form).url == client.post("/ask/", form).url
    assert Inquiry.objects.count() == 1


def test_without_the_key_two_sendings_are_two_questions(client, pack):
    """The control: it is the key that makes them one."""
    client.post("/ask/", FORM)
    client.post("/ask/", FORM)
    assert Inquiry.objects.count() == 2


@pytest.mark.parametrize(
    "wrong", [{"text": ""}, {"mobile": "123"}, {"kind": "other"}, {"text": "ا" * 2001}, {"name": "م5"}]
)
def test_what_is_not_right_is_asked_for_again_and_kept(client, pack, wrong):
    response = client.post("/ask/", FORM | wrong)
    assert response.status_code == 422
    assert not Inquiry.objects.exists()
    assert 'role="alert"' in response.content.decode()


def test_one_mobile_is_not_flooded_with_messages(client, pack):
    answers = [client.post("/ask/", FORM, REMOTE_ADDR=f"10.0.0.{n}").status_code for n in range(6)]
    assert answers == [302] * 5 + [429]
    assert Inquiry.objects.count() == 5


def test_one_address_does_not_flood_us(client, pack):
    answers = [client.post("/ask/", FORM | {"mobile": f"055000006{n % 10}"}).status_code for n in range(11)]
    assert answers == [302] * 10 + [429]


def test_without_the_limit_it_would(client, pack, monkeypatch):
    monkeypatch.setattr(views, "within", lambda limit, whose="": True)
    assert [client.post("/ask/", FORM).status_code for _n in range(6)] == [302] * 6


def test_the_link_shows_the_question_then_its_answer_and_no_mobile(client, inquiry, cast):
    url = f"/i/{inquiry.status_token}/"
    before = client.get(url).content.decode()
    assert "سنجيبك دون تأخير" in before
    client_of(cast.noura).post(f"/inquiries/{inquiry.reference}/", {"text": "تبدأ يوم الأحد."})
    after = client.get(url).content.decode()
    assert "تبدأ يوم الأحد." in after
    assert "550000067" not in before + after


def test_an_unknown_link_is_not_found(client, pack):
    assert client.get("/i/nothing/").status_code == 404


def test_an_answer_is_told(inquiry, cast):
    response = client_of(cast.noura).post(f"/inquiries/{inquiry.reference}/", {"text": "تبدأ يوم الأحد."})
    assert response.url == "/inquiries/"
    assert OutboxRow.objects.get().event == "inquiry_answered"


def test_an_empty_answer_is_refused(inquiry, cast):
    assert client_of(cast.noura).post(f"/inquiries/{inquiry.reference}/", {"text": " "}).status_code == 422


def test_a_second_answer_is_refused_with_a_sentence(inquiry, cast):
    url = f"/inquiries/{inquiry.reference}/"
    client_of(cast.noura).post(url, {"text": "تبدأ يوم الأحد."})
    response = client_of(cast.reem).post(url, {"text": "لا أدري."})
    assert response.status_code == 422
    assert "أجاب زميل" in response.content.decode()
    inquiry.refresh_from_db()
    assert inquiry.answer == "تبدأ يوم الأحد."


def test_late_ones_are_marked_past_the_associations_target(inquiry, cast, day_one):
    Association.objects.update(inquiry_target_hours=24)
    day_one.shift(24 * 3600)
    assert "متأخر" not in client_of(cast.noura).get("/inquiries/").content.decode()
    day_one.shift(1)
    assert "متأخر" in client_of(cast.noura).get("/inquiries/").content.decode()


def test_the_oldest_stands_first_and_pages_go_on_by_key(cast):
    made = [Inquiry.objects.create(text=f"سؤال {n}", mobile="+966550000067") for n in range(views.SHOWN + 2)]
    officer = client_of(cast.noura)
    first = officer.get("/inquiries/")
    assert first.context["waiting"][0]["inquiry"] == made[0]
    second = officer.get(f"/inquiries/?after={first.context['next']}")
    assert [row["inquiry"] for row in second.context["waiting"]] == made[views.SHOWN :]


@pytest.mark.parametrize("after", ["", "x", "-1", "٣", "9" * 40])
def test_any_text_for_a_page_begins_at_the_beginning(inquiry, cast, after):
    assert len(client_of(cast.noura).get("/inquiries/", {"after": after}).context["waiting"]) == 1


def test_the_list_asks_a_constant_number_of_queries(inquiry, cast):
    officer = client_of(cast.noura)
    _page, few = asked(lambda: officer.get("/inquiries/"))
    for number in range(20):
        Inquiry.objects.create(text=f"سؤال {number}", mobile="+966550000067")
    _page, many = asked(lambda: officer.get("/inquiries/"))
    assert many == few


@pytest.mark.parametrize(
    ("who", "status"), [("noura", 200), ("reem", 200), ("manager", 200), ("huda", 404), ("chair", 404), ("it", 404)]
)
def test_who_reads_inquiries(cast, who, status, inquiry):
    person = client_of(getattr(cast, who))
    assert person.get("/inquiries/").status_code == status
    assert person.get(f"/inquiries/{inquiry.reference}/").status_code == status


def test_an_unknown_inquiry_is_not_found(cast):
    assert client_of(cast.noura).get("/inquiries/234567890/").status_code == 404


def test_its_number_opens_it_from_the_status_form_too(client, inquiry):
    client.post("/status/", {"reference": inquiry.reference, "last_four": "0067"})
    assert "متى تبدأ الدورة؟" in client.get("/status/view/").content.decode()
