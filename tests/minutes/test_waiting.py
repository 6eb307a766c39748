"""What of the minutes waits for whom, on the page of what waits for me."""

import pytest

from committee.minutes.actions import add, draft, sign
from committee.minutes.rules import fingerprint
from committee.minutes.waiting import minutes_waiting
from tests.cast import client_of
from tests.minutes.desk import drawn


def waits(user) -> list[str]:
    return [row.what for row in minutes_waiting(user)]


def test_the_secretary_drafts_then_signs_then_the_members_sign(met, cast):
    assert waits(cast.secretary) == ["إعداد محضر الاجتماع 1"]
    minutes = draft(met.meeting, by=cast.secretary)
    assert waits(cast.secretary) == ["توقيع المحضر 1448\u200e-1"]
    assert waits(cast.chair) == []
    sign(minutes, by=cast.secretary, picture=drawn(), seen=fingerprint(minutes))
    assert waits(cast.secretary) == []
    assert waits(cast.chair) == ["توقيع المحضر 1448\u200e-1"]
    assert "توقيع المحضر 1448\u200e-1" in client_of(cast.chair).get("/waiting/").content.decode()


@pytest.mark.parametrize("who", ["deputy", "member3", "manager", "noura"])
def test_nothing_waits_for_whoever_was_not_there(signed, cast, who):
    assert waits(getattr(cast, who)) == []


def test_an_addendum_waits_for_those_who_signed_the_minutes(signed, cast):
    add(signed, by=cast.secretary, text="تصحيح")
    assert waits(cast.secretary) == ["توقيع الملحق 1 للمحضر 1448\u200e-1"]
