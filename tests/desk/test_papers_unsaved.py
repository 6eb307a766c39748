"""What is typed under one paper outlives the saving of another; marks that say when a field is needed."""

import pytest
from django.urls import reverse

from core.models import Draft
from requests.forms import RegistrationForm
from requests.models import Study, StudySection
from requests.study.questions import OpinionForm
from requests.verification import drafts
from requests.verification.forms import PaperForm
from tests.cast import client_of, new_case


@pytest.fixture
def two(case):
    return list(case.checks.all())[:2]


def typed(check, **facts) -> dict[str, str]:
    return {f"p{check.pk}-{name}": value for name, value in facts.items()}


def save(person, check, **sent):
    return client_of(person).post(reverse("requests:judge", args=[check.case.reference, check.pk]), sent)


def page(person, case) -> str:
    return client_of(person).get(reverse("requests:papers", args=[case.reference])).content.decode()


def test_a_reason_typed_under_one_paper_outlives_the_saving_of_another(cast, case, two):
    saved, other = two
    save(cast.noura, saved, **typed(saved, state="given"), **typed(other, state="problem", reason="الصورة غير واضحة"))
    assert "الصورة غير واضحة" in page(cast.noura, case)
    other.refresh_from_db()
    assert (other.state, other.reason) == ("not_given", "")


def test_it_outlives_a_refusal_too(cast, case, two):
    refused, other = two
    answer = save(cast.noura, refused, **typed(refused, state="problem"), **typed(other, reason="ختمها غير ظاهر"))
    assert answer.status_code == 422
    assert "ختمها غير ظاهر" in answer.content.decode()
    assert "ختمها غير ظاهر" in page(cast.noura, case)


def test_once_saved_nothing_of_it_is_kept(cast, case, two):
    saved, other = two
    save(cast.noura, saved, **typed(saved, state="given"), **typed(other, state="problem", reason="ختمها غير ظاهر"))
    save(cast.noura, other, **typed(other, state="problem", reason="ختمها غير ظاهر أبدًا"))
    other.refresh_from_db()
    assert other.reason == "ختمها غير ظاهر أبدًا"
    assert not Draft.objects.exists()


def test_two_savings_in_a_row_keep_what_is_typed_under_the_third(cast, case):
    first, second, *_rest = case.checks.all()
    third = case.checks.create(code="other-1", label="ورقة ثالثة")
    save(cast.noura, first, **typed(first, state="given"), **typed(third, reason="ناقصة"))
    save(cast.noura, second, **typed(second, state="given"))
    assert "ناقصة" in page(cast.noura, case)


def test_looking_at_another_keeps_it_too(cast, case, two):
    url = reverse("requests:papers", args=[case.reference])
    assert client_of(cast.noura).post(url, typed(two[1], reason="ختمها غير ظاهر")).status_code == 204
    assert "ختمها غير ظاهر" in page(cast.noura, case)


def test_it_is_its_owners_alone(cast, case, two):
    client_of(cast.noura).post(
        reverse("requests:papers", args=[case.reference]), typed(two[1], reason="ختمها غير ظاهر")
    )
    assert "ختمها غير ظاهر" not in page(cast.saad, case)


def test_a_paper_a_colleague_judged_since_shows_their_judgement(cast, case, two, day_one):
    client_of(cast.noura).post(
        reverse("requests:papers", args=[case.reference]), typed(two[1], reason="ختمها غير ظاهر")
    )
    day_one.shift(60)
    save(cast.saad, two[1], **typed(two[1], state="problem", reason="حافتها مقصوصة"))
    shown = page(cast.noura, case)
    assert ("حافتها مقصوصة" in shown, "ختمها غير ظاهر" in shown) == (True, False)


def test_a_paper_of_another_case_is_not_kept(cast, case):
    other = new_case(by=cast.noura).checks.first()
    client_of(cast.noura).post(reverse("requests:papers", args=[case.reference]), typed(other, reason="x"))
    assert not Draft.objects.exists()


def test_whoever_does_not_read_the_case_keeps_nothing_in_it(cast, case, two):
    url = reverse("requests:papers", args=[case.reference])
    assert client_of(cast.huda).post(url, typed(two[1], reason="x")).status_code == 404
    assert not Draft.objects.exists()


def test_what_is_kept_has_a_longest(cast, case, two):
    client_of(cast.noura).post(reverse("requests:papers", args=[case.reference]), typed(two[1], reason="x" * 5000))
    assert len(drafts.typed(Draft.objects.get(), two[1])["reason"]) == drafts.LONGEST


# When a field is needed


def test_a_paper_says_when_its_date_and_reason_are_needed(cast, case):
    check = case.checks.filter(has_expiry=True).first()
    form = PaperForm(check=check, case=case, household=[])
    assert form.fields["valid_until"].needed_when
    assert form.fields["reason"].needed_when
    shown = page(cast.noura, case)
    label = shown.split(f'for="id_p{check.pk}-reason"')[1].split("</label>")[0]
    assert str(form.fields["reason"].needed_when) in label or "مطلوب" in label
    assert "اختياري" not in label


def test_a_study_says_when_what_is_recommended_is_needed(cast, case):
    assert OpinionForm(study=Study(case=case), row=StudySection(name="opinion")).fields["what"].needed_when


def test_a_known_iban_is_asked_for_only_if_it_changed(cast, case):
    person = case.person
    asked = RegistrationForm(person=person, policy=case.policy_version)
    person.iban = "SA0380000000608010167519"
    known = RegistrationForm(person=person, policy=case.policy_version)
    assert (bool(asked.fields["iban"].needed_when), known.fields["iban"].needed_when) == (True, "")
    assert RegistrationForm(person=type(person)(), policy=case.policy_version).fields["iban"].needed_when
