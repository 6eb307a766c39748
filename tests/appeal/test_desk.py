"""The counter writes an objection down; the secretary puts it before the committee; and nobody else sees either."""

import pytest
from django.urls import reverse

from core.audit import history
from core.models import ReadRow, StoredFile
from requests.models import Appeal, SupportRequest
from tests.appeal.desk import WORDS, drawn, objected, objected_online, shown
from tests.cast import client_of
from tests.paper import upload


def of(name: str, case) -> str:
    return reverse(f"requests:{name}", args=[case.reference])


def write(user, case, **changes):
    facts = {"text": WORDS, "how": "paper", "scan": upload()}
    return client_of(user).post(of("appeal_write", case), facts | changes)


def fresh(case) -> SupportRequest:
    return SupportRequest.objects.get(pk=case.pk)


def test_signed_on_paper_it_is_received_and_its_slip_is_handed_over(rejected, cast):
    answer = write(cast.noura, rejected, papers=[upload()])
    assert answer.url == of("appeal_slip", rejected)
    appeal = Appeal.objects.get()
    assert (appeal.text, appeal.signed, appeal.written_by, appeal.files.count()) == (WORDS, "paper", cast.noura, 1)
    slip = shown(client_of(cast.noura).get(answer.url))
    assert "إيصال استلام اعتراض" in slip
    assert rejected.person.family_name not in slip
    assert WORDS not in slip


def test_signed_on_the_screen_the_drawing_is_kept(rejected, cast):
    assert write(cast.noura, rejected, how="drawn", drawn=drawn(), scan="").status_code == 302
    assert Appeal.objects.get().signature.kind == "png"


@pytest.mark.parametrize("spoiled", [{"text": ""}, {"scan": ""}, {"how": "drawn", "drawn": ""}, {"how": "code"}])
def test_what_is_not_whole_is_asked_for_and_nothing_is_kept(rejected, cast, spoiled):
    assert write(cast.noura, rejected, **spoiled).status_code == 422
    assert not Appeal.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_second_objection_keeps_no_file_and_says_why(rejected, cast):
    objected(rejected, cast)
    kept = StoredFile.objects.count()
    answer = write(cast.saad, rejected)
    assert answer.status_code == 422
    assert "إلا مرة واحدة" in shown(answer)
    assert StoredFile.objects.count() == kept


def test_the_case_page_leads_to_it_and_shows_what_came(rejected, cast):
    client = client_of(cast.noura)
    assert of("appeal_write", rejected) in client.get(of("case", rejected)).content.decode()
    objected_online(rejected)
    page = client.get(of("case", rejected)).content.decode()
    assert of("appeal_write", rejected) not in page
    assert WORDS in page


def test_another_branch_finds_nothing_there(rejected, cast):
    assert write(cast.huda, rejected).status_code == 404
    assert client_of(cast.huda).get(of("appeal_slip", rejected)).status_code == 404


def test_the_secretary_finds_the_oldest_first_and_reopens(rejected, case_at, cast, day_one):
    objected(rejected, cast)
    later = case_at("rejected")
    objected(later, cast)
    client = client_of(cast.secretary)
    waiting = client.get(reverse("requests:appeals")).context["waiting"]
    assert [row["case"] for row in waiting] == [rejected, later]
    page = shown(client.get(of("appeal", rejected)))
    assert rejected.decisions.get().reasons in page
    assert cast.member1.name in page  # who takes no part
    assert client.post(of("appeal", rejected)).status_code == 302
    assert fresh(rejected).state == "committee_review"
    assert Appeal.objects.get(case=rejected).reopened_by == cast.secretary
    assert [row["case"] for row in client.get(reverse("requests:appeals")).context["taken_up"]] == [rejected]


def test_reopened_again_it_is_refused_with_its_sentence(rejected, cast):
    objected(rejected, cast)
    client = client_of(cast.secretary)
    client.post(of("appeal", rejected))
    assert client.post(of("appeal", rejected)).status_code == 422
    assert fresh(rejected).steps.filter(action="reopen_on_appeal").count() == 1


def test_a_secretary_appointed_since_sees_the_rejection_that_waits_for_them(rejected, cast):
    from accounts.roles import Role
    from tests.cast import user

    newcomer = user("newcomer", "هند السالم", Role.SECRETARY)
    assert client_of(newcomer).get(of("appeal", rejected)).status_code == 404
    objected(rejected, cast)
    assert client_of(newcomer).get(of("appeal", rejected)).status_code == 200


def test_a_secretary_with_a_conflict_sees_neither_the_list_row_nor_the_page(rejected, cast):
    from requests.models import Exclusion

    objected(rejected, cast)
    Exclusion.objects.create(case=rejected, user=cast.secretary, why="conflict_declared")
    client = client_of(cast.secretary)
    assert client.get(reverse("requests:appeals")).context["waiting"] == []
    assert client.post(of("appeal", rejected)).status_code == 404
    assert fresh(rejected).state == "rejected"


def test_nobody_else_opens_the_secretarys_pages(rejected, cast):
    objected(rejected, cast)
    others = (cast.noura, cast.huda, cast.reem, cast.chair, cast.member1, cast.store, cast.manager, cast.editor)
    for client in map(client_of, others):
        assert client.get(reverse("requests:appeals")).status_code == 404
        assert client.post(of("appeal", rejected)).status_code == 404
    assert fresh(rejected).state == "rejected"


def test_its_files_are_read_by_whoever_reads_the_file_and_by_nobody_else(rejected, cast):
    appeal = objected(rejected, cast)
    url = f"/files/{appeal.signature.key}/"
    assert client_of(cast.secretary).get(url).status_code == 200
    assert client_of(cast.noura).get(url).status_code == 200
    for stranger in (cast.huda, cast.store, cast.manager, cast.editor):
        assert client_of(stranger).get(url).status_code == 404


def test_looking_leaves_a_row_and_the_history_says_that_it_came(rejected, cast):
    objected_online(rejected)
    before = ReadRow.objects.count()
    client_of(cast.secretary).get(of("appeal", rejected))
    assert ReadRow.objects.count() == before + 2
    assert history(rejected).filter(verb="appeal_received").count() == 1
    page = shown(client_of(cast.noura).get(of("case", rejected)))
    assert "وصل اعتراض على القرار" in page
    assert "applicant" not in page


def test_the_list_asks_a_constant_number_of_queries(case_at, cast, django_assert_max_num_queries):
    client = client_of(cast.secretary)
    objected(case_at("rejected"), cast)
    with django_assert_max_num_queries(25) as before:
        client.get(reverse("requests:appeals"))
    for _each in range(2):
        objected(case_at("rejected"), cast)
    with django_assert_max_num_queries(len(before)):
        client.get(reverse("requests:appeals"))
