"""What is not handed over: cancelled with a reason, finished, closed; and calls about what lies there."""

from datetime import timedelta

import pytest

from core import clock
from core.errors import Refused
from core.models import AuditRow
from requests import workflow
from requests.delivery.actions import call, cancel, finish
from requests.models import CollectionCall, SupportRequest
from tests.delivery.desk import planned, post, take


def test_one_instalment_or_all_that_is_left_is_cancelled_and_the_record_says_why(registered, cast):
    planned(registered, cast, 4)
    take(registered, cast, 1)
    assert post(cast.store, registered, "cancel", which="3", why="refused").status_code == 302
    assert post(cast.store, registered, "cancel", which="rest", why="moved", note="إلى مدينة أخرى").status_code == 302
    found = [(each.number, each.cancelled_why) for each in registered.instalments.all()]
    assert found == [(1, ""), (2, "moved"), (3, "refused"), (4, "moved")]
    row = AuditRow.objects.filter(verb="cancelled_instalments").latest("id")
    assert (row.changes["instalments"], "إلى مدينة أخرى" in row.why) == ([2, 4], True)


@pytest.mark.parametrize("why", ["", "bored"])
def test_a_reason_from_the_list_is_asked(registered, cast, why):
    assert post(cast.store, registered, "cancel", which="rest", why=why).status_code == 422
    with pytest.raises(Refused, match="سبب الإلغاء"):
        cancel(registered, by=cast.store, why=why)


def test_after_the_rest_is_cancelled_what_was_received_is_the_service(registered, cast):
    planned(registered, cast, 2)
    take(registered, cast, 1)
    with pytest.raises(Refused, match="الدفعة الأخيرة"):
        finish(registered, by=cast.store)
    cancel(registered, by=cast.store, why="need_ended")
    assert SupportRequest.objects.get(pk=registered.pk).state == "registered"
    assert post(cast.store, registered, "finish").status_code == 302
    assert SupportRequest.objects.get(pk=registered.pk).state == "delivered"


def test_where_nothing_was_received_the_manager_closes(registered, cast):
    cancel(registered, by=cast.store, why="refused")
    with pytest.raises(Refused, match="المدير"):
        finish(registered, by=cast.store)
    case = SupportRequest.objects.get(pk=registered.pk)
    assert workflow.perform(case, "close", by=cast.manager, close_reason="duplicate").state == "closed"


def test_nothing_is_delivered_to_the_dead(registered, cast):
    planned(registered, cast, 2)
    take(registered, cast, 1)
    cancel(registered, by=cast.store, why="died")
    with pytest.raises(Refused, match="توفي"):
        finish(registered, by=cast.store)


def test_what_was_cancelled_is_neither_received_nor_cancelled_again_nor_planned(registered, cast):
    planned(registered, cast, 2)
    cancel(registered, by=cast.store, why="refused", only=registered.instalments.get(number=1))
    with pytest.raises(Refused, match="أُلغيت"):
        take(registered, cast, 1)
    with pytest.raises(Refused, match="أُلغيت"):
        cancel(registered, by=cast.store, why="refused", only=registered.instalments.get(number=1))
    with pytest.raises(Refused, match="600"):  # what is left is half of it
        planned(registered, cast, 2, why="كلها")


def test_a_call_keeps_its_outcome_and_the_day_they_come(registered, cast, day_one):
    planned(registered, cast, 1)
    day_one.shift(timedelta(days=14))
    later = clock.today() + timedelta(days=2)
    typed = f"{later.day}/{later.month}/{later.year}"
    assert post(cast.store, registered, "called", result="will_come", comes_on=typed).status_code == 302
    assert CollectionCall.objects.get().comes_on == later
    assert post(cast.store, registered, "called", result="will_come").status_code == 422
    assert post(cast.store, registered, "called", result="no_answer", comes_on=typed).status_code == 422
    with pytest.raises(Refused, match="اليوم أو بعده"):
        call(registered, by=cast.store, result="will_come", comes_on=clock.today() - timedelta(days=1))
