"""The page behind the code in every state of an objection: how long is left, what happens next, and when it is over."""

from datetime import timedelta

from requests.appeal import actions
from tests.appeal.desk import let_in, objected, shown


def page(client, case) -> str:
    let_in(client, case)
    return shown(client.get("/status/decision/"))


def test_it_says_the_last_day_and_how_many_are_left(client, rejected, day_one):
    said = page(client, rejected)
    assert ("27 رجب 1448" in said, "5 يناير 2027" in said, "بقي 30 يومًا" in said) == (True, True, True)
    day_one.shift(timedelta(days=29))
    assert "بقي يوم واحد" in page(client, rejected)
    day_one.shift(timedelta(days=1))
    assert "اليوم آخر يوم" in page(client, rejected)
    day_one.shift(timedelta(days=1))
    said = page(client, rejected)
    assert ("انتهت مهلة الاعتراض" in said, "أكتب اعتراضي" in said) == (True, False)


def test_after_it_is_sent_it_says_what_follows_and_promises_no_day(client, rejected, cast):
    objected(rejected, cast)
    said = page(client, rejected)
    assert ("استلمنا اعتراضك" in said, "لا نستطيع تحديد يوم القرار" in said) == (True, True)


def test_while_it_is_studied_it_says_so_and_no_longer_the_first_decision(client, rejected, cast):
    objected(rejected, cast)
    actions.take_up(rejected, by=cast.secretary)
    said = page(client, rejected)
    assert ("اعتراضك قيد الدراسة" in said, "ورفعناه إلى اللجنة يوم" in said) == (True, True)
    assert "لم يُقبل طلبك" not in said
