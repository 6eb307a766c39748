"""Why the committee postponed a case is the committee's; everybody else reads until when."""

from datetime import timedelta

import pytest

from committee import actions
from core import audit, clock
from core.hijri import format_dual
from core.models import AuditRow
from requests.happened import history
from tests.cast import client_of
from tests.committee.conftest import item, votes  # noqa: F401  # the room of the committee's own tests

WHY = "يشك الأعضاء في صحة ما قاله"


@pytest.fixture
def postponed(item, votes, cast):  # noqa: F811
    until = clock.today() + timedelta(days=9)
    actions.put_motion(item, by=cast.secretary, outcome="postpone", reasons=WHY, until=until)
    votes(yes=cast.voters[:3])
    actions.close_vote(item, by=cast.secretary)
    item.case.refresh_from_db()
    return item.case


def lines(case, *, reasons: bool) -> list[str]:
    return [row["why"] for row in history(case, reasons=reasons) if "أجّلت" in str(row["what"])]


def test_the_counter_reads_until_when_and_not_why(postponed, cast):
    day = format_dual(postponed.postponed_until)
    assert lines(postponed, reasons=True) == lines(postponed, reasons=False) == [f"أُجّل إلى {day}"]
    assert WHY not in client_of(cast.noura).get(f"/requests/{postponed.reference}/").content.decode()
    assert not AuditRow.objects.filter(why__contains=WHY).exists()


def test_the_committee_reads_why_where_it_was_said(postponed, cast, item):  # noqa: F811
    assert item.motions.get(outcome="postpone").reasons == WHY


def test_a_row_of_before_this_tells_no_reason_either(postponed, cast):
    audit.record("postponed", postponed, by=cast.secretary, changes={"until": "2026-12-09"}, why=WHY)
    assert WHY not in str(history(postponed, reasons=True))


def test_equal_votes_stay_among_those_who_voted(item, votes, cast):  # noqa: F811
    votes(yes=cast.voters[:2], no=cast.voters[2:4])
    actions.close_vote(item, by=cast.secretary)
    assert AuditRow.objects.get(verb="postponed").why == ""
