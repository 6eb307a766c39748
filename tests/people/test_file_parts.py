"""Each part of a file is edited by its own form and verb: the yes, the no and the edge of each."""

from decimal import Decimal

import pytest

from beneficiaries.actions import amend
from beneficiaries.categories.actions import categorise
from beneficiaries.household.models import HouseholdMember
from beneficiaries.household.rules import MOST_MEMBERS
from beneficiaries.models import Home, Person
from core import audit
from core.models import AuditRow
from policies.models import Category
from tests.cast import client_of, new_person, sample_id
from tests.people.desk import IBAN, at, form_at, send, text

pytestmark = pytest.mark.django_db


def fresh(person) -> Person:
    return Person.objects.get(pk=person.pk)


def last_row(person) -> AuditRow:
    return audit.history(person).last()


def refusal(reply) -> str:
    assert reply.status_code == 422, reply.status_code
    return text(reply)


# Who they are, and reaching them


def test_a_form_that_nobody_touched_changes_nothing(cast, person, officer):
    before = AuditRow.objects.count()
    for part in ("who", "contact", "home", "categories"):
        assert send(officer, at("person_edit", person, part)).status_code == 302
    for part, row in (("household", person.household.last()), ("means", person.means.first())):
        assert send(officer, at("person_change", person, part, row.pk)).status_code == 302
    representative = person.representatives.get()
    assert send(officer, at("person_change", person, "representative", representative.pk)).status_code == 302
    assert AuditRow.objects.count() == before
    assert not fresh(person).iban


def test_the_forms_of_a_file_keep_what_they_do_not_ask(cast, person):
    """An officer who may not read health saves the member, and the health stays."""
    member = person.household.first()
    send(client_of(cast.noura), at("person_change", person, "household", member.pk), name="ليلى محمد سالم العنزي")
    member.refresh_from_db()
    assert (member.name, member.health) == ("ليلى محمد سالم العنزي", "ربو")


def test_who_is_saved_and_the_record_says_which_fields(cast, person, officer):
    typed = {"birth": "15/8/1412", "parties": ["beneficiary", "volunteer"], "is_internal": "on"}
    assert send(officer, at("person_edit", person, "who"), **typed).status_code == 302
    saved = fresh(person)
    assert (saved.birth_calendar, saved.parties, saved.is_internal) == ("hijri", ["beneficiary", "volunteer"], True)
    changed = set(last_row(person).changes)
    assert changed == {"birth_date", "birth_date_typed", "parties", "is_internal"}


def test_a_person_is_something_to_the_association(cast, person, officer):
    assert "اختر" in refusal(send(officer, at("person_edit", person, "who"), parties=[]))


def test_needs_for_access_are_sealed_in_the_record(cast, person, officer):
    send(
        officer, at("person_edit", person, "contact"), access_needs=["sight"], language="ur", preferred_channel="phone"
    )
    saved = fresh(person)
    assert (saved.access_needs, saved.language, saved.preferred_channel) == (["sight"], "ur", "phone")
    assert last_row(person).changes["access_needs"] is None


def test_a_channel_the_policy_does_not_offer_is_refused(cast, person, officer):
    reply = send(officer, at("person_edit", person, "contact"), preferred_channel="pigeon")
    assert reply.status_code == 422
    assert "pigeon" not in text(reply)


# Household


def member_form(**changes) -> dict:
    return {"name": "سالم محمد العنزي", "relation": "child", "birth": "5/5/1445", **changes}


def test_a_member_is_added_once_however_often_the_button_is_pressed(cast, person, officer):
    url = at("person_add", person, "household")
    sent = form_at(officer, url) | member_form(national_id=sample_id(8830))
    assert [officer.post(url, sent).status_code for _time in range(2)] == [302, 302]
    member = person.household.get(name="سالم محمد العنزي")
    assert (member.birth_calendar, member.national_id) == ("hijri", sample_id(8830))
    assert last_row(person).verb == "member_added"
    assert sample_id(8830) not in str(last_row(person).changes)
    assert "سالم" not in str(last_row(person).changes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"national_id": "1000000000"}, "في رقم الهوية خطأ"),
        ({"national_id": sample_id(8801)}, "في هذه الأسرة من يحمل رقم الهوية هذا"),
        ({"birth": "5/5/1480"}, "هذا التاريخ لم يأتِ بعد"),
        ({"name": "سالم2"}, "المقبول حروف ومسافات فقط"),
        ({"name": "سا\x00لم"}, "خفي"),
        ({"relation": "cousin"}, "اختر من القائمة"),
    ],
)
def test_what_is_no_member_is_refused(cast, person, officer, changes, sentence):
    before = HouseholdMember.objects.count()
    reply = officer.post(at("person_add", person, "household"), member_form(**changes))
    assert sentence in refusal(reply)
    assert HouseholdMember.objects.count() == before


def test_the_persons_own_id_is_no_members(cast, person, officer):
    reply = officer.post(at("person_add", person, "household"), member_form(national_id=person.national_id))
    assert "هوية صاحب الملف" in refusal(reply)


def test_a_household_holds_sixty(cast, person, officer):
    HouseholdMember.objects.bulk_create(
        HouseholdMember(person=person, name="فرد", name_key=" فرد ", relation="other")
        for _number in range(MOST_MEMBERS - person.household.count())
    )
    assert "60" in refusal(officer.post(at("person_add", person, "household"), member_form()))


def test_who_left_stays_in_the_file_with_why(cast, person, officer):
    member = person.household.first()
    url = at("person_end", person, "household", member.pk)
    assert officer.post(url, {"left": ""}).status_code == 422
    officer.post(url, {"left": "married", "on": "1/11/2026"})
    member.refresh_from_db()
    assert (member.left, str(member.left_on)) == ("married", "2026-11-01")
    assert last_row(person).verb == "member_left"
    assert "تزوج" in text(officer.get(at("person", person)))
    assert officer.get(at("person_change", person, "household", member.pk)).status_code == 404


def test_a_household_is_not_said_to_be_smaller_than_the_people_in_it(cast, person, officer):
    amend(person, by=cast.noura, household_size=3)
    officer.post(at("person_add", person, "household"), member_form())
    assert fresh(person).household_size == 4


# Means


def test_a_line_stands_on_the_side_of_its_kind(cast, person, officer):
    typed = {"kind": "loan", "amount": "١٬٢٠٠٫٥٠", "every": "month"}
    officer.post(at("person_add", person, "means"), typed)
    line = person.means.get(kind="loan")
    assert (line.side, line.amount) == ("obligation", Decimal("1200.50"))
    send(officer, at("person_change", person, "means", line.pk), kind="salary", amount="900")
    line.refresh_from_db()
    assert (line.side, line.amount) == ("income", Decimal("900.00"))
    assert last_row(person).changes["amount"] == ["1200.50", "900.00"]


@pytest.mark.parametrize(
    ("amount", "status"), [("9999999.99", 302), ("10000000", 422), ("0", 422), ("-5", 422), ("", 422)]
)
def test_amounts_have_their_ends(cast, person, officer, amount, status):
    typed = {"kind": "salary", "amount": amount, "every": "month"}
    assert officer.post(at("person_add", person, "means"), typed).status_code == status


def test_a_line_taken_out_stays_in_the_record(cast, person, officer):
    line = person.means.get(kind="rent")
    officer.post(at("person_end", person, "means", line.pk))
    assert not person.means.filter(kind="rent").exists()
    assert last_row(person).changes["rent"] == ["18000.00 year", None]
    assert "إيجار" in text(officer.get(at("person_history", person)))


# Home


def home_form(**changes) -> dict:
    empty = "short_code building_number secondary_number street district city postal_code way_there rooms".split()
    return dict.fromkeys(empty, "") | {"tenure": "rented", "building": "flat"} | changes


def save_home(client, person, **changes):
    return send(client, at("person_edit", person, "home"), **home_form(**changes))


@pytest.mark.parametrize("typed", ["RRRD2929", "rrrd 2929", " rrrd-٢٩٢٩ "])
def test_the_short_address_gives_the_building_number(cast, person, officer, typed):
    assert save_home(officer, person, short_code=typed).status_code == 302
    home = Home.objects.get(person=person)
    assert (home.short_code, home.building_number) == ("RRRD2929", "2929")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"short_code": "RRRD2929", "building_number": "2930"}, "ينتهي العنوان المختصر بـ 2929 ورقم المبنى 2930"),
        ({"short_code": "رررد2929"}, "حروف العنوان المختصر إنجليزية"),
        ({"short_code": "ЯRRD2929"}, "حروف العنوان المختصر إنجليزية"),
        ({"short_code": "RRD2929"}, "أربعة حروف إنجليزية وأربعة أرقام"),
        ({"postal_code": "1234"}, "هذا الرقم من 5 أرقام"),
        ({"building_number": "12"}, "هذا الرقم من 4 أرقام"),
        ({"rooms": "61"}, "60"),
        ({"street": "س" * 81}, "81"),
    ],
)
def test_what_is_no_address_is_refused_with_what_to_do(cast, person, officer, changes, sentence):
    assert sentence in refusal(save_home(officer, person, **changes))
    assert Home.objects.get(person=person).city == "الرياض"


def test_the_record_does_not_say_where_somebody_lives(cast, person, officer):
    save_home(officer, person, district="العليا", city="الرياض")
    assert set(last_row(person).changes.values()) == {None}
    assert "العليا" not in str(last_row(person).changes)


# Bank


def save_bank(client, person, **changes):
    typed = {"iban": IBAN, "iban_owner": "محمد سالم العنزي", "why": ""} | changes
    return send(client, at("person_edit", person, "bank"), **typed)


def test_an_account_in_the_persons_name_is_saved_and_never_shown(cast, person, officer):
    assert save_bank(officer, person).status_code == 302
    assert fresh(person).iban == IBAN
    assert last_row(person).changes["iban"] is None
    assert IBAN not in officer.get(at("person_edit", person, "bank")).content.decode()


@pytest.mark.parametrize("iban", ["SA0380000000608010167510", "GB29NWBK60161331926819", "", "SA\u202e03"])
def test_a_wrong_iban_is_refused(cast, person, officer, iban):
    refusal(save_bank(officer, person, iban=iban))
    assert not fresh(person).iban


def test_an_account_in_another_name_says_why(cast, person, officer):
    assert "باسم غير اسم صاحب الملف" in refusal(save_bank(officer, person, iban_owner="خالد فهد الدوسري"))
    assert save_bank(officer, person, iban_owner="خالد فهد الدوسري", why="guardian").status_code == 302
    assert last_row(person).why == "حساب ولي أمره"
    assert "خالد" not in str(last_row(person).changes), "the record, which forgets nothing, names no third person"
    assert "باسم غير اسم صاحب الملف" in text(officer.get(at("person", person)))


def test_an_iban_left_empty_stays_and_a_ticked_box_takes_it_out(cast, person, officer):
    save_bank(officer, person)
    assert save_bank(officer, person, iban="", iban_owner="محمد سالم أحمد العنزي").status_code == 302
    assert fresh(person).iban == IBAN
    assert save_bank(officer, person, iban="", iban_owner="", remove="on").status_code == 302
    assert (fresh(person).iban, fresh(person).iban_owner) == (None, "")


# Categories


def test_several_categories_one_of_them_the_first(cast, person, officer):
    first, second, third = Category.objects.filter(is_sensitive=False)[:3]
    url = at("person_edit", person, "categories")
    send(officer, url, primary=second.code, categories=[first.code, third.code])
    found = {row.category.code: row.is_primary for row in person.categories.all()}
    assert found == {first.code: False, second.code: True, third.code: False}


def test_who_may_not_read_a_sensitive_category_leaves_it_untouched(cast, person, officer):
    hidden = Category.objects.create(code="secret", label="سر", is_sensitive=True, position=99)
    cast.saad.reads_sensitive = True
    plain = Category.objects.filter(is_sensitive=False).last()
    categorise(person, by=cast.saad, primary=hidden)
    reply = send(officer, at("person_edit", person, "categories"), primary=plain.code, categories=[plain.code])
    assert reply.status_code == 302
    found = {row.category.code: row.is_primary for row in person.categories.all()}
    assert found == {"secret": True, plain.code: False}
    reply = send(officer, at("person_edit", person, "categories"), categories=["secret"])
    assert reply.status_code == 422


# Representatives


def deed(**changes) -> dict:
    typed = {"kind": "guardian", "name": "فهد العنزي", "national_id": sample_id(8850), "mobile": "0550008850"}
    return typed | {"relation": "", "deed_number": "", "valid_until": ""} | changes


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": "agent", "deed_number": "12"}, "في الملف واحد بهذه الصفة"),
        ({"kind": "agent"}, "للوكيل وكالة"),
        ({"national_id": ""}, "اكتب رقم الهوية"),
        ({"mobile": "0112345678"}, "05"),
    ],
)
def test_who_may_not_speak_is_refused(cast, person, officer, changes, sentence):
    assert sentence in refusal(officer.post(at("person_add", person, "representative"), deed(**changes)))


def test_nobody_represents_themselves(cast, person, officer):
    reply = officer.post(at("person_add", person, "representative"), deed(national_id=person.national_id))
    assert "لا يمثل أحد نفسه" in refusal(reply)


def test_an_expired_deed_is_flagged_from_the_day_after(cast, person, officer, day_one):
    officer.post(at("person_add", person, "representative"), deed(valid_until="25/11/2026"))
    assert "تنتهي صلاحيته قريبًا" in text(officer.get(at("person", person)))
    day_one.move_to("2026-11-25T23:59:00+03:00")
    assert "انتهت صلاحيته" not in text(officer.get(at("person", person)))
    day_one.move_to("2026-11-26T00:00:00+03:00")
    officer = client_of(cast.noura)
    assert "انتهت صلاحيته" in text(officer.get(at("person", person)))


def test_a_representation_ends_and_is_not_deleted(cast, person, officer):
    row = person.representatives.get()
    officer.post(at("person_end", person, "representative", row.pk))
    row.refresh_from_db()
    assert row.ended_by == cast.noura
    assert "سعد سالم" not in text(officer.get(at("person", person)))
    assert (
        officer.post(at("person_add", person, "representative"), deed(kind="agent", deed_number="9")).status_code == 302
    )


# Two at once


def test_a_colleagues_change_meanwhile_is_told_and_not_written_over(cast, person, officer):
    url = at("person_edit", person, "contact")
    opened = form_at(officer, url)
    amend(person, by=cast.saad, mobile="+966550001234")
    reply = officer.post(url, opened | {"mobile": "0550009999"})
    assert reply.status_code == 409
    page = text(reply)
    assert "سعد القحطاني" in page
    assert "0550001234" in page
    assert fresh(person).mobile == "+966550001234"
    again = {name: value for name, value in opened.items() if name != "seen"}
    mark = reply.context["mark"]
    assert officer.post(url, again | {"mobile": "0550009999", "seen": mark}).status_code == 302
    assert fresh(person).mobile == "+966550009999"


def test_a_change_in_another_part_stands_in_nobodys_way(cast, person, officer):
    url = at("person_edit", person, "contact")
    opened = form_at(officer, url)
    amend(person, by=cast.saad, marital_status="widowed")
    assert officer.post(url, opened | {"mobile": "0550009999"}).status_code == 302


def test_a_refused_form_keeps_the_mark_it_came_with(cast, person, officer):
    """Otherwise a slip of the finger would hide what a colleague changed before it."""
    url = at("person_edit", person, "contact")
    opened = form_at(officer, url)
    amend(person, by=cast.saad, mobile="+966550001234")
    refused = officer.post(url, opened | {"mobile": "055"})
    assert refused.status_code == 422
    reply = officer.post(url, opened | {"mobile": "0550009999", "seen": refused.context["mark"]})
    assert reply.status_code == 409


@pytest.mark.parametrize("mark", ["", "mobile:0000000000000000", "x" * 100_000, "\x00"])
def test_a_mark_that_is_none_saves_nothing(cast, person, officer, mark):
    url = at("person_edit", person, "contact")
    assert officer.post(url, form_at(officer, url) | {"seen": mark}).status_code == 409


def test_a_sealed_value_is_not_told_by_what_changed(cast, person, officer):
    url = at("person_edit", person, "bank")
    opened = form_at(officer, url) | {"iban": IBAN, "iban_owner": "محمد العنزي"}
    amend(person, by=cast.saad, iban="SA4420000001234567891234", iban_owner="محمد سالم")
    reply = officer.post(url, opened)
    assert reply.status_code == 409
    assert "1234567891234" not in reply.content.decode()


def test_a_row_taken_out_meanwhile_is_not_there(cast, person, officer):
    line = person.means.first()
    url = at("person_change", person, "means", line.pk)
    opened = form_at(officer, url)
    line.delete()
    assert officer.post(url, opened).status_code == 404


def test_a_new_persons_forms_open(cast, officer, day_one):
    person = new_person(by=cast.noura, birth=None)
    for url in (at("person_edit", person, part) for part in ("who", "contact", "home", "bank", "categories")):
        assert officer.get(url).status_code == 200
