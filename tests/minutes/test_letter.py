"""The decision letter: what is given or why not, how to object and until when; kept as it was issued."""

import pytest
from django.db import DatabaseError, connection, transaction

from channels import wording
from committee.actions import issue
from core.models import OutboxRow
from requests.actions import tell_decision
from requests.decision.letter.actions import public_number, unsound
from requests.decision.letter.paper import letter_pdf
from requests.decision.letter.words import letter_text
from requests.models import Decision, Letter
from requests.page import telling_of_decision
from tests.cast import client_of, new_case, walk
from tests.paper import holds, is_tagged


def letter_of(case) -> Letter:
    return Letter.objects.get(decision__case=case)


def test_an_approval_says_what_is_given_and_what_comes_next(case_at):
    case = case_at("approved")
    letter = letter_of(case)
    text = letter.content
    assert ("المبلغ", "3,000 ريال") in [tuple(row) for row in text["given"]]
    assert case.person.full_name in text["to"]
    assert "نستكمل الآن تسجيلك" in " ".join(text["after"])
    assert "الاعتراض" not in " ".join(text["after"])
    assert "الحاجة ثابتة" not in " ".join(text["body"]), "the researcher's reasons are not the person's letter"


def test_a_part_is_said_kindly_with_its_reasons(cast, case_at):
    case = case_at("committee_review")
    decision = Decision(case=case, outcome="approve", what="سداد", partial=True, reasons="هذا ما تسمح به الموارد.")
    words = letter_text(case, decision, on=case.earliest_decision_on)["body"]
    assert "جزء" in words[0]
    assert words[1] == "هذا ما تسمح به الموارد."


def test_a_rejection_says_why_and_until_when_to_object(case_at):
    case = case_at("rejected")
    text = letter_of(case).content
    assert "مقدّمة لك من جهة أخرى" in text["body"][-1]
    assert "2027م" in text["after"][0] or "2026م" in text["after"][0]
    assert "هـ" in text["after"][0]


def test_letters_are_numbered_in_the_hijri_year_without_a_gap(cast, day_one):
    for _ in range(2):
        walk(new_case(by=cast.noura), cast, to="approved", traveller=day_one)
    assert list(Letter.objects.order_by("pk").values_list("year", "number")) == [(1448, 1), (1448, 2)]


def test_the_preview_before_issuing_is_the_letter_that_is_issued(cast, case_at, day_one):
    case = case_at("carried")
    day_one.move_to(f"{case.earliest_decision_on}T09:00:00+03:00", tick=False)
    preview = client_of(cast.chair).get(f"/requests/{case.reference}/letter/").content.decode()
    issue(case, by=cast.chair)
    content = letter_of(case).content
    for sentence in [*content["body"], *content["after"], *[row[1] for row in content["given"]], content["to"]]:
        assert sentence in preview


def test_the_counter_reads_no_decision_before_it_is_issued(cast, case_at):
    case = case_at("carried")
    page = f"/requests/{case.reference}/letter/"
    assert client_of(cast.chair).get(page).status_code == 200
    assert client_of(cast.noura).get(page).status_code == 404
    assert client_of(cast.member1).get(page).status_code == 404


def test_the_counter_prints_it_and_the_telling_stays_its_own_record(cast, case_at):
    case = case_at("approved")
    letter, client = letter_of(case), client_of(cast.noura)
    paper = client.get(f"/requests/{case.reference}/letter/1448-{letter.number}/")
    assert paper.headers["Content-Type"] == "application/pdf"
    case.refresh_from_db()
    assert case.decision_told_at is None
    tell_decision(case, by=cast.noura, how="letter")


def test_another_branch_and_another_case_are_not_there(cast, case_at):
    case = case_at("approved")
    letter = letter_of(case)
    assert client_of(cast.huda).get(f"/requests/{case.reference}/letter/").status_code == 404
    assert client_of(cast.noura).get(f"/requests/{case.reference}/letter/1448-{letter.number + 9}/").status_code == 404


def test_printed_again_it_is_the_same_byte_for_byte(case_at, day_one):
    letter = letter_of(case_at("approved"))
    first = letter_pdf(letter)
    day_one.move_to("2027-03-01T09:00:00+03:00")
    again = letter_pdf(Letter.objects.get(pk=letter.pk))
    assert first == again
    assert is_tagged(first)
    assert holds(first, "3,000", public_number(letter))


def test_a_changed_letter_would_be_seen(case_at):
    """The control of the hash."""
    letter = letter_of(case_at("approved"))
    assert not unsound(letter)
    letter.content = letter.content | {"body": ["غير ما صدر"]}
    assert unsound(letter)


@pytest.mark.parametrize("sql", ["UPDATE requests_letter SET sha256 = ''", "DELETE FROM requests_letter"])
def test_the_database_keeps_it_as_it_was_issued(case_at, sql):
    case_at("approved")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_what_is_read_aloud_is_what_the_letter_says(cast, case_at):
    case = case_at("approved")
    spoken = " ".join(telling_of_decision(case, cast.noura))
    for _label, value in letter_of(case).content["given"]:
        assert value in spoken


def test_after_an_objection_the_decision_is_final_and_none_is_offered(case_at, monkeypatch):
    case = case_at("rejected")
    decision = case.decisions.get()
    monkeypatch.setattr("requests.decision.letter.words.is_final", lambda case: True)
    after = " ".join(letter_text(case, decision, on=decision.decided_on)["after"])
    assert "نهائي" in after
    assert "يمكنك الاعتراض" not in after


def test_the_message_that_is_previewed_is_the_message_that_is_sent(cast, case_at, day_one):
    case = case_at("carried")
    day_one.move_to(f"{case.earliest_decision_on}T09:00:00+03:00", tick=False)
    page = client_of(cast.chair).get(f"/requests/{case.reference}/letter/").content.decode()
    issue(case, by=cast.chair)
    sent = OutboxRow.objects.get(event__startswith="decision_issued", subject_id=str(case.pk))
    for line in wording.render(sent.event, sent.facts).splitlines():
        assert line in page


def test_a_woman_is_addressed_as_one(cast, case_at):
    case = case_at("rejected")
    case.person.sex = "female"
    assert letter_text(case, case.decisions.get(), on=case.decided_on)["to"].startswith("المكرّمة:")
