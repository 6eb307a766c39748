"""The receipt of what was approved, by hands that neither voted nor issued."""

import base64
import io

import pytest
from django.urls import reverse
from PIL import Image, ImageDraw

from accounts.roles import Role
from beneficiaries.actions import amend
from core.models import StoredFile
from requests import rules
from requests.delivery.receiving import change_receiving
from requests.models import SupportRequest
from tests.cast import client_of
from tests.delivery.desk import iban_shown
from tests.desk.test_papers import picture


def post(user, case, **facts):
    defaults = {"instalment": "1", "recipient": "person", "received_by_name": "محمد سالم العنزي", "how": "paper"}
    return client_of(user).post(reverse("requests:delivery", args=[case.reference]), defaults | facts)


def opened(user, case):
    return client_of(user).get(reverse("requests:delivery", args=[case.reference]))


def drawn(stroke: bool = True) -> str:
    image, out = Image.new("RGB", (300, 120), "white"), io.BytesIO()
    if stroke:
        ImageDraw.Draw(image).line((10, 10, 200, 90), fill="black", width=3)
    image.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


@pytest.fixture
def registered(case_at):
    return case_at("registered")


def test_the_page_says_what_was_approved_and_nothing_else_of_the_file(registered, cast):
    page = opened(cast.store, registered).content.decode()
    assert registered.decisions.get().what in page
    assert registered.person.full_name in page
    for secret in (registered.need, registered.person.national_id):
        assert secret not in page


def test_the_iban_stands_here_only_for_a_transfer(registered, cast):
    type(registered.person).objects.filter(pk=registered.person_id).update(iban="SA0380000000608010167519")
    assert "SA0380000000608010167519" not in opened(cast.store, registered).content.decode()
    SupportRequest.objects.filter(pk=registered.pk).update(receive_by="transfer")
    assert "SA0380000000608010167519" in opened(cast.store, registered).content.decode()


def test_the_last_receipt_delivers_the_service(registered, cast):
    assert post(cast.store, registered, scan=picture()).status_code == 302
    assert SupportRequest.objects.get(pk=registered.pk).state == "delivered"
    assert post(cast.store, registered, scan=picture()).status_code == 422


def test_a_drawn_signature_is_kept_and_its_absence_is_refused(registered, cast):
    assert post(cast.store, registered, how="drawn", drawn="").status_code == 422
    assert post(cast.store, registered, how="drawn", drawn=drawn(stroke=False)).status_code == 422
    assert post(cast.store, registered, how="drawn", drawn=drawn()).status_code == 302
    stored = StoredFile.objects.get()
    assert client_of(cast.store).get(reverse("requests:file", args=[stored.key])).status_code == 200


def test_a_transfer_needs_its_slip(registered, cast):
    amend(registered.person, by=cast.noura, iban="SA0380000000608010167519")
    facts = {"receive_by": "transfer", "why": "account", "iban_verified": True, "shown": iban_shown(registered)}
    change_receiving(registered, by=cast.store, **facts)
    assert post(cast.store, registered, how="transfer").status_code == 422
    assert post(cast.store, registered, how="transfer", scan=picture()).status_code == 302


@pytest.mark.parametrize("number", ["2", "x", "", "99999999999999"])
def test_an_instalment_that_is_not_there_is_refused(registered, cast, number):
    assert post(cast.store, registered, instalment=number).status_code in (404, 422)


def test_whoever_voted_sees_the_button_disabled_with_the_sentence_of_the_refusal(registered, cast):
    voter = cast.member1
    voter.roles = [*voter.roles, str(Role.SERVICE_OFFICER)]
    voter.save()
    sentence = rules.decided_it(registered, voter)
    assert sentence in opened(voter, registered).content.decode()
    answer = post(voter, registered)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
