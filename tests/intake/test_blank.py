"""The printable blank (clause TL-4) asks what the counter asks, and nothing else."""

import pytest
from django.urls import reverse

from accounts.models import User
from policies.models import PolicyVersion, Service, ServicePeriod
from requests.intake.blank import SIGNED_BELOW, blank_data, groups
from requests.intake.forms import Desk, IntakeForm
from tests.cast import amend
from tests.paper import holds, is_tagged

WITH_REQUESTS = ["libraries", "cooperative", "social", "software"]


def asked_on_paper() -> dict:
    data = blank_data(Desk.open(), None)
    return {field["name"]: field for group in data["groups"] for field in group["fields"]}


@pytest.mark.parametrize("name", WITH_REQUESTS)
def test_paper_and_counter_ask_the_same(load_pack, name):
    load_pack(name)
    form = IntakeForm(desk=Desk.open(), by=User())
    assert asked_on_paper().keys() == form.fields.keys() - SIGNED_BELOW
    assert [field["label"] for field in asked_on_paper().values()] == [
        str(form.fields[name].label) for name in asked_on_paper()
    ]


def test_a_field_added_to_the_counter_is_on_the_paper_at_once(pack, monkeypatch):
    """The control: what no group names is not lost."""
    form = IntakeForm(desk=Desk.open(), by=User())
    form.fields["new_question"] = form.fields["nationality"]
    assert "new_question" in [field["name"] for group in groups(form) for field in group["fields"]]


def test_a_member_is_asked_for_a_number_and_no_poverty(load_pack):
    load_pack("cooperative")
    data, names = blank_data(Desk.open(), None), asked_on_paper().keys()
    assert data["title"] == "نموذج طلب خدمة عضو"
    assert data["words"]["applicant"] == "العضو"
    assert "member_no" in names
    assert not names & {"household_size", "income_band", "category"}


def test_channels_and_services_are_offered_as_at_the_counter(pack):
    amend(channels=pack.channels[:2])
    fields = asked_on_paper()
    assert fields["channel"]["choices"] == [channel["label"] for channel in pack.channels[:2]]
    assert fields["service"]["choices"] == list(Service.objects.values_list("label", flat=True))


def test_the_declaration_is_the_one_in_force_with_its_days(pack):
    amend(min_decision_days=21, declaration_text="أقر بعد {min_days_words}.")
    assert blank_data(Desk.open(), None)["declaration"] == "أقر بعد ثلاثة أسابيع."


def test_one_services_form_carries_its_own_days_and_papers(pack):
    one = Service.objects.filter(papers__isnull=False).first()

    def write(draft):
        ServicePeriod.objects.create(version=draft, service=one, days=30, clause=draft.clauses.first())

    amend(declaration_text="بعد {min_days_words}.", draft=write)
    data = blank_data(Desk.open(), one)
    assert data["declaration"] == "بعد 30 يومًا."
    assert [row["service"] for row in data["papers"]] == [one.label]


def test_where_the_applicant_does_not_sign_nothing_is_there_to_sign(pack):
    amend(requires_signature=False)
    assert blank_data(Desk.open(), None)["signed"] is False


@pytest.mark.parametrize("name", WITH_REQUESTS)
def test_it_is_a_tagged_pdf_that_anyone_may_print(client, load_pack, name):
    load_pack(name)
    answer = client.get(reverse("requests:blank"))
    assert (answer["Content-Type"], is_tagged(answer.content)) == ("application/pdf", True)
    assert holds(answer.content, "نموذج", PolicyVersion.in_force().term("masc_def"))


def test_one_services_form_is_printed_too(client, pack):
    one = Service.objects.first()
    assert is_tagged(client.get(reverse("requests:blank_for", args=[one.code])).content)
    assert client.get(reverse("requests:blank_for", args=["none"])).status_code == 404


def test_where_no_requests_are_taken_there_is_no_form(client, load_pack):
    load_pack("dawah")
    assert client.get(reverse("requests:blank")).url == reverse("policies:apply")
