"""Asked once, reminded once (rule 6; screens, 6)."""

from datetime import timedelta

from core.models import OutboxRow
from surveys import actions
from surveys.models import Answer, Invitation
from tests.surveys.desk import links


def sent(event: str) -> int:
    return OutboxRow.objects.filter(event=event).count()


def test_a_delivery_is_asked_about_once_however_often_swept(delivered):
    assert actions.sweep_deliveries() == 1
    assert actions.sweep_deliveries() == 0
    assert sent("survey_invitation") == 1


def test_a_delivery_of_more_than_thirty_days_ago_is_not_asked_about(delivered, day_one):
    day_one.shift(actions.OPEN_FOR)
    assert actions.sweep_deliveries() == 0


def test_before_delivery_nobody_is_asked(case_at):
    case_at("registered")
    assert actions.sweep_deliveries() == 0
    assert not Invitation.objects.exists()


def test_a_reminder_comes_on_the_third_day_and_once(link, day_one):
    day_one.shift(timedelta(days=2))
    assert actions.sweep_reminders() == 0
    day_one.shift(timedelta(days=1))
    assert actions.sweep_reminders() == 1
    day_one.shift(timedelta(days=10))
    assert actions.sweep_reminders() == 0
    assert sent("survey_reminder") == 1


def test_whoever_answered_is_not_reminded(client, link, day_one):
    client.post(link, {"face": "5"})
    day_one.shift(timedelta(days=3))
    actions.sweep_reminders()
    assert sent("survey_reminder") == 0


def test_the_second_link_answers_and_closes_the_first(client, link, day_one):
    day_one.shift(timedelta(days=3))
    actions.sweep_reminders()
    second = links()[1]
    client.post(second, {"face": "5"})
    assert "شكرًا لوقتك" in client.post(link, {"face": "1"}).content.decode()
    assert [answer.face for answer in Answer.objects.all()] == [5]


def test_the_first_link_still_answers_after_the_reminder(client, link, day_one):
    day_one.shift(timedelta(days=3))
    actions.sweep_reminders()
    client.post(link, {"face": "3"})
    assert Answer.objects.get().face == 3
