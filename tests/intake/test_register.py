"""Registering at the counter: what is required, what is refused, and that a refusal stores nothing."""

import base64
import io
from datetime import date

import pytest
from PIL import Image

from accounts.models import User
from beneficiaries.models import Person
from core.models import AuditRow, Draft, FormKey, OutboxRow, ReadRow, StoredFile
from policies.models import Association, Service
from requests.intake.forms import OF_SIGNING
from requests.models import SupportRequest
from tests.cast import amend, client_of, new_case, new_person
from tests.intake.desk import NEW, only_case, returning_form, url_of, whole_form

pytestmark = pytest.mark.django_db
STORED = (Person, SupportRequest, StoredFile, AuditRow, OutboxRow, FormKey)


def counts() -> list[int]:
    return [model.objects.count() for model in STORED]


def picture(*, drawn: bool = True, kind: str = "PNG") -> bytes:
    canvas = Image.new("RGBA" if kind == "PNG" else "RGB", (60, 30))
    if drawn:
        canvas.putpixel((10, 10), (30, 43, 40, 255)[: len(canvas.getbands())])
    out = io.BytesIO()
    canvas.save(out, kind)
    return out.getvalue()


def data_url(content: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(content).decode()


def upload(name: str, content: bytes) -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


@pytest.fixture
def officer(cast, day_one):
    return client_of(cast.noura)


def test_a_walk_in_is_registered_and_the_receipt_shown(officer, cast):
    answer = officer.post(NEW, whole_form())
    case = only_case()
    assert answer.headers["Location"] == f"/requests/{case.reference}/receipt/"
    assert (case.state, case.branch, case.received_by) == ("received", cast.noura.branch, cast.noura)
    assert case.earliest_decision_on == date(2026, 12, 6)
    assert (case.household_size, case.income_band) == (5, "under_3000")
    assert (case.person.mobile, case.person.birth_calendar) == ("+966550000067", "hijri")
    assert case.declaration.signed == "paper"


def test_arabic_digits_everywhere(officer):
    officer.post(NEW, whole_form(mobile="٠٥٥٠٠٠٠٠٦٧", birth="١٤/٨/١٤١٢", household_size="٥"))
    assert only_case().person.birth_date == date(1992, 2, 17)


@pytest.mark.parametrize(
    "field",
    "first_name father_name family_name national_id birth sex nationality mobile channel household_size income_band "
    "service need signed informed".split(),
)
def test_a_missing_answer_is_refused_keeps_the_rest_and_stores_nothing(officer, field):
    before = counts()
    answer = officer.post(NEW, whole_form(**{field: None}))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "متأخرة عن إيجار" in answer.content.decode() or field == "need"
    assert counts() == before


@pytest.mark.parametrize("field", ["grandfather_name", "category"])
def test_what_is_optional_may_stay_empty(officer, field):
    assert officer.post(NEW, whole_form(**{field: None})).status_code == 302


def test_a_letter_is_taken_without_telling(officer):
    officer.post(NEW, whole_form(channel="letters", informed=None))
    case = only_case()
    assert case.informed_at is None
    assert case.earliest_decision_on is None


@pytest.mark.parametrize("channel", ["interview", "phone", "branch_delegates"])
def test_every_other_channel_needs_the_tick(officer, channel):
    answer = officer.post(NEW, whole_form(channel=channel, informed=None))
    assert answer.context["form"].errors["informed"]


def test_what_is_ticked_names_the_declaration_where_there_is_one(officer):
    assert "والإقرار" in str(officer.get(NEW).context["form"].fields["informed"].label)
    amend(requires_signature=False)
    assert "الإقرار" not in str(officer.get(NEW).context["form"].fields["informed"].label)


def test_a_channel_the_policy_lacks_is_refused(officer):
    answer = officer.post(NEW, whole_form(channel="pigeon"))
    assert "channel" in answer.context["form"].errors


def test_a_service_no_longer_offered_is_refused(officer):
    service = Service.objects.first()
    Service.objects.filter(pk=service.pk).update(is_active=False)
    assert "service" in officer.post(NEW, whole_form(service=str(service.pk))).context["form"].errors


def test_a_future_birth_is_refused(officer):
    assert "birth" in officer.post(NEW, whole_form(birth="23/11/2026")).context["form"].errors
    assert officer.post(NEW, whole_form(birth="22/11/2026")).status_code == 302


def test_an_equal_id_opens_no_second_file_and_shows_the_first(officer, cast):
    person = new_person(by=cast.noura)
    before = counts()
    answer = officer.post(NEW, whole_form(national_id=person.national_id))
    assert answer.status_code == 422
    assert url_of(person) in answer.content.decode()
    assert counts() == before


def test_an_id_filed_in_another_branch_is_refused_without_details(cast):
    person = new_person(by=cast.noura)
    answer = client_of(cast.huda).post(NEW, whole_form(national_id=person.national_id))
    assert answer.status_code == 422
    assert person.full_name not in answer.content.decode()
    assert url_of(person) not in answer.content.decode()


def test_the_same_form_sent_twice_makes_one_request(officer):
    form = whole_form(form_key="6f1c1f52-6f0e-4a9e-9d0e-6f6f3d5d8a11")
    first, second = officer.post(NEW, form), officer.post(NEW, form)
    assert (first.status_code, first.headers["Location"]) == (302, second.headers["Location"])
    assert SupportRequest.objects.count() == 1


def test_control_without_its_key_the_second_sending_is_refused_for_its_id(officer):
    officer.post(NEW, whole_form())
    assert officer.post(NEW, whole_form()).context["form"].has_error("national_id", "taken")


def test_a_refused_form_may_be_sent_again_with_its_key(officer, monkeypatch):
    form = whole_form(form_key="6f1c1f52-6f0e-4a9e-9d0e-6f6f3d5d8a11")
    officer.post(NEW, form | {"need": ""})
    assert officer.post(NEW, form).status_code == 302


def test_a_fault_in_taking_the_request_leaves_no_file_of_a_person(cast, monkeypatch):
    from requests.intake import actions

    monkeypatch.setattr(actions, "list_papers", lambda case: 1 / 0)
    before = counts()
    client = client_of(cast.noura)
    client.raise_request_exception = False
    assert client.post(NEW, whole_form()).status_code == 500
    assert counts() == before


def test_an_officer_without_a_branch_is_told_what_to_do(cast):
    User.objects.filter(pk=cast.noura.pk).update(branch=None)
    answer = client_of(User.objects.get(pk=cast.noura.pk)).post(NEW, whole_form())
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


# The signature


def test_a_drawn_signature_is_kept(officer):
    officer.post(NEW, whole_form(signed="drawn", signature_drawn=data_url(picture())))
    declaration = only_case().declaration
    assert declaration.signed == "drawn"
    assert declaration.signature.kind == "png"


@pytest.mark.parametrize(
    "drawn",
    [
        "",
        "data:image/png;base64,",
        "data:image/png;base64,AAAA",
        "data:image/png;base64,***",
        "data:text/html;base64,PGI+",
        data_url(picture(drawn=False)),
        data_url(picture(kind="JPEG")),
    ],
)
def test_a_signature_that_is_none_is_refused(officer, drawn):
    before = counts()
    answer = officer.post(NEW, whole_form(signed="drawn", signature_drawn=drawn))
    assert answer.status_code == 422
    assert "signed" in answer.context["form"].errors
    assert counts() == before


def test_the_scan_of_a_paper_is_optional_and_kept(officer):
    officer.post(NEW, whole_form(signature_scan=upload("signed.jpg", picture(kind="JPEG"))))
    assert only_case().declaration.signature.kind == "jpg"


def test_a_scan_that_is_no_picture_is_refused_and_nothing_stored(officer):
    before = counts()
    answer = officer.post(NEW, whole_form(signature_scan=upload("signed.jpg", b"<script>alert(1)</script>")))
    assert answer.status_code == 422
    assert "signature_scan" in answer.context["form"].errors
    assert counts() == before


# Somebody known


def test_a_returning_person_needs_only_a_service_a_need_and_the_tick(officer, cast):
    person = new_case(by=cast.noura, income_band="under_3000").person
    page = officer.get(url_of(person))
    form = page.context["form"]
    prefilled = {name: form[name].value() or "" for name in form.fields if name != "signature_scan"}
    answer = officer.post(url_of(person), prefilled | {"need": "إيجار", "informed": "on"})
    assert answer.status_code == 302
    assert SupportRequest.objects.filter(person=person).count() == 2
    assert not AuditRow.objects.filter(verb="amended").exists()


def test_what_changed_is_amended(officer, cast):
    person = new_person(by=cast.noura)
    officer.post(url_of(person), returning_form(person, mobile="0559876543"))
    person.refresh_from_db()
    assert person.mobile == "+966559876543"
    assert AuditRow.objects.filter(verb="amended").exists()


def test_a_refusal_amends_nothing(officer, cast):
    person = new_person(by=cast.noura)
    officer.post(url_of(person), returning_form(person, mobile="0559876543", informed=None))
    person.refresh_from_db()
    assert person.mobile != "+966559876543"


def test_the_id_of_a_known_person_is_masked_and_cannot_be_changed(officer, cast):
    person = new_person(by=cast.noura)
    assert person.national_id not in officer.get(url_of(person)).content.decode()
    officer.post(url_of(person), returning_form(person) | {"national_id": "1000000016"})
    assert Person.objects.get(pk=person.pk).national_id == person.national_id


def test_earlier_requests_are_listed(officer, case):
    assert case.service.label in officer.get(url_of(case.person)).content.decode()
    assert [row["case"] for row in officer.get(url_of(case.person)).context["previous"]] == [case]


def test_opening_a_file_leaves_a_row(officer, cast):
    person = new_person(by=cast.noura)
    officer.get(url_of(person))
    assert ReadRow.objects.filter(subject_id=str(person.pk), actor="noura").exists()


def test_another_branchs_person_does_not_exist_for_a_delegate(cast):
    person = new_person(by=cast.noura)
    delegate = client_of(cast.huda)
    assert delegate.get(url_of(person)).status_code == 404
    assert delegate.post(url_of(person), returning_form(person)).status_code == 404


def test_a_delegate_registers_in_the_own_branch(cast):
    client_of(cast.huda).post(NEW, whole_form())
    assert only_case().branch == cast.north
    assert only_case().person.branch == cast.north


# What the page says


def test_no_more_than_fifteen_questions(officer):
    form = officer.get(NEW).context["form"]
    questions = set(form.fields) - {"informed", *OF_SIGNING}
    assert len(questions) == 15


def test_the_card_is_read_with_the_period_in_words(officer):
    page = officer.get(NEW)
    assert "{min_days_words}" not in page.content.decode()
    assert page.context["earliest"] == date(2026, 12, 6)


def test_from_the_committee_there_is_a_sentence_in_place_of_a_date(officer):
    Association.objects.update(waiting_starts_at="committee_referral")
    page = officer.get(NEW)
    assert page.context["earliest"] is None
    assert page.context["waiting_sentence"] in page.content.decode()
    officer.post(NEW, whole_form())
    case = only_case()
    assert case.earliest_decision_on is None
    assert page.context["waiting_sentence"] in officer.get(f"/requests/{case.reference}/receipt/").content.decode()


def test_members_are_asked_for_their_number_and_not_for_their_poverty(officer, load_pack):
    amend(asks_household=False, has_membership=True)
    fields = officer.get(NEW).context["form"].fields
    assert {"member_no", "member_standing"} <= set(fields)
    assert not {"household_size", "income_band", "category"} & set(fields)
    answer = officer.post(NEW, whole_form(household_size=None, income_band=None, member_no="٤٤٧"))
    assert answer.status_code == 302
    assert only_case().person.member_no == "447"


def test_each_service_shows_its_papers(officer):
    page = officer.get(NEW).content.decode()
    for service in Service.objects.filter(is_active=True):
        assert f'data-papers="{service.pk}"' in page
        assert all(paper.label in page for paper in service.papers.all())


def test_a_page_asks_a_constant_number_of_queries(officer, cast, django_assert_max_num_queries):
    person = new_case(by=cast.noura).person
    for _n in range(4):
        new_case(by=cast.noura, person=person)
    with django_assert_max_num_queries(32):
        officer.get(url_of(person))


def test_an_association_without_support_requests_says_so_and_stores_nothing(cast, officer):
    amend(procedures=["programme_permits"])
    before = counts()
    for url in ("/counter/", NEW):
        page = officer.get(url)
        assert page.status_code == 200
        assert page.context["sentence"] in page.content.decode()
    for url in (NEW, "/counter/search/", "/counter/draft/", "/counter/check/"):
        assert officer.post(url, whole_form()).status_code == 422
    assert counts() == before
    assert not Draft.objects.exists()
