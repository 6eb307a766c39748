"""A study is written by sections; each is kept as far as it is, and done when what it asks is answered."""

import pytest

from accounts.roles import Role
from beneficiaries.home.actions import settle_home
from beneficiaries.household.actions import add_member
from beneficiaries.means.actions import add_means
from core.models import AuditRow, ReadRow
from requests.actions import take_for_research
from requests.models import Study, StudyResult, StudySection, SupportRequest
from requests.study.actions import begin
from tests.cast import amend, client_of, new_case, user, walk
from tests.study.desk import ANSWERS, OPINION, address, fill, get, send


def section_of(case, name):
    return StudySection.objects.get(study__case=case, name=name)


def test_taking_a_case_opens_its_study_with_the_lines_of_the_file(case_at, cast):
    case = case_at("social_research")
    add_means(case.person, by=cast.noura, kind="pension", amount="2400", every="month")
    client_of(cast.reem).post(address(case, "take"))
    line = Study.objects.get(case=case).lines.get()
    assert (line.kind, line.amount, line.from_file, line.counts) == ("pension", 2400, True, True)


def test_opening_twice_brings_nothing_in_twice(taken, cast):
    add_means(taken.person, by=cast.noura, kind="pension", amount="2400", every="month")
    begin(taken, by=cast.reem)
    assert not taken.study.lines.exists()


def test_an_assigned_case_is_opened_by_a_press(case_at, cast):
    case = take_for_research(case_at("social_research"), by=cast.reem)
    assert get(cast.reem, case, "study_section", "identity").status_code == 302
    client_of(cast.reem).post(address(case, "study"))
    assert get(cast.reem, case, "study_section", "identity").status_code == 200


def test_what_the_file_knows_stands_above_the_questions(taken, cast):
    facts = dict(get(cast.reem, taken, "study_section", "identity").context["facts"])
    assert taken.person.full_name in facts.values()


def test_where_the_file_says_nothing_nothing_is_compared(taken, cast):
    assert "agrees" not in get(cast.reem, taken, "study_section", "housing").context["form"].fields
    settle_home(taken.person, by=cast.noura, tenure="rented")
    assert "agrees" in get(cast.reem, taken, "study_section", "housing").context["form"].fields


def test_told_and_seen_are_kept_apart(taken, cast):
    send(cast.reem, taken, "housing", **ANSWERS["housing"] | {"stated": "البيت جيد."})
    row = section_of(taken, "housing")
    assert (row.stated, row.observed) == ("البيت جيد.", "سقف المطبخ متشقق.")
    assert row.answers == {"condition": "poor", "lacks": ["cooling", "roof"]}


def test_a_section_done_leads_to_the_next_and_stands_done_in_the_list(taken, cast):
    answer = send(cast.reem, taken, "identity", **ANSWERS["identity"])
    assert answer.headers["Location"] == address(taken, "study_section", "contact")
    assert standings(cast.reem, taken)["identity"] == "done"


def test_half_a_section_is_saved_and_stands_begun(taken, cast):
    assert send(cast.reem, taken, "housing", press="save", observed="رأيت شقًا.").status_code == 302
    assert standings(cast.reem, taken)["housing"] == "begun"


def test_half_a_section_is_not_done(taken, cast):
    answer = send(cast.reem, taken, "housing", observed="رأيت شقًا.")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"condition"}
    assert not StudySection.objects.filter(name="housing").exists()


def test_what_differs_is_written(taken, cast):
    answer = send(cast.reem, taken, "identity", **ANSWERS["identity"] | {"agrees": "differs"})
    assert set(answer.context["form"].errors) == {"differs"}


@pytest.mark.parametrize(
    ("section", "answers", "wrong"),
    [
        ("income", {}, "none"),
        ("support", {"receives": "regularly"}, "from_whom"),
        ("health", {"conditions": ["none", "chronic"], "report": "seen"}, "conditions"),
        ("visit", ANSWERS["visit"] | {"visited_on": "1/12/2026"}, "visited_on"),
        ("household", {"household_size": "0", "agrees": "same"}, "household_size"),
    ],
)
def test_each_section_asks_for_what_it_needs(taken, cast, section, answers, wrong):
    assert set(send(cast.reem, taken, section, **answers).context["form"].errors) == {wrong}


def test_no_income_at_all_is_said_and_not_guessed(taken, cast):
    send(cast.reem, taken, "household", **ANSWERS["household"])
    assert Study.objects.get(case=taken).per_head is None
    send(cast.reem, taken, "income", none="on")
    assert Study.objects.get(case=taken).per_head == 0


def test_a_study_with_sections_to_do_is_not_raised_and_says_which(taken, cast):
    fill(cast.reem, taken, but=("visit", "health"))
    answer = send(cast.reem, taken, "opinion", **OPINION)
    assert answer.status_code == 422
    assert [each.name for each in answer.context["missing"]] == ["health", "visit"]


@pytest.mark.parametrize("lacking", ["findings", "kind", "what", "reasons"])
def test_an_approval_says_what_and_why(taken, cast, lacking):
    answer = send(cast.reem, taken, "opinion", **OPINION | {lacking: ""})
    assert set(answer.context["form"].errors) == {lacking}


def test_a_whole_study_is_raised_and_read_only_then(taken, cast):
    fill(cast.reem, taken)
    assert send(cast.reem, taken, "opinion", **OPINION).status_code == 302
    taken.refresh_from_db()
    assert (taken.state, taken.study.visited_at, taken.study.household_size) == ("committee_review", "home", 3)
    answer = client_of(cast.reem).post(address(taken, "study_section", "needs"), {"save": "1", "stated": "تغيير"})
    assert answer.status_code in (409, 422)
    assert section_of(taken, "needs").stated is None


def test_a_policy_without_households_is_studied_in_fewer_sections(cast, day_one):
    amend(asks_household=False)
    case = take_for_research(walk(new_case(by=cast.noura), cast, to="social_research"), by=cast.reem)
    begin(case, by=cast.reem)
    shown = get(cast.reem, case, "study").context
    assert [row["section"].name for row in shown["rows"]] == "identity contact support needs visit opinion".split()
    assert get(cast.reem, case, "study_section", "income").status_code == 404
    assert get(cast.reem, case, "study_line_add", "income").status_code == 404
    for section in "identity contact support needs visit".split():
        send(cast.reem, case, section, **ANSWERS[section])
    send(cast.reem, case, "opinion", **OPINION)
    case.refresh_from_db()
    assert (case.state, StudyResult.objects.get().per_head) == ("committee_review", None)


def test_a_colleague_who_is_given_the_case_goes_on_with_its_study(taken, cast):
    salem = user("salem", "سالم الحازمي", Role.RESEARCHER)
    send(cast.reem, taken, "identity", **ANSWERS["identity"])
    SupportRequest.objects.filter(pk=taken.pk).update(researcher=salem)
    assert get(cast.reem, taken, "study").status_code == 404
    send(salem, taken, "needs", **ANSWERS["needs"])
    study = Study.objects.get(case=taken)
    assert (study.researcher, study.sections.count()) == (salem, 2)


def test_health_in_the_file_is_read_by_whoever_reads_sensitive_data(taken, cast):
    add_member(taken.person, by=cast.noura, name="سعد محمد", relation="child", health="ربو")
    assert "ربو" not in get(cast.reem, taken, "study_section", "health").content.decode()
    cast.reem.reads_sensitive = True
    cast.reem.save()
    assert "ربو" in get(cast.reem, taken, "study_section", "health").content.decode()


def test_nobody_but_its_researcher_opens_or_writes_it(taken, cast):
    for other in (cast.noura, cast.manager, cast.chair, cast.secretary):
        for name, more in (("study", ()), ("study_section", ("health",)), ("study_line_add", ("income",))):
            assert get(other, taken, name, *more).status_code == 404
        assert client_of(other).post(address(taken, "study_keep"), {"section": "health"}).status_code == 404


def test_each_look_at_a_section_is_recorded(taken, cast):
    get(cast.reem, taken, "study_section", "health")
    assert ReadRow.objects.filter(what="study: health", actor_id=cast.reem.pk).count() == 1


def test_the_record_names_the_section_and_nothing_that_was_written(taken, cast):
    send(cast.reem, taken, "health", **ANSWERS["health"])
    row = AuditRow.objects.filter(verb="study_section_saved").get()
    assert row.changes == {"section": "health", "done": True}


def test_what_another_screen_saved_meanwhile_is_said_and_not_written_over(taken, cast):
    first = get(cast.reem, taken, "study_section", "needs").context["mark"]
    send(cast.reem, taken, "needs", press="save", stated="من الهاتف")
    client, there = client_of(cast.reem), address(taken, "study_section", "needs")
    answer = client.post(there, {"save": "1", "seen": first, "stated": "من المكتب"})
    assert answer.status_code == 409
    assert section_of(taken, "needs").stated == "من الهاتف"
    assert "من الهاتف" in answer.content.decode()
    client.post(there, {"save": "1", "seen": answer.context["mark"], "stated": "من المكتب"})
    assert section_of(taken, "needs").stated == "من المكتب"


def standings(person, case):
    return {row["section"].name: row["standing"] for row in get(person, case, "study").context["rows"]}
