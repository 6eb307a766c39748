"""The receipt of one instalment: who received it, how they signed, and what each kind asks before."""

import pytest
from django.urls import reverse

from beneficiaries.models import Person, Representative
from core.errors import Refused
from core.models import OutboxRow, StoredFile
from requests.actions import tell_decision
from requests.delivery.actions import describe
from requests.delivery.letters import issue_letter
from requests.models import Instalment, SupportRequest
from tests.cast import client_of, new_person
from tests.delivery.desk import award_of, opened, planned, post, take
from tests.desk.test_papers import picture

CODE = {"instalment": "1", "recipient": "person", "how": "code"}


def sent(case, cast, **fields):
    answer = post(cast.store, case, "code", **(CODE | fields))
    row = OutboxRow.objects.filter(event="code_to_receive").order_by("-id").first()
    return answer, row


@pytest.fixture
def guardian(registered, cast):
    return Representative.objects.create(
        person=registered.person,
        kind="guardian",
        name="سالم العنزي",
        national_id="x",
        national_id_lookup="x",
        mobile="+966550000009",
        added_by=cast.noura,
    )


def test_the_last_receipt_of_a_schedule_delivers_and_not_one_before(registered, cast):
    planned(registered, cast, 3)
    assert [take(registered, cast, number).state for number in (1, 2, 3)] == ["registered", "registered", "delivered"]
    assert registered.steps.filter(action="deliver").count() == 1


def test_a_code_signs_what_is_received_now(registered, cast):
    answer, row = sent(registered, cast)
    assert (answer.status_code, row.address) == (200, registered.person.mobile)
    assert post(cast.store, registered, **CODE, code=row.facts["code"]).status_code == 302
    got = Instalment.objects.get(case=registered)
    assert got.code.used_at is not None
    assert got.code.bound_to == got.received_sha256


def test_a_code_does_not_sign_what_was_planned_after_it(registered, cast):
    _answer, row = sent(registered, cast)
    planned(registered, cast, 2)
    answer = post(cast.store, registered, **CODE, code=row.facts["code"])
    assert answer.status_code == 422
    assert "إرسال رمز جديد" in answer.content.decode()
    assert award_of(registered).case.instalments.received().count() == 0


def test_a_wrong_code_is_refused_and_the_right_one_signs_once(registered, cast):
    planned(registered, cast, 2)
    _answer, row = sent(registered, cast)
    code = row.facts["code"]
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert post(cast.store, registered, **CODE, code=wrong).status_code == 422
    assert post(cast.store, registered, **CODE, code="").status_code == 422
    assert post(cast.store, registered, **CODE, code=code).status_code == 302
    assert post(cast.store, registered, **CODE | {"instalment": "2"}, code=code).status_code == 422


def test_a_representatives_code_goes_to_their_own_number(registered, cast, guardian):
    chosen = f"rep-{guardian.pk}"
    _answer, row = sent(registered, cast, recipient=chosen)
    assert row.address == guardian.mobile
    assert post(cast.store, registered, **CODE | {"recipient": chosen}, code=row.facts["code"]).status_code == 302
    got = Instalment.objects.get(case=registered)
    assert (got.recipient, got.representative, got.received_by_name) == ("represents", guardian, guardian.name)


def test_a_representative_of_another_is_none(registered, cast, guardian):
    Representative.objects.filter(pk=guardian.pk).update(person=new_person(by=cast.noura))
    fields = {"instalment": "1", "recipient": f"rep-{guardian.pk}", "how": "paper", "scan": picture()}
    assert post(cast.store, registered, **fields).status_code == 422
    with pytest.raises(Refused, match="لا يمثّله"):
        take(registered, cast, recipient="represents", representative=guardian, received_by_name=guardian.name)


def test_a_delegate_is_named_and_the_person_signs_for_them_by_code(registered, cast):
    fields = {"recipient": "delegate", "received_by_name": "  "}
    assert post(cast.store, registered, instalment="1", how="paper", scan=picture(), **fields).status_code == 422
    fields["received_by_name"] = "خالد سعد الشمري"
    _answer, row = sent(registered, cast, **fields)
    assert row.address == registered.person.mobile
    assert post(cast.store, registered, **CODE | fields, code=row.facts["code"]).status_code == 302
    assert Instalment.objects.get(case=registered).received_by_name == "خالد سعد الشمري"


def test_a_refused_receipt_keeps_no_file(registered, cast):
    take(registered, cast)
    kept = set(StoredFile.objects.all())
    answer = post(cast.store, registered, instalment="1", recipient="person", how="paper", scan=picture())
    assert answer.status_code == 422
    assert set(StoredFile.objects.all()) == kept


def test_who_is_paid_or_written_to_is_named_before_the_receipt(registered, cast):
    for kind in ("bill", "repair", "medical", "education", "referral"):
        describe(registered, by=cast.store, kind=kind)
        with pytest.raises(Refused, match="اكتب أولًا"):
            take(registered, cast)
    assert "اكتب أولًا" in opened(cast.store, registered)
    describe(registered, by=cast.store, payee="جهة نموذجية")
    with pytest.raises(Refused, match="الخطاب"):
        take(registered, cast)
    issue_letter(registered, by=cast.store, addressee="جهة", body="نص", signatory="مدير", signatory_title="المدير")
    assert take(registered, cast).state == "delivered"


def test_the_committees_kind_is_not_changed_and_an_open_one_is_chosen(given, cast):
    with pytest.raises(Refused, match="قررته اللجنة"):
        describe(given(kind="bill"), by=cast.store, kind="transfer")
    case = given(kind="")
    assert post(cast.store, case, "details", kind="medical", zakat="on").status_code == 302
    assert (award_of(case).kind, award_of(case).zakat) == ("medical", True)
    with pytest.raises(Refused, match="نوع الدعم"):
        describe(case, by=cast.store, kind="gold")


def test_the_slip_says_what_was_received_and_no_identifier(registered, cast):
    planned(registered, cast, 2)
    take(registered, cast, 1)
    for paper in ("a5", "80"):
        page = opened(cast.store, registered, "slip", 1, paper=paper)
        assert "600" in page
        assert "1 من 2" in page
        assert registered.person.national_id not in page
        assert registered.person.mobile not in page
    assert SupportRequest.objects.get(pk=registered.pk).state == "registered"


def test_completing_registration_says_the_file_number_and_what_was_approved(case_at, cast):
    case = tell_decision(case_at("approved"), by=cast.noura, how="counter")
    address = reverse("requests:act", args=[case.reference, "complete_registration"])
    officer = client_of(cast.noura)
    assert "3,000" in officer.get(address).content.decode()
    page = officer.post(address, {"receive_by": "pickup", "receive_where": "المستودع"}, follow=True).content.decode()
    number = Person.objects.get(pk=case.person_id).file_number
    assert f"رقم الملف {number}" in page
