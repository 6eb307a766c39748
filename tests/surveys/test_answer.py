"""Five faces on one page: one tap by POST, changed for a day, and never by opening the link."""

from datetime import timedelta

import pytest

from surveys import actions
from surveys.models import Answer, Invitation


def text(client, link: str) -> str:
    response = client.get(link)
    assert response.status_code == 200
    return response.content.decode()


def test_opening_the_link_records_nothing(client, link):
    for _preview in range(3):
        text(client, link)
    assert not Answer.objects.exists()
    assert not Invitation.objects.get().answered


def test_the_page_has_five_faces_and_says_who_sees_it(client, link):
    page = text(client, link)
    assert page.count('name="face"') == 5
    assert "من يرى رأيك؟" in page
    assert "للتطوير لا للعقاب" in page


def test_one_tap_answers(client, link, delivered):
    assert client.post(link, {"face": "4"}).url == link
    answer = Answer.objects.get()
    assert (answer.face, answer.words, answer.service) == (4, "", delivered.service.code)
    assert "شكرًا لك، وصلنا رأيك" in text(client, link)


def test_words_come_after_and_keep_the_face(client, link):
    client.post(link, {"face": "4"})
    client.post(link, {"face": "4", "words": "شكرًا لكم"})
    answer = Answer.objects.get()
    assert (answer.face, answer.words) == (4, "شكرًا لكم")
    assert "شكرًا لكم" in text(client, link)


def test_another_face_changes_it(client, link):
    client.post(link, {"face": "4"})
    client.post(link, {"face": ["4", "2"], "words": ""})
    assert Answer.objects.get().face == 2


@pytest.mark.parametrize("face", ["", "0", "6", "x", "٧"])
def test_what_is_no_face_is_asked_for_again(client, link, face):
    assert client.post(link, {"face": face}).status_code == 422
    assert not Answer.objects.exists()


def test_words_too_long_are_asked_for_again(client, link):
    client.post(link, {"face": "4"})
    assert client.post(link, {"face": "4", "words": "ا" * 1001}).status_code == 422
    assert Answer.objects.get().words == ""


def test_it_may_be_changed_until_the_end_of_the_next_day(client, link, day_one):
    client.post(link, {"face": "4"})
    day = Answer.objects.get().edit_until
    day_one.move_to(f"{day}T23:59:59+03:00", tick=False)
    client.post(link, {"face": "1"})
    assert Answer.objects.get().face == 1
    day_one.shift(1)
    assert "شكرًا لوقتك" in client.post(link, {"face": "5"}).content.decode()
    assert Answer.objects.get().face == 1


@pytest.mark.parametrize("link", ["/s/nothing/", "/s/" + "x" * 200 + "/"])
def test_a_link_that_is_not_open_says_thank_you(client, pack, link):
    assert "شكرًا لوقتك" in text(client, link)
    assert "شكرًا لوقتك" in client.post(link, {"face": "5"}).content.decode()
    assert not Answer.objects.exists()


def test_a_link_closes_after_thirty_days(client, link, day_one):
    day_one.shift(timedelta(days=30))
    actions.sweep_reminders()
    assert "كيف كانت خدمتنا لك؟" in text(client, link)
    day_one.shift(timedelta(days=1))
    actions.sweep_reminders()
    assert "شكرًا لوقتك" in text(client, link)


def test_there_is_no_way_elsewhere_from_the_question(client, link):
    assert 'aria-label="القائمة الرئيسة"' not in text(client, link)
