"""The forms open to everybody bring so many text messages in a day and no more; and go on without."""

from datetime import timedelta

import pytest

from channels import delivery
from channels import views as asking
from channels.models import Inquiry
from core.limits import Limit
from core.models import OutboxRow
from core.references import format_reference
from requests.models import ProgrammePermit
from requests.permits import views as proposing
from tests.permits.desk import FORM as PROGRAMME

QUESTION = {"kind": "inquiry", "text": "متى تبدأ الدورة؟", "mobile": "0550000067", "name": ""}
FORMS = [("/ask/", QUESTION, Inquiry), ("/propose/", PROGRAMME, ProgrammePermit)]


@pytest.fixture
def one_a_day(load_pack, day_one, monkeypatch):
    load_pack("dawah")
    for module in (asking, proposing):
        monkeypatch.setattr(module, "PUBLIC_MESSAGES", Limit("public-messages", 1, timedelta(days=1)))


def states() -> list[str]:
    return list(OutboxRow.objects.order_by("id").values_list("state", flat=True))


@pytest.mark.parametrize(("url", "form", "kind"), FORMS, ids=["ask", "propose"])
def test_beyond_the_days_messages_the_form_still_works_and_nothing_is_sent(client, one_a_day, url, form, kind):
    for _time in range(2):
        assert client.post(url, form).status_code == 302
    assert kind.objects.count() == 2
    assert states() == ["pending", "failed"]
    delivery.sweep()
    assert states() == ["sent", "failed"]


@pytest.mark.parametrize(("url", "form", "kind"), FORMS, ids=["ask", "propose"])
def test_the_page_says_the_number_to_keep(client, one_a_day, url, form, kind):
    first = client.post(url, form, follow=True)
    second = client.post(url, form, follow=True)
    warned = [[each.level_tag for each in answer.context["messages"]] for answer in (first, second)]
    assert warned == [["success"], ["success", "warning"]]
    assert format_reference(kind.objects.latest("id").reference) in second.content.decode()


def test_both_forms_draw_on_one_budget(client, one_a_day):
    client.post("/ask/", QUESTION)
    client.post("/propose/", PROGRAMME)
    assert states() == ["pending", "failed"]


def test_the_next_day_brings_messages_again(client, one_a_day, day_one):
    client.post("/ask/", QUESTION)
    day_one.shift(24 * 3600)
    client.post("/ask/", QUESTION)
    assert states() == ["pending", "pending"]


def test_without_the_budget_every_sending_would_bring_one(client, one_a_day, monkeypatch):
    """The control: with the limit switched off, the second is promised like the first."""
    monkeypatch.setattr(asking, "within", lambda limit, whose="": True)
    client.post("/ask/", QUESTION)
    client.post("/ask/", QUESTION)
    assert states() == ["pending", "pending"]


def test_where_there_are_no_requests_the_status_form_speaks_of_none(client, one_a_day):
    for sent in ({"reference": "12", "last_four": "1"}, {"reference": "نعم", "last_four": "1"}):
        page = client.post("/status/", sent).content.decode()
        assert "طلب" not in page.split("<main")[1].split("</main>")[0].replace("طلبات دعم", "")
