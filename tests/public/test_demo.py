"""The demonstration's doors and telephone, which exist nowhere else."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from channels import delivery, gateways
from tests.cast import client_of


@pytest.fixture
def phone(settings, tmp_path):
    settings.DEMO, settings.VAR, settings.MESSAGE_GATEWAY = True, tmp_path, "console"
    return tmp_path / "demo-phone.jsonl"


def test_outside_a_demonstration_there_is_no_such_page(client, pack):
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/enter/", {"username": "noura"}).status_code == 404


def test_a_role_is_entered_with_one_press(client, cast, phone):
    assert client.post("/demo/enter/", {"username": "noura"}).url == "/waiting/"


def test_a_message_sent_can_be_read_and_its_link_opened(client, case, phone):
    delivery.sweep()
    page = client.get("/demo/").content.decode()
    assert f"/t/{case.status_token}/" in page
    assert case.mobile_to_tell not in page
    assert case.mobile_to_tell[-4:] not in json.loads(phone.read_text().splitlines()[-1])["to"]


def test_outside_a_demonstration_no_text_is_kept(case, settings, tmp_path):
    settings.DEMO, settings.VAR, settings.MESSAGE_GATEWAY = False, tmp_path, "console"
    delivery.sweep()
    assert list(tmp_path.glob("demo-phone*")) == []


def test_the_telephone_shows_the_last_fifteen_newest_first(client, pack, phone):
    for number in range(20):
        gateways.console("+966550000067", f"رسالة {number}")
    page = client.get("/demo/").content.decode()
    assert page.count('class="sms"') == 15
    assert page.index("رسالة 19") < page.index("رسالة 5")
    assert "رسالة 4<" not in page


def test_the_telephones_file_does_not_grow_without_end(phone):
    for number in range(gateways.KEPT_ON_THE_DEMO_PHONE + 3):
        gateways.put_on_demo_phone("+966550000067", f"رسالة {number}")
    lines = phone.read_text(encoding="utf-8").splitlines()
    assert len(lines) == gateways.KEPT_ON_THE_DEMO_PHONE
    assert json.loads(lines[-1])["text"] == f"رسالة {gateways.KEPT_ON_THE_DEMO_PHONE + 2}"


def test_messages_sent_by_many_workers_at_once_are_all_there_and_whole(phone):
    with ThreadPoolExecutor(8) as workers:
        list(workers.map(lambda number: gateways.put_on_demo_phone("+966550000067", f"رسالة {number}" * 40), range(80)))
    assert {message["text"] for message in gateways.demo_phone(200)} == {f"رسالة {number}" * 40 for number in range(80)}


def test_ready_cases_are_those_of_today_and_tomorrow(client, cast, case_at, day_one, phone):
    case = case_at("committee_review")

    def ready_on(day: int) -> list[bool]:
        day_one.move_to(f"2026-12-{day:02d}T09:00:00+03:00", tick=False)
        return [row["today"] for row in client.get("/demo/").context["cases"]]

    assert case.earliest_decision_on.isoformat() == "2026-12-06"
    assert [ready_on(4), ready_on(5), ready_on(6)] == [[], [False], [True]]


def test_what_a_message_says_is_shown_as_text(client, pack, phone):
    gateways.console("+966550000067", "<b>مرحبًا</b>")
    assert "<b>مرحبًا</b>" not in client.get("/demo/").content.decode()


def test_signed_in_people_may_look_too(cast, phone):
    assert client_of(cast.noura).get("/demo/").status_code == 200
