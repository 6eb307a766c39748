"""Signing by a code: to the number on file, for the data as it stood, typed in any digits, used with the request."""

from datetime import timedelta

import pytest

from channels import delivery
from channels.codes import rules
from channels.models import OneTimeCode
from core.limits import Limit
from core.models import Draft, OutboxRow
from requests.declaration.rules import unsound
from requests.models import Declaration, SupportRequest
from tests.cast import client_of, new_person
from tests.intake.desk import NEW, only_case, returning_form, url_of, whole_form

pytestmark = pytest.mark.django_db
SEND = "/counter/code/"
KEY = "6f1c1f52-6f0e-4a9e-9d0e-6f6f3d5d8a11"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def officer(cast, day_one):
    return client_of(cast.noura)


def form(**changes) -> dict:
    return whole_form(form_key=KEY, signed="code") | changes


def digits() -> str:
    return OutboxRow.objects.filter(event="code_to_sign").latest("id").facts["code"]


def sent_to() -> str:
    return OutboxRow.objects.filter(event="code_to_sign").latest("id").address


def test_a_walk_in_signs_by_the_code_sent_to_the_number_typed(officer):
    page = officer.post(SEND, form())
    assert page.status_code == 200
    assert sent_to() == "+966550000067"
    assert "سارة" in page.content.decode()  # without a script the page comes again, and nothing is lost
    assert officer.post(NEW, form(code=digits())).status_code == 302
    declaration = only_case().declaration
    assert (declaration.signed, declaration.code.used_at is not None) == ("code", True)
    assert unsound(declaration) is None


def test_arabic_digits_with_a_space_are_read(officer):
    officer.post(SEND, form())
    typed = digits().translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert officer.post(NEW, form(code=f"{typed[:3]} {typed[3:]}")).status_code == 302


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "<script>", "9" * 5000])
def test_what_is_no_code_registers_nothing(officer, code):
    officer.post(SEND, form())
    if code == digits():
        code = "000001"
    page = officer.post(NEW, form(code=code))
    assert page.status_code == 422
    assert "code" in page.context["form"].errors
    assert not SupportRequest.objects.exists()


def test_a_wrong_try_is_counted_though_nothing_is_registered(officer):
    officer.post(SEND, form())
    officer.post(NEW, form(code=f"{(int(digits()) + 1) % 1_000_000:06}"))
    assert OneTimeCode.objects.get().tries == 1


@pytest.mark.parametrize(
    "change",
    [
        {"need": "غير ما قيل"},
        {"household_size": "6"},
        {"income_band": "none"},
        {"family_name": "القحطاني"},
        {"birth": "15/8/1412"},
        {"sex": "male"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_code_signs_the_data_as_it_stood_when_it_was_sent(officer, change):
    officer.post(SEND, form())
    page = officer.post(NEW, form(code=digits(), **change))
    assert page.status_code == 422
    assert not SupportRequest.objects.exists()
    assert OneTimeCode.objects.get().used_at is None
    assert officer.post(NEW, form(code=digits())).status_code == 302


def test_who_comes_back_gets_it_on_the_number_on_file_and_the_change_is_said(officer, cast):
    person = new_person(by=cast.noura)
    data = returning_form(person, form_key=KEY, signed="code", mobile="0559876543") | {"person": str(person.pk)}
    panel = officer.post(SEND, data, headers=HTMX)
    assert sent_to() == person.mobile
    assert panel.context["kept"] is True
    officer.post(url_of(person), data | {"code": digits()})
    person.refresh_from_db()
    assert (only_case().declaration.signed, person.mobile) == ("code", "+966559876543")


def test_it_is_not_sent_before_the_data_is_right(officer):
    panel = officer.post(SEND, form(birth=""), headers=HTMX)
    assert panel.status_code == 200
    assert panel.context["code_trouble"]
    assert not OneTimeCode.objects.exists()
    assert officer.post(SEND, form(birth="")).status_code == 422


def test_beyond_the_days_budget_the_page_goes_on_with_paper(officer, monkeypatch):
    monkeypatch.setattr(rules, "IN_A_DAY", Limit("codes-day", 0, timedelta(days=1)))
    panel = officer.post(SEND, form(), headers=HTMX)
    assert str(rules.SENTENCES[rules.Spent.DAY]) in panel.context["code_trouble"]
    assert officer.post(NEW, form(signed="paper")).status_code == 302


def test_a_new_code_is_asked_for_and_the_first_is_no_longer_good(officer):
    officer.post(SEND, form())
    first = digits()
    officer.post(SEND, form())
    if first != digits():
        assert officer.post(NEW, form(code=first)).status_code == 422
    assert officer.post(NEW, form(code=digits())).status_code == 302


def test_pressed_twice_is_one_request(officer):
    officer.post(SEND, form())
    answers = [officer.post(NEW, form(code=digits())) for _press in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [f"/requests/{only_case().reference}/receipt/"] * 2


def test_another_form_is_not_signed_by_it(officer):
    officer.post(SEND, form())
    assert officer.post(NEW, form(code=digits(), form_key="6f1c1f52-6f0e-4a9e-9d0e-6f6f3d5d8a12")).status_code == 422


def test_the_state_of_the_message_is_quiet_until_it_changes(officer, cast):
    officer.post(SEND, form())
    code = OneTimeCode.objects.get()
    assert officer.get(f"{SEND}{code.pk}/?seen=pending").status_code == 204
    delivery.sweep()
    answer = officer.get(f"{SEND}{code.pk}/?seen=pending")
    assert answer.status_code == 200
    assert "hx-get" not in answer.content.decode()  # settled: it asks no more
    assert client_of(cast.saad).get(f"{SEND}{code.pk}/").status_code == 404


def test_the_code_stays_in_no_draft(officer):
    officer.post("/counter/draft/", form(code="774411"))
    assert "774411" not in str(Draft.objects.get().data)


def test_a_person_of_another_branch_gets_no_code_from_here(cast, day_one):
    person = new_person(by=cast.noura)
    assert client_of(cast.huda).post(SEND, form(person=str(person.pk))).status_code == 404


def test_the_witness_is_whoever_registers_or_a_colleague_of_the_branch(officer, cast):
    officer.post(NEW, form(signed="paper", witness=str(cast.saad.pk)))
    assert only_case().declaration.witness == cast.saad
    page = officer.post(NEW, whole_form(witness=str(cast.huda.pk), national_id=None))
    assert "witness" in page.context["form"].errors
    assert Declaration.objects.count() == 1
