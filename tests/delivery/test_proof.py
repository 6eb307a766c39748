"""What proves a receipt: the paper, the drawing or the slip is kept, and what was signed for stands as it was."""

import io
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from beneficiaries.models import Person
from core.errors import Refused
from core.models import StoredFile
from core.uploads import store
from oversight.demo.ink import signature
from requests.delivery import rules
from requests.delivery.actions import cancel, describe
from requests.delivery.forms import ReceiptForm
from requests.models import Instalment, SupportRequest
from tests.delivery.desk import opened, planned, post, signed_paper, take
from tests.desk.test_papers import picture
from tests.paper import upload

PAPER = {"instalment": "1", "recipient": "person", "how": "paper"}


def test_one_enter_records_nothing(registered, cast):
    """The page as it opens, sent as it is: no way of signing was chosen, and none is taken for granted."""
    assert post(cast.store, registered, instalment="1", recipient="person").status_code == 422
    assert not Instalment.objects.received().exists()


@pytest.mark.parametrize("how", ["paper", "transfer"])
def test_a_signed_paper_and_a_transfer_have_their_scan(registered, cast, how):
    answer = post(cast.store, registered, **PAPER | {"how": how})
    assert (answer.status_code, "أرفق" in answer.content.decode()) == (422, True)
    assert not Instalment.objects.received().exists()


def test_with_its_scan_it_is_recorded(registered, cast):
    assert post(cast.store, registered, **PAPER, scan=picture()).status_code == 302
    assert Instalment.objects.get(case=registered).signature == StoredFile.objects.get()


SHEETS = [signature("1").getvalue(), upload().read()]


@pytest.mark.parametrize("sheet", SHEETS, ids=["png", "pdf"])
def test_one_paper_does_not_sign_for_two_people(registered, case_at, cast, sheet):
    """Sent anew it is known again. A bank's slip may name many; and one person may sign for two instalments at once."""
    planned(registered, cast, 2)
    another = case_at("registered")
    assert another.person != registered.person
    for number in (1, 2):
        take(registered, cast, number, signature=scanned(sheet))
    with pytest.raises(Refused, match="توقيع مرفق بإيصال مستفيد آخر"):
        take(another, cast, signature=scanned(sheet))
    assert not Instalment.objects.received().filter(case=another).exists()
    assert rules.paper_of_another(another, "transfer", scanned(sheet)) is None


def test_two_files_of_one_person_are_one_person(registered, case_at, cast):
    another, paper = case_at("registered"), signature("2").getvalue()
    take(registered, cast, signature=scanned(paper))
    Person.objects.filter(pk=registered.person.pk).update(merged_into=another.person)
    assert rules.paper_of_another(SupportRequest.objects.get(pk=another.pk), "paper", scanned(paper)) is None


def scanned(sheet: bytes) -> StoredFile:
    return store(io.BytesIO(sheet), by_id=None)


@pytest.mark.parametrize("how", ["drawn", "paper", "transfer", "nod"])
def test_the_verb_asks_for_it_too(registered, cast, how):
    with pytest.raises(Refused):
        take(registered, cast, how=how, signature=None)


@pytest.mark.parametrize("how", ["drawn", "paper", "transfer"])
def test_and_so_does_the_database(registered, cast, how):
    of_case = Instalment.objects.filter(case=registered)
    said = {"receipted_at": "2026-12-20T09:00Z", "receipted_by": cast.store, "receipted_how": how, "signed_for": {}}
    with pytest.raises(IntegrityError, match="a_receipt_on_a_file_has_it"), transaction.atomic():
        of_case.update(**said)
    with pytest.raises(IntegrityError, match="a_receipt_keeps_what_was_signed_for"), transaction.atomic():
        of_case.update(**said | {"signed_for": None, "signature": signed_paper()})


@pytest.mark.parametrize(
    ("receive_by", "where", "offered"),
    [
        ("pickup", "المستودع", {"recipient": "person"}),
        ("transfer", "", {"recipient": "person", "how": "transfer"}),
        ("delegate", "خالد سعد الشمري", {"recipient": "delegate", "received_by_name": "خالد سعد الشمري"}),
    ],
)
def test_only_what_was_arranged_is_filled_in(registered, receive_by, where, offered):
    SupportRequest.objects.filter(pk=registered.pk).update(receive_by=receive_by, receive_where=where)
    case = SupportRequest.objects.get(pk=registered.pk)
    assert ReceiptForm(instalment=case.instalments.get()).initial == {"instalment": 1} | offered


def test_the_paper_to_be_signed_is_printed_before_and_gone_once_cancelled(registered, cast):
    page = opened(cast.store, registered, "slip", 1)
    assert ("للتوقيع" in page, "استلمت ما ذُكر" in page, "1,200" in page) == (True, True, True)
    assert registered.person.national_id not in page
    cancel(registered, by=cast.store, why="refused")
    assert post(cast.store, registered, "slip", 1).status_code == 405
    assert "للتوقيع" not in opened(cast.store, registered, "slip", 1)


# What was signed for stands


@pytest.fixture
def begun(given, cast):
    """Of two instalments in kind the first was signed for: a washing machine."""
    case = given(kind="in_kind")
    describe(case, by=cast.store, items="غسالة ملابس")
    planned(case, cast, 2)
    take(case, cast, 1)
    return case


def test_the_slip_printed_again_says_what_was_signed(begun, cast):
    describe(begun, by=cast.store, items="مكيف نافذة")
    first = opened(cast.store, begun, "slip", 1)
    assert ("غسالة ملابس" in first, "مكيف نافذة" in first) == (True, False)
    take(begun, cast, 2)
    assert "مكيف نافذة" in opened(cast.store, begun, "slip", 2)
    one, two = begun.instalments.order_by("number")
    assert (one.signed_for["items"], two.signed_for["items"]) == ("غسالة ملابس", "مكيف نافذة")
    assert [rules.bound(each.signed_for) for each in (one, two)] == [one.received_sha256, two.received_sha256]


def test_it_is_sealed_and_does_not_change(begun):
    one = begun.instalments.get(number=1)
    with pytest.raises(Exception, match="stays as it was signed"), transaction.atomic():
        Instalment.objects.filter(pk=one.pk).update(signed_for={"items": "ذهب"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT signed_for FROM requests_instalment WHERE id = %s", [one.pk])
        assert "غسالة" not in str(cursor.fetchone())


def test_who_was_paid_is_kept_too_and_stands_on_the_associations_copy_alone(given, cast):
    case = given(kind="bill")
    describe(case, by=cast.store, payee="شركة الكهرباء", payee_number="30012")
    planned(case, cast, 2)
    take(case, cast, 1)
    describe(case, by=cast.store, payee="شركة المياه")
    own = opened(cast.store, case, "slip", 1, copy="own")
    assert ("شركة الكهرباء" in own, "شركة المياه" in own) == (True, False)
    assert "شركة الكهرباء" not in opened(cast.store, case, "slip", 1)
    assert case.instalments.get(number=1).signed_for["payee_number"] == "30012"


def test_a_kind_that_was_signed_for_is_not_chosen_again(given, cast):
    case = given(kind="")
    describe(case, by=cast.store, kind="transfer")
    describe(case, by=cast.store, kind="in_kind", items="غسالة")
    planned(case, cast, 2)
    take(case, cast, 1)
    with pytest.raises(Refused, match="لا يتغيّر النوع"):
        describe(case, by=cast.store, kind="transfer")


def test_where_nothing_is_outstanding_nothing_is_described_anew(begun, cast):
    cancel(begun, by=cast.store, why="refused")
    with pytest.raises(Refused, match="كما وُقّع عليه"):
        describe(begun, by=cast.store, items="مكيف نافذة")


# What was recorded before receipts kept what they say


def recorded_before(each: Instalment, *, cursor) -> None:
    """As a receipt of yesterday stands in the table: its hash, by the names it had then, and nothing else."""
    said = {name: value for name, value in each.signed_for.items() if not name.startswith("payee")}
    cursor.execute(
        "UPDATE requests_instalment SET signed_for = NULL, received_sha256 = %s WHERE id = %s",
        [rules.bound(said), each.pk],
    )


def test_the_hash_gives_back_the_facts_of_an_old_receipt_or_nothing(given, cast):
    stands, anew = given(kind="in_kind"), given(kind="in_kind")
    for case in (stands, anew):
        describe(case, by=cast.store, items="غسالة ملابس")
        planned(case, cast, 2)
        take(case, cast, 1)
    migration = import_module("requests.migrations.0027_what_was_signed_for_is_kept")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(migration.OPEN)
        cursor.execute("ALTER TABLE requests_instalment DROP CONSTRAINT a_receipt_keeps_what_was_signed_for")
        for case in (stands, anew):
            recorded_before(case.instalments.get(number=1), cursor=cursor)
        describe(anew, by=cast.store, items="ثلاجة")
        migration.keep_what_the_hash_still_proves(apps, None)
        cursor.execute(migration.CLOSED)
    assert stands.instalments.get(number=1).signed_for["items"] == "غسالة ملابس"
    assert anew.instalments.get(number=1).signed_for is None
    page = opened(cast.store, anew, "slip", 1)
    assert ("ثلاجة" in page, "غسالة" in page, "600" in page) == (False, False, True)
