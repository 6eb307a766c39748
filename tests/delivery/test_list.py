"""The list of deliveries: what is paid from zakat stands alone on request, and no paper of the person's says so."""

from datetime import timedelta

import pytest

from core.models import OutboxRow
from requests.delivery.actions import cancel, describe
from requests.delivery.listing import DUE, NEW, counts
from tests import recorded
from tests.cast import client_of
from tests.delivery.desk import address, opened, planned, post, take


@pytest.fixture
@recorded.kept_rows
def two(given, cast, day_one):
    """One from zakat, due today; one from elsewhere, due today."""
    cases = [given(), given()]
    describe(cases[0], by=cast.store, kind="transfer", zakat=True)
    for case in cases:
        planned(case, cast, 1)
    return cases


def listed(cast, query: str) -> str:
    return client_of(cast.store).get(f"/deliveries/{query}").content.decode()


def test_zakat_is_counted_and_shown_alone_under_an_address_that_is_shared(two, cast):
    ours, other = (case.reference for case in two)
    whole, alone = listed(cast, "?tab=due"), listed(cast, "?tab=due&zakat=1")
    assert (ours in whole, other in whole) == (True, True)
    assert (ours in alone, other in alone) == (True, False)
    assert counts(cast.store, zakat=True) == counts(cast.store) | {DUE: 1}
    assert "/deliveries/?tab=new&amp;zakat=1" in alone
    assert "zakat=1" not in listed(cast, f"?tab={NEW}")  # no filter where it would show nothing


def test_a_zakat_filter_that_finds_nothing_says_so_and_leads_back(two, cast):
    assert "لا شيء من الزكاة هنا الآن" in listed(cast, "?tab=coming&zakat=1")


def test_only_the_associations_copy_of_the_slip_says_zakat(two, cast):
    case, other = two
    for each in two:
        take(each, cast)
    assert "زكاة" not in opened(cast.store, case, "slip", 1)
    own = opened(cast.store, case, "slip", 1, copy="own")
    assert ("نسخة الجمعية" in own, "الزكاة" in own) == (True, True)
    assert "الزكاة" not in opened(cast.store, other, "slip", 1, copy="own")
    assert "copy=own" in opened(cast.store, case)
    assert "copy=own" not in opened(cast.store, other)


def test_what_became_of_the_code_is_read_anew_and_nothing_is_sent(registered, cast):
    planned(registered, cast, 1)
    fields = {"instalment": 1, "recipient": "person", "how": "code", "note": "عند الباب"}
    post(cast.store, registered, "code", **fields)
    sent = registered.instalments.get()
    page = post(cast.store, registered, "code", look="1", **fields)
    body = page.content.decode()
    assert (page.status_code, "عند الباب" in body, 'name="look"' in body) == (200, True, True)
    rows = OutboxRow.objects.filter(event="code_to_receive")
    assert rows.count() == 1
    rows.update(state="uncertain")
    body = post(cast.store, registered, "code", look="1", **fields).content.decode()
    assert ("لا يُعرف" in body or "لم يُعرف" in body, 'name="look"' in body) == (True, False)
    assert sent.code_id is None


def test_cancelled_instalments_are_folded_below_those_that_stand(registered, cast):
    planned(registered, cast, 3)
    last = registered.instalments.get(number=3)
    cancel(registered, by=cast.store, why="need_ended", only=last)
    page = opened(cast.store, registered)
    assert "دفعة واحدة ملغاة" in page
    assert page.index('<ol class="plain papers instalments">') < page.index('<details class="cancelled">')
    cancel(registered, by=cast.store, why="need_ended")
    assert '<details class="cancelled" open>' in opened(cast.store, registered)


def test_what_lies_uncollected_says_since_when_and_what_to_do(registered, cast, day_one):
    planned(registered, cast, 1)
    assert "المطلوب الاتصال" not in opened(cast.store, registered)
    day_one.shift(timedelta(days=14))
    page = opened(cast.store, registered)
    assert ("ولم يحضر أحد لاستلامها" in page, "منذ 14 يومًا" in page) == (True, True)
    assert address(registered, "cancel") in page
