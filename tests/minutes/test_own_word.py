"""A signature that another took down from paper leaves its signer's own voice open: they confirm it, or reserve."""

import pytest
from django.db import DatabaseError, connection, transaction

from committee.minutes.actions import Reservation, add, answer, sign, sign_on_paper
from committee.minutes.paper import paper_data
from committee.minutes.rules import fingerprint
from committee.minutes.sight import sight_of
from committee.minutes.waiting import minutes_waiting
from committee.models import OwnWord
from core.errors import Refused
from core.models import AuditRow
from tests.cast import client_of
from tests.minutes.desk import drawn, picture
from tests.paper import upload

PAGE = "/committee/minutes/1448-1/"


@pytest.fixture
def taken(minutes, cast):
    """The secretary brings a paper on which, they say, everybody signed, and themselves."""
    people = {row["user"]: Reservation() for row in minutes.data["signers"]}
    printed = fingerprint(minutes)[:8]
    sign_on_paper(minutes, by=cast.secretary, scan=upload(), printed=printed, signed=people)
    minutes.refresh_from_db()
    return minutes


def said(minutes, user, words: str = "", item=None, **more) -> OwnWord:
    return answer(minutes, by=user, seen=minutes.sha256, reservation=Reservation(words, item), **more)


def waits(user) -> list[str]:
    return [row.what for row in minutes_waiting(user) if "سُجّل أنك وقّعت" in row.what]


def shown_beside(minutes, signer, reader) -> str:
    rows = paper_data(minutes, sight_of(minutes, reader))["signatures"]
    return next(row["word"] for row in rows if row["name"] == signer.name)


def test_it_waits_for_whoever_it_names_until_they_answer(taken, cast):
    assert len(waits(cast.chair)) == 1
    assert "لم يؤكده صاحبه" in shown_beside(taken, cast.chair, cast.member2)
    said(taken, cast.chair)
    assert waits(cast.chair) == []
    assert "أكّده صاحبه" in shown_beside(taken, cast.chair, cast.member2)
    assert AuditRow.objects.filter(verb="answered_signature", actor="chair").count() == 1


def test_a_reservation_that_was_silenced_is_written_and_stands(taken, cast):
    said(taken, cast.chair, "لم أوقّع، ولا أوافق على المبلغ.")
    assert "لم أوقّع" in shown_beside(taken, cast.chair, cast.member2)
    assert taken.signatures.get(user=cast.chair).reservation is None, "the signature itself is not touched"
    with pytest.raises(Refused, match="سبق"):
        said(taken, cast.chair)


def test_about_a_row_it_is_read_by_whoever_reads_the_row(taken, cast, met):
    said(taken, cast.chair, "المبلغ أقل من الحاجة.", met.items[0])
    assert "المبلغ أقل" in shown_beside(taken, cast.chair, cast.member2)
    for reader in (cast.member1, cast.manager):
        assert "المبلغ أقل" not in shown_beside(taken, cast.chair, reader)
    with pytest.raises(Refused):
        said(taken, cast.member1, "لا أوافق.", met.items[0])


def test_ones_own_hand_is_not_asked(taken, cast):
    """The secretary brought their own paper, who signs on the screen did it themselves, who was absent did nothing."""
    for person in (cast.secretary, cast.member3, cast.noura):
        assert waits(person) == []
        with pytest.raises(Refused, match="لم يُسجَّل لك"):
            said(taken, person)


def test_drawn_by_oneself_there_is_nothing_to_confirm(signed, cast):
    sign(signed, by=cast.chair, picture=drawn(), seen=signed.sha256)
    assert shown_beside(signed, cast.chair, cast.chair) == ""
    with pytest.raises(Refused):
        said(signed, cast.chair)


def test_an_addendum_signed_on_paper_is_answered_by_itself(taken, cast):
    made = add(taken, by=cast.secretary, text="الصواب 10:02.")
    people = {cast.chair.pk: Reservation()}
    sign_on_paper(taken, by=cast.secretary, scan=upload(), printed=made.sha256[:8], signed=people, addendum=made)
    assert len(waits(cast.chair)) == 2
    with pytest.raises(Refused, match="تغيّر النص"):
        said(taken, cast.chair, addendum=made)
    answer(taken, by=cast.chair, seen=made.sha256, addendum=made)
    assert len(waits(cast.chair)) == 1


def test_from_the_page(taken, cast):
    client = client_of(cast.chair)
    assert "سُجّل أنك وقّعت على الورق" in client.get(PAGE).content.decode()
    posted = {"seen": taken.sha256, "agrees": "reserved", "words": ""}
    assert client.post(f"{PAGE}answer/", posted).status_code == 422
    assert client.post(f"{PAGE}answer/", posted | {"words": "لا أوافق"}).status_code == 302
    page = client.get(PAGE).content.decode()
    assert "لا أوافق" in page
    assert 'id="answer"' not in page
    assert client.post(f"{PAGE}answer/", posted).status_code == 422
    assert 'id="answer"' not in client_of(cast.secretary).get(PAGE).content.decode()


def test_the_public_page_says_how_many_have_not_confirmed(taken, cast, client):
    assert "منها 4 تواقيع سُجّلت نقلًا عن الورق" in client.get("/verify/1448-1/").content.decode()
    said(taken, cast.chair)
    assert "منها 3 تواقيع" in client.get("/verify/1448-1/").content.decode()


STATEMENTS = [
    "UPDATE committee_ownword SET reservation = NULL",
    "DELETE FROM committee_ownword",
    "INSERT INTO committee_ownword (signature_id, sha256, said_at) "
    "SELECT id, sha256, now() FROM committee_signature WHERE taken_by_id = user_id",
    "INSERT INTO committee_ownword (signature_id, sha256, said_at) "
    "SELECT id, repeat('0', 64), now() FROM committee_signature WHERE taken_by_id <> user_id",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_keeps_it_as_it_was_said(taken, cast, statement):
    said(taken, cast.chair, "لا أوافق")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_control_the_database_takes_one_that_fits(taken, cast):
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO committee_ownword (signature_id, sha256, said_at) "
            "SELECT id, sha256, now() FROM committee_signature WHERE taken_by_id <> user_id"
        )
    assert OwnWord.objects.count() == 4


def test_words_are_not_dropped_because_the_other_choice_was_left(taken, cast):
    typed = {"seen": taken.sha256, "agrees": "yes", "words": "لا أوافق على المبلغ"}
    reply = client_of(cast.chair).post(f"{PAGE}answer/", typed)
    assert reply.status_code == 422
    assert "كتبت تحفّظًا" in reply.content.decode()
    assert not OwnWord.objects.exists()


def test_nor_are_they_when_one_signs_on_the_screen(signed, cast):
    typed = {"seen": signed.sha256, "agrees": "yes", "words": "لا أوافق", "how": "picture", "picture": picture()}
    assert client_of(cast.chair).post(f"{PAGE}sign/", typed).status_code == 422
    assert not signed.signatures.filter(user=cast.chair).exists()
