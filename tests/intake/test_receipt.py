import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from core.models import OutboxRow
from core.references import format_reference
from core.templatetags.ui import mobile_local
from policies.models import Association
from requests.intake.slip import USUAL_LINES, qr
from requests.models import DocumentCheck
from tests.cast import client_of, new_case

pytestmark = pytest.mark.django_db


def receipt(case, by, paper=""):
    return client_of(by).get(f"/requests/{case.reference}/receipt/{paper}")


def test_the_receipt_gives_number_date_papers_and_code(case, cast):
    page = receipt(case, cast.noura).content.decode()
    assert format_reference(case.reference) in page
    assert "6 ديسمبر 2026م" in page
    assert "جمادى الآخرة 1448هـ" in page
    assert all(check.label in page for check in case.checks.all())
    assert 'src="data:image/svg+xml' in page


def test_the_code_opens_the_page_of_the_request(case, cast):
    link = reverse("requests:status_link", args=[case.status_token])
    assert receipt(case, cast.noura, "?paper=80").context["receipt"]["qr"] == qr(settings.PORTAL_URL + link)
    assert "استلمنا طلبك" in Client().get(link, follow=True).content.decode()


@pytest.mark.parametrize("paper", ["?paper=a5", "?paper=80"])
def test_a_slip_says_when_and_where_to_come_and_what_to_bring(case, cast, paper):
    page, association = receipt(case, cast.noura, paper).content.decode(), Association.current()
    assert association.hours in page
    assert association.address in page
    assert mobile_local(association.phone) in page
    assert all(check.label in page for check in case.checks.all())
    check = case.checks.first()
    DocumentCheck.objects.filter(pk=check.pk).update(state="given")
    assert check.label not in receipt(case, cast.noura, paper).content.decode()


def test_it_is_printed_again_from_the_page_of_the_request(case, cast):
    here, again = reverse("requests:case", args=[case.reference]), reverse("requests:receipt", args=[case.reference])
    assert again in client_of(cast.noura).get(here).content.decode()
    assert again not in client_of(cast.manager).get(here).content.decode()


def test_a_long_list_gets_a_longer_roll(case, cast):
    assert receipt(case, cast.noura, "?paper=80").context["paper"] == "roll"
    for each in range(USUAL_LINES):
        DocumentCheck.objects.create(case=case, code=f"x{each}", label="ورقة")
    assert receipt(case, cast.noura, "?paper=80").context["paper"] == "roll long"


@pytest.mark.parametrize("paper", ["?paper=a5", "?paper=80"])
def test_a_slip_carries_no_name_no_id_no_mobile(case, cast, paper):
    page = receipt(case, cast.noura, paper).content.decode()
    for private in (
        case.person.first_name + " " + case.person.father_name,
        case.person.national_id,
        case.person.mobile[-9:],
    ):
        assert private not in page


def test_an_unknown_paper_is_the_page_itself(case, cast):
    assert receipt(case, cast.noura, "?paper=../../etc").templates[0].name == "requests/intake/receipt.html"


def test_a_letter_has_a_sentence_in_place_of_the_date(cast, day_one):
    case = new_case(by=cast.noura, channel="letters", informed=False)
    page = receipt(case, cast.noura)
    assert page.context["receipt"]["earliest"] is None
    assert page.context["receipt"]["waiting_sentence"] in page.content.decode()


@pytest.mark.parametrize(
    ("state", "tone"),
    [("pending", "info"), ("sending", "info"), ("sent", "ok"), ("failed", "no"), ("uncertain", "you")],
)
def test_the_message_is_said_to_be_where_it_is(case, cast, state, tone):
    lease = {"lease_until": "2027-01-01T00:00Z", "claim": "6f1c1f52-6f0e-4a9e-9d0e-6f6f3d5d8a11"}
    OutboxRow.objects.update(state=state, **lease)
    context = receipt(case, cast.noura).context
    assert context["message_state"]["tone"] == tone
    assert case.person.mobile not in context["message_state"]["text"]


def test_without_a_message_the_printed_slip_is_handed_over(case, cast):
    OutboxRow.objects.all().delete()
    assert receipt(case, cast.noura).context["message_state"]["tone"] == "you"


def test_out_of_scope_it_does_not_exist(case, cast):
    assert receipt(case, cast.huda).status_code == 404
    assert receipt(case, cast.reem).status_code == 404
    assert client_of(cast.noura).get("/requests/000000000/receipt/").status_code == 404


def test_a_constant_number_of_queries(case, cast, django_assert_max_num_queries):
    client = client_of(cast.noura)
    with django_assert_max_num_queries(10):
        client.get(f"/requests/{case.reference}/receipt/")


def test_in_ramadan_its_hours_stand_before_the_usual_ones(case, cast, day_one):
    Association.objects.update(hours="الأحد إلى الخميس، 8 إلى 3", ramadan_hours="الأحد إلى الخميس، 10 إلى 2")
    assert receipt(case, cast.noura).context["receipt"]["hours"] == ["الأحد إلى الخميس، 8 إلى 3"]
    day_one.move_to("2027-02-20T10:00:00+03:00")  # 13 Ramadan 1448
    slip = receipt(case, cast.noura, "?paper=80").content.decode()
    assert slip.index("10 إلى 2") < slip.index("8 إلى 3")


def test_the_message_is_asked_about_quietly(case, cast):
    client, here = client_of(cast.noura), f"/requests/{case.reference}/receipt/message/"
    assert client.get(f"{here}?seen=pending").status_code == 204
    assert "hx-get" in client.get(here).content.decode()
    OutboxRow.objects.update(state="sent")
    settled = client.get(f"{here}?seen=pending")
    assert settled.status_code == 200
    assert "hx-get" not in settled.content.decode()
    assert client_of(cast.huda).get(here).status_code == 404
