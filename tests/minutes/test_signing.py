"""Signed, minutes never change again: corrected by addenda alone, each chained to what it follows."""

import pytest
from django.db import DatabaseError, connection, transaction

from committee.minutes.actions import Reservation, add, sign, sign_on_paper, write
from committee.minutes.content import hash_of_minutes, unsound
from committee.minutes.rules import fingerprint, unsigned, why_not_sign
from committee.models import Minutes, Signature
from core.errors import Refused
from tests.minutes.desk import drawn, picture
from tests.paper import upload


def put(minutes, user, **more):
    read = Minutes.objects.get(pk=minutes.pk)
    return sign(read, by=user, picture=drawn(), seen=fingerprint(read), **more)


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_secretary_writes_until_the_first_signature(minutes, cast):
    write(minutes, by=cast.secretary, discussion="نوقشت خطة الشتاء.", recommendations="زيادة بند الإيجار.")
    put(minutes, cast.secretary)
    minutes.refresh_from_db()
    assert minutes.sha256 == hash_of_minutes(minutes)
    with pytest.raises(Refused, match="ملحق"):
        write(minutes, by=cast.secretary, discussion="غيره", recommendations="")


def test_nobody_signs_before_the_secretary_whose_text_it_is(minutes, cast):
    with pytest.raises(Refused, match="أولًا"):
        put(minutes, cast.chair)
    put(minutes, cast.secretary)
    assert put(minutes, cast.chair).sha256 == Minutes.objects.get().sha256


def test_whoever_was_not_there_does_not_sign_and_nobody_signs_twice(signed, cast):
    for person in (cast.deputy, cast.member3, cast.manager):
        with pytest.raises(Refused, match="حضر"):
            put(signed, person)
    with pytest.raises(Refused, match="سبق"):
        put(signed, cast.secretary)


def test_what_changed_since_it_was_read_is_not_signed(minutes, cast):
    read = fingerprint(minutes)
    write(minutes, by=cast.secretary, discussion="نص جديد", recommendations="")
    with pytest.raises(Refused, match="تغيّر النص"):
        sign(minutes, by=cast.secretary, picture=drawn(), seen=read)


def test_who_does_not_agree_signs_with_words(signed, cast, met):
    made = put(signed, cast.chair, reservation=Reservation("المبلغ أقل من الحاجة.", met.items[1]))
    assert (made.reservation, made.item) == ("المبلغ أقل من الحاجة.", met.items[1])


def test_a_reservation_names_no_case_closed_to_the_signer(signed, cast, met):
    with pytest.raises(Refused):
        put(signed, cast.member1, reservation=Reservation("لا أوافق.", met.items[0]))


def test_who_signs_without_having_read_a_row_says_so(signed, cast):
    assert put(signed, cast.member1).unseen == [1]
    assert put(signed, cast.chair).unseen == []


@pytest.mark.parametrize("text", ["نوقش الطلب {reference}", "نوقشت حالة {name}", "نوقش {spaced}"])
def test_free_words_name_no_request_and_nobody_served(minutes, cast, met, text):
    case = met.cases[0]
    spaced = " ".join(case.reference[at : at + 3] for at in (0, 3, 6))
    words = text.format(reference=case.reference, name=case.person.full_name, spaced=spaced)
    with pytest.raises(Refused):
        write(minutes, by=cast.secretary, discussion=words, recommendations="")


def test_signed_on_paper_the_paper_bears_this_very_text(minutes, cast):
    people = {cast.secretary.pk: Reservation(), cast.chair.pk: Reservation("مع التحفظ على الإجراء.")}
    with pytest.raises(Refused, match="تغيّر النص"):
        sign_on_paper(minutes, by=cast.secretary, scan=upload(), printed="00000000", signed=people)
    printed = fingerprint(minutes)[:8]
    made = sign_on_paper(minutes, by=cast.secretary, scan=upload(), printed=printed, signed=people)
    assert {row.how for row in made} == {Signature.How.PAPER}
    assert len({row.file_id for row in made}) == 1
    minutes.refresh_from_db()
    assert minutes.is_locked
    assert cast.chair.pk not in unsigned(minutes)


def test_the_secretarys_signature_is_among_the_first_on_paper_too(minutes, cast):
    others = {cast.chair.pk: Reservation(), cast.member2.pk: Reservation()}
    facts = {"by": cast.secretary, "printed": fingerprint(minutes)[:8]}
    with pytest.raises(Refused, match="يوقّع أمين اللجنة أولًا"):
        sign_on_paper(minutes, scan=upload(), signed=others, **facts)
    sign_on_paper(minutes, scan=upload(), signed={cast.secretary.pk: Reservation()}, **facts)
    assert len(sign_on_paper(minutes, scan=upload(), signed=others, **facts)) == 2


@pytest.mark.parametrize("at_work", [True, False])
def test_a_secretary_who_left_keeps_nobody_from_signing(minutes, cast, at_work):
    cast.secretary.is_active = at_work
    cast.secretary.save()
    assert (why_not_sign(minutes, by=cast.chair) is None) == (not at_work)


CHANGES = [
    "UPDATE committee_minutes SET discussion = 'x'",
    "UPDATE committee_minutes SET locked_at = NULL, sha256 = ''",
    "UPDATE committee_minutes SET sha256 = repeat('0', 64)",
    "UPDATE committee_minutes SET data = 'x'",
    "DELETE FROM committee_minutes",
    "UPDATE committee_signature SET reservation = NULL",
    "DELETE FROM committee_signature",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_the_database_refuses_every_change_of_what_was_signed(signed, statement):
    with pytest.raises(DatabaseError):
        sql(statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE committee_minutes SET data = 'x'", "UPDATE committee_minutes SET number = 9"]
)
def test_what_happened_never_changes_even_unsigned(minutes, statement):
    with pytest.raises(DatabaseError):
        sql(statement)


def test_unsigned_the_words_do_change(minutes):
    """The control of the two above."""
    sql("UPDATE committee_minutes SET discussion = NULL")


def test_an_addendum_is_numbered_chained_and_signed_by_itself(signed, cast):
    first = add(signed, by=cast.secretary, text="الصواب أن الاجتماع بدأ الساعة 10:02.")
    second = add(signed, by=cast.secretary, text="ويُصحّح الملحق الأول: 10:03.")
    assert (first.number, first.follows) == (1, signed.sha256)
    assert (second.number, second.follows) == (2, first.sha256)
    first.refresh_from_db()
    assert not unsound(first)
    sign(signed, by=cast.chair, picture=drawn(), seen=first.sha256, addendum=first)
    assert cast.chair.pk not in unsigned(signed, first)
    assert cast.chair.pk in unsigned(signed)


def test_before_the_first_signature_there_is_nothing_to_add_to(minutes, cast):
    with pytest.raises(Refused):
        add(minutes, by=cast.secretary, text="تصحيح")


def test_the_database_refuses_an_addendum_out_of_the_chain(signed, cast):
    add(signed, by=cast.secretary, text="تصحيح")
    insert = (
        "INSERT INTO committee_addendum (minutes_id, number, text, written_by_id, written_at, follows, sha256) "
        "SELECT minutes_id, 2, 'x', written_by_id, now(), repeat('0', 64), 'y' FROM committee_addendum"
    )
    for statement in (insert, "UPDATE committee_addendum SET text = 'x'", "DELETE FROM committee_addendum"):
        with pytest.raises(DatabaseError):
            sql(statement)


def test_what_was_tampered_with_is_seen(signed):
    """The control of the hash: another word, another hash."""
    assert not unsound(signed)
    signed.discussion = "كلمة لم تُوقّع"
    assert unsound(signed)


def test_a_signature_under_another_hash_is_refused_by_the_database(signed, cast):
    row = signed.signatures.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Signature.objects.create(
            minutes=signed, user=cast.chair, how="drawn", file=row.file, sha256="0" * 64, taken_by=cast.chair
        )


def test_a_picture_that_is_none_leaves_nothing(minutes, cast):
    from core.uploads import UploadError

    with pytest.raises(UploadError):
        sign(minutes, by=cast.secretary, picture=picture_of_nothing(), seen=fingerprint(minutes))
    minutes.refresh_from_db()
    assert not minutes.is_locked


def picture_of_nothing():
    broken = picture()
    broken.file.seek(0)
    broken.file.truncate(30)
    return broken
