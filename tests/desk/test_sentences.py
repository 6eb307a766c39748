"""What the desk's pages say: of which case, with which name, and the same as the person reads."""

import pytest
from django.conf import settings
from django.urls import reverse

from channels import actions as inquiries
from channels.models import Inquiry
from core.references import format_reference
from requests import workflow
from requests.models import SupportRequest
from requests.page import buttons, case_page
from requests.public.progress import page_of
from requests.public.wording import private_sentence
from requests.rules import Applicant
from tests.cast import client_of


def english(person):
    client = client_of(person)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_a_move_names_its_case(cast, case_at):
    case = case_at("verified")
    url = reverse("requests:act", args=[case.reference, "refer_to_research"])
    page = english(cast.noura).post(url, follow=True).content.decode()
    assert f"Request {format_reference(case.reference)}: done (Refer to social research)" in page


def test_an_answer_names_its_inquiry(cast):
    asked = inquiries.ask(by=Applicant(), kind=Inquiry.Kind.INQUIRY, text="متى تفتحون؟", mobile="+966550000090")
    url = reverse("channels:inquiry", args=[asked.reference])
    page = english(cast.noura).post(url, {"text": "من الثامنة."}, follow=True).content.decode()
    assert f"Inquiry {format_reference(asked.reference)}: the answer is saved" in page


@pytest.mark.parametrize("name", ["case", "papers"])
def test_titles_and_the_way_back_group_the_reference(cast, case, name):
    page = client_of(cast.noura).get(reverse(f"requests:{name}", args=[case.reference])).content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    crumbs = page.split('class="crumbs')[1].split("</nav>")[0]
    grouped = format_reference(case.reference)
    assert grouped in title
    assert f">{grouped}<" in crumbs or f" {grouped}<" in crumbs
    assert case.reference not in title


def test_until_the_study_is_complete_the_button_says_to_study(cast, case_at):
    case = case_at("social_research")
    case.researcher = cast.reem
    case.save()
    assert [str(each["label"]) for each in buttons(case, cast.reem)][0] != "رفع إلى اللجنة"


def test_a_complete_study_is_raised(cast, case_at):
    case = case_at("committee_review")
    SupportRequest.objects.filter(pk=case.pk).update(state="social_research")
    case = SupportRequest.objects.get(pk=case.pk)
    assert "رفع إلى اللجنة" in [str(each["label"]) for each in buttons(case, cast.reem)]


def test_the_case_page_shows_a_closed_case_as_the_person_reads_it(cast, case):
    case = workflow.perform(case, "close", by=cast.manager, close_reason="untrue_data", why="")
    shown = case_page(case, cast.noura)["public"]
    assert shown == page_of(case)["stopped"]
    assert case.get_close_reason_display() not in shown
    assert case.get_close_reason_display() in private_sentence(case)
