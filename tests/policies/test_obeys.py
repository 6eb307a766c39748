"""The portal obeys the version in force; what was received before it stays under its own (rule 2)."""

import re

import pytest
from django.urls import reverse

from accounts.roles import Role
from channels.models import Inquiry
from core.errors import Refused
from oversight.demo.sample import sample_id
from policies.models import PolicyVersion, Procedure, Service, ServicePeriod
from requests import workflow
from requests.models import Declaration, SupportRequest
from tests.cast import amend, client_of, new_case, user, walk

FORMS_OF_A_GUEST = {
    "masc_indef": "نزيل",
    "masc_def": "النزيل",
    "masc_acc": "نزيلًا",
    "masc_li": "للنزيل",
    "fem_indef": "نزيلة",
    "fem_def": "النزيلة",
    "fem_acc": "نزيلةً",
    "fem_li": "للنزيلة",
    "dual_nom": "نزيلان",
    "dual_obl": "نزيلين",
    "pl_nom_indef": "نزلاء",
    "pl_nom_def": "النزلاء",
    "pl_obl_indef": "نزلاء",
    "pl_obl_def": "النزلاء",
    "pl_li": "للنزلاء",
}
TYPED = {
    "first_name": "سارة",
    "father_name": "علي",
    "family_name": "الشهري",
    "birth": "14/8/1412",
    "sex": "female",
    "nationality": "السعودية",
    "mobile": "0550000067",
    "household_size": "5",
    "income_band": "under_3000",
    "need": "متأخرة عن الإيجار.",
    "informed": "on",
    "signed": "paper",
    "channel": "interview",
}


def without(version: PolicyVersion, channel: str) -> PolicyVersion:
    return amend(channels=[each for each in version.channels if each["code"] != channel])


def send(person, **changed):
    """Register a walk-in at the counter, as a browser does."""
    typed = {**TYPED, "service": Service.objects.first().pk, "national_id": sample_id(7002), **changed}
    return client_of(person).post(reverse("requests:register_new"), typed)


def read(person, name: str, *args) -> str:
    return client_of(person).get(reverse(name, args=args)).content.decode()


def main_of(page: str) -> str:
    return page.split("<main")[1]


# Channels


def test_a_removed_channel_is_not_offered_and_its_post_is_refused_with_a_sentence(cast, pack, day_one):
    without(pack, "letters")
    assert 'value="letters"' not in read(cast.noura, "requests:register_new")
    answer = send(cast.noura, channel="letters")
    assert answer.status_code == 422
    assert "هذه القناة ليست من قنوات الجمعية في سياستها" in answer.content.decode()
    assert not SupportRequest.objects.exists()


def test_the_verb_refuses_it_too(cast, pack, day_one):
    without(pack, "letters")
    with pytest.raises(Refused):
        new_case(by=cast.noura, channel="letters")


def test_an_offered_channel_is_taken(cast, pack, day_one):
    without(pack, "letters")
    assert send(cast.noura, channel="phone").status_code == 302
    assert SupportRequest.objects.get().channel == "phone"


def test_a_case_of_a_removed_channel_still_reads_its_name(cast, pack, day_one):
    case = new_case(by=cast.noura, channel="letters")
    without(pack, "letters")
    assert "الخطابات" in read(cast.noura, "requests:case", case.reference)


@pytest.mark.parametrize("page", ["policies:home", "policies:apply"])
def test_the_public_pages_name_the_channels_in_force(client, pack, page):
    assert "الخطابات" in main_of(client.get(reverse(page)).content.decode())
    without(pack, "letters")
    assert "الخطابات" not in main_of(client.get(reverse(page)).content.decode())


def test_without_the_website_among_the_channels_nothing_is_asked_there(client, pack):
    facts = {"kind": "inquiry", "mobile": "0550000067", "text": "متى الدوام؟"}
    without(pack, "website")
    answer = client.post(reverse("channels:ask"), facts)
    assert (answer.status_code, Inquiry.objects.count()) == (422, 0)
    assert client.get(reverse("channels:ask")).status_code == 200


def test_with_it_an_inquiry_is_taken(client, pack):
    facts = {"kind": "inquiry", "mobile": "0550000067", "text": "متى الدوام؟"}
    assert client.post(reverse("channels:ask"), facts).status_code == 302
    assert Inquiry.objects.get().channel == "website"


# The word for the person served


def test_the_new_word_stands_everywhere_and_the_old_one_nowhere(client, cast, pack, day_one):
    amend(person_terms=FORMS_OF_A_GUEST, officer_title={"masc": "موظف علاقات النزلاء", "fem": ""})
    case = new_case(by=cast.noura)
    pages = [
        read(cast.noura, "requests:register_new"),
        read(cast.noura, "requests:case", case.reference),
        read(cast.noura, "requests:receipt", case.reference),
        read(cast.manager, "requests:act", case.reference, "close"),
        client.get(reverse("policies:home")).content.decode(),
        client.get(reverse("policies:apply")).content.decode(),
    ]
    said = [re.sub(r"<details class=\"because.*?</details>", "", main_of(page), flags=re.S) for page in pages]
    assert [word for page in said for word in re.findall("[وفبكل]*(?:ال|لل)?مستفيد\\w*", page)] == []
    assert "النزيل" in said[0]
    assert "النزيل" in said[1]


def test_a_case_keeps_the_word_it_was_received_under(cast, pack, day_one):
    case = new_case(by=cast.noura)
    amend(person_terms=FORMS_OF_A_GUEST)
    assert "النزيل" not in read(cast.noura, "requests:case", case.reference)
    assert "ما يراه المستفيد الآن" in read(cast.noura, "requests:case", case.reference)


def test_a_step_belongs_to_the_officer_by_the_title_of_the_policy(cast, pack, day_one):
    amend(officer_title={"masc": "موظف علاقات النزلاء", "fem": ""})
    case = new_case(by=cast.noura)
    assert "موظف علاقات النزلاء" in workflow.why_not(case, "verify", by=cast.reem)


def test_the_demonstrations_doors_use_that_title(client, pack, settings):
    settings.DEMO = True
    user("guide", "سعاد", Role.OFFICER)
    amend(officer_title={"masc": "موظف علاقات النزلاء", "fem": ""})
    assert "موظف علاقات النزلاء · سعاد" in client.get(reverse("policies:home")).content.decode()


# The waiting period and the declaration


def test_a_new_request_waits_the_new_days_and_an_old_one_its_own(cast, pack, day_one):
    old = new_case(by=cast.noura)
    amend(min_decision_days=21)
    new = new_case(by=cast.noura)
    old.refresh_from_db()
    assert [(case.earliest_decision_on - case.waiting_from).days for case in (old, new)] == [14, 21]


def test_each_signs_the_declaration_of_its_version_with_its_days(cast, pack, day_one):
    old = new_case(by=cast.noura)
    amend(min_decision_days=21, declaration_text="أقرّ، والرد بعد {min_days_words}.")
    new = new_case(by=cast.noura)
    old.declaration.refresh_from_db()
    assert new.declaration.text == "أقرّ، والرد بعد ثلاثة أسابيع."
    assert "أسبوعين" in old.declaration.text
    assert "{" not in old.declaration.text


def test_a_service_with_days_of_its_own_signs_and_waits_them(cast, pack, day_one):
    one = Service.objects.filter(papers__isnull=False).first()

    def write(draft):
        ServicePeriod.objects.create(version=draft, service=one, days=30, clause=draft.clauses.first())

    amend(declaration_text="الرد بعد {min_days_words}.", draft=write)
    case = new_case(by=cast.noura, service=one)
    other = new_case(by=cast.noura, service=Service.objects.exclude(pk=one.pk).first())
    assert (case.min_decision_days, case.declaration.text) == (30, "الرد بعد 30 يومًا.")
    assert (other.min_decision_days, other.declaration.text) == (14, "الرد بعد أسبوعين.")


# Signing


def test_where_the_policy_asks_nobody_to_sign_the_counter_asks_for_no_signature(cast, pack, day_one):
    amend(requires_signature=False)
    page = read(cast.noura, "requests:register_new")
    assert 'name="signed"' not in page
    assert send(cast.noura).status_code == 302
    assert not Declaration.objects.exists()


def test_such_a_request_is_carried_to_its_end(cast, pack, day_one):
    amend(requires_signature=False)
    case = walk(new_case(by=cast.noura), cast, to="delivered", traveller=day_one)
    assert case.state == "delivered"


def test_where_it_asks_a_signature_none_may_be_left_out(cast, pack, day_one):
    assert 'name="signed"' in read(cast.noura, "requests:register_new")
    assert send(cast.noura, signed="").status_code == 422
    assert not SupportRequest.objects.exists()


# The procedure


@pytest.fixture
def both(cast, pack):
    return amend(procedures=[str(each) for each in Procedure])


def test_both_procedures_open_both_doors(client, both):
    page = main_of(client.get(reverse("policies:home")).content.decode())
    assert reverse("policies:apply") in page
    assert reverse("requests:propose") in page


def test_one_procedure_opens_its_own_door_alone(client, pack):
    page = main_of(client.get(reverse("policies:home")).content.decode())
    assert reverse("policies:apply") in page
    assert reverse("requests:propose") not in page


def test_a_programme_is_proposed_and_not_applied_for(client, both):
    Service.objects.filter(pk=Service.objects.first().pk).update(kind="programme")
    page = client.get(reverse("policies:service", args=[Service.objects.first().code])).content.decode()
    assert reverse("requests:propose") in page
    assert reverse("requests:blank_for", args=[Service.objects.first().code]) not in page
    assert 'id="wait"' not in page


def test_a_policy_without_support_requests_stops_the_counter_at_once(cast, pack, day_one):
    case = new_case(by=cast.noura)
    amend(procedures=[str(Procedure.PROGRAMME_PERMITS)])
    assert send(cast.noura).status_code == 422
    assert SupportRequest.objects.count() == 1
    assert client_of(cast.noura).get(reverse("requests:case", args=[case.reference])).status_code == 200
