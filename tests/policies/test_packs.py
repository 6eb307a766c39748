"""The packs hold the facts that differ between the five associations (product.md); pure JSON, no database."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from tests.channels.wording import placeholders

ROOT = Path(__file__).resolve().parents[2]
PACKS = ROOT / "policies" / "packs"
NAMES = ["libraries", "dawah", "cooperative", "social", "software"]
WITH_REQUESTS = ["libraries", "cooperative", "social", "software"]

ALL_CHANNELS = (
    "interview phone social_media letters help_request_service volunteering_service website branch_delegates"
).split()
FORMS = (
    "masc_indef masc_def masc_acc masc_li fem_indef fem_def fem_acc fem_li pl_nom_indef pl_nom_def "
    "pl_obl_indef pl_obl_def pl_li dual_nom dual_obl"
).split()
KINDS = "cash in_kind bill repair medical education sponsorship seasonal referral programme other".split()
PREAMBLE_AND_OBJECTIVES = ["PRE-1", "PRE-2", "GO-1", "DO-1", "DO-2", "DO-3", "DO-4", "DO-5", "DO-6"]
PREAMBLE_AND_OBJECTIVES += ["DO-6.1", "DO-6.2", "DO-6.3", "DO-6.4", "DO-6.5"]
SEVEN_STEPS = ["PS-1", "PS-2", "PS-3", "PS-4", "PS-5", "PS-6", "PS-7"]
ALL_CHANNEL_CLAUSES = ["CH-1", "CH-2", "CH-3", "CH-4", "CH-5", "CH-6", "CH-7", "CH-8"]
MAX_LENGTH = {
    "hero_title": 120,
    "hero_text": 300,
    "label": 100,
    "summary": 300,
    "help": 300,
    "description": 300,
}


def load(name):
    return json.loads((PACKS / f"{name}.json").read_text(encoding="utf-8"))


def flat(clauses):
    for clause in clauses:
        yield clause
        yield from flat(clause["children"])


def clause(pack, clause_id):
    return next(row for row in flat(pack["policy"]["clauses"]) if row["id"] == clause_id)


def ids(pack, kind=None):
    return [row["id"] for row in flat(pack["policy"]["clauses"]) if kind in (None, row["kind"])]


def strings(value, key=""):
    """Every string under `value` with the key it stands at."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, key)


def test_there_are_exactly_the_five_packs():
    assert sorted(path.stem for path in PACKS.glob("*.json")) == sorted(NAMES)


@pytest.mark.parametrize(
    ("name", "channels", "tools", "steps", "waiting"),
    [
        ("libraries", 8, 4, 7, 14),
        ("dawah", 6, 5, 4, None),
        ("cooperative", 8, 3, 7, 14),
        ("social", 8, 4, 7, 14),
        ("software", 8, 4, 7, 14),
    ],
)
def test_the_numbers_of_each_association(name, channels, tools, steps, waiting):
    policy = load(name)["policy"]
    counted = (len(policy["channels"]), len(policy["tools"]), len(ids(load(name), "procedure_step")))
    assert counted == (channels, tools, steps)
    assert policy["min_decision_days"] == waiting


@pytest.mark.parametrize(
    ("name", "singular", "plural", "oblique", "with_li", "feminine"),
    [
        ("libraries", "مستفيد", "المستفيدون", "المستفيدين", "للمستفيدين", "مستفيدة"),
        ("dawah", "مستفيد", "المستفيدون", "المستفيدين", "للمستفيدين", "مستفيدة"),
        ("cooperative", "عضو", "الأعضاء", "الأعضاء", "للأعضاء", "عضوة"),
        ("social", "مستفيد", "المستفيدون", "المستفيدين", "للمستفيدين", "مستفيدة"),
        ("software", "مستخدم", "المستخدمون", "المستخدمين", "للمستخدمين", "مستخدمة"),
    ],
)
def test_the_word_for_the_person_in_its_forms(name, singular, plural, oblique, with_li, feminine):
    terms = load(name)["policy"]["person_terms"]
    assert sorted(terms) == sorted(FORMS)
    assert all(terms.values())
    found = [terms[k] for k in ("masc_indef", "pl_nom_def", "pl_obl_def", "pl_li", "fem_indef")]
    assert found == [singular, plural, oblique, with_li, feminine]


@pytest.mark.parametrize("name", ["cooperative", "software"])
def test_no_foreign_word_for_the_person_is_left_behind(name):
    assert "مستفيد" not in (PACKS / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_no_second_word_for_the_person_is_left_behind(name):
    text = (PACKS / f"{name}.json").read_text(encoding="utf-8")
    assert not re.search("المراجع(?!ة)|طالب الدعم|المساهمين", text)


@pytest.mark.parametrize(
    ("name", "household", "membership", "signature", "unsure"),
    [
        ("libraries", True, False, True, True),
        ("dawah", False, False, False, False),
        ("cooperative", False, True, True, False),
        ("social", True, False, True, False),
        ("software", True, False, True, False),
    ],
)
def test_what_each_association_asks_for(name, household, membership, signature, unsure):
    policy = load(name)["policy"]
    assert (policy["asks_household"], policy["membership"]) == (household, membership)
    assert (policy["requires_signature"], policy["signature_to_be_confirmed"]) == (signature, unsure)
    assert bool(policy["declaration"]["text"]) == signature


@pytest.mark.parametrize("name", WITH_REQUESTS)
def test_a_support_policy_has_every_clause(name):
    pack = load(name)
    assert pack["policy"]["procedures"] == ["support_requests"]
    assert ids(pack, "procedure_step") == SEVEN_STEPS
    assert ids(pack, "channel") == ALL_CHANNEL_CLAUSES
    assert [row["code"] for row in pack["policy"]["channels"]] == ALL_CHANNELS
    assert [i for i in ids(pack) if i.startswith(("PRE", "GO", "DO"))] == PREAMBLE_AND_OBJECTIVES


def test_the_dawah_policy_has_every_clause_and_no_other_procedure():
    pack = load("dawah")
    assert pack["policy"]["procedures"] == ["programme_permits"]
    assert ids(pack, "procedure_step") == ["PS-D1", "PS-D2", "PS-D3", "PS-D4"]
    assert ids(pack, "channel") == ["CH-1", "CH-2", "CH-3", "CH-4", "CH-6", "CH-7"]
    assert "تيسير" in clause(pack, "PS-D4")["text"]
    objectives = [i for i in ids(pack) if i.startswith(("PRE", "GO", "DO"))]
    assert objectives == [*PREAMBLE_AND_OBJECTIVES, "DO-7", "DO-7.1", "DO-7.2", "DO-7.3", "DO-7.4"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("libraries", ["TL-1", "TL-2", "TL-3", "TL-4"]),
        ("dawah", ["TL-1", "TL-5", "TL-6", "TL-7", "TL-8"]),
        ("cooperative", ["TL-1", "TL-3", "TL-4"]),
        ("social", ["TL-1", "TL-2", "TL-3", "TL-4"]),
        ("software", ["TL-1", "TL-2", "TL-3", "TL-4"]),
    ],
)
def test_the_tools_and_their_clauses(name, expected):
    pack = load(name)
    assert [tool["clause"] for tool in pack["policy"]["tools"]] == expected
    assert ids(pack, "tool") == expected


@pytest.mark.parametrize("name", WITH_REQUESTS)
def test_the_period_is_policy_text_in_its_clause_and_a_placeholder_elsewhere(name):
    pack = load(name)
    assert "خلال مدة لا تقل عن أسبوعين" in clause(pack, "PS-5")["text"]
    said = [pack["policy"]["declaration"]["text"], *pack["policy"]["declaration"]["read_aloud"]]
    assert not any("أسبوع" in text for text in said)
    assert [name for text in said for name in placeholders(text)] == ["min_days_words", "min_days_words"]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_read_aloud_is_short(name):
    sentences = load(name)["policy"]["declaration"]["read_aloud"]
    assert len(sentences) in (3, 4)
    assert max(map(len, sentences)) <= 110


def test_the_dawah_association_promises_no_date():
    pack = load("dawah")
    said = " ".join(pack["policy"]["declaration"]["read_aloud"])
    assert "أسبوع" not in said
    assert placeholders(said) == []


@pytest.mark.parametrize("name", NAMES)
def test_clauses_are_well_formed(name):
    pack = load(name)
    rows = list(flat(pack["policy"]["clauses"]))
    assert len({row["id"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) - {"code"} == {"id", "kind", "number", "text", "children", "to_be_confirmed"}
        assert ("code" in row) == (row["kind"] == "procedure_step")
        assert placeholders(row["text"]) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("libraries", ["PS-4"]), ("dawah", []), ("cooperative", []), ("social", ["AP-1"]), ("software", [])],
)
def test_which_clauses_await_the_owner(name, expected):
    assert [row["id"] for row in flat(load(name)["policy"]["clauses"]) if row["to_be_confirmed"]] == expected


def test_libraries_approval_is_a_hijri_date_with_meeting_term_and_supersession():
    approval = load("libraries")["policy"]["approval"]
    assert (approval["date_typed"], approval["calendar"], approval["iso"]) == (
        "8/2/1445",
        "hijri",
        "2023-08-24",
    )
    assert (approval["meeting_no"], approval["term_no"], approval["session_no"]) == (1, 3, None)
    assert approval["supersedes"]


def test_dawah_has_no_approval():
    pack = load("dawah")
    assert pack["policy"]["approval"] is None
    assert ids(pack, "approval") == []


def test_cooperative_has_an_update_date_only():
    approval = load("cooperative")["policy"]["approval"]
    assert {key: value for key, value in approval.items() if value} == {"update_date": "2021-04-03"}
    assert ids(load("cooperative"), "approval") == []


def test_social_approval_has_a_session_and_an_ambiguous_date():
    approval = load("social")["policy"]["approval"]
    assert (approval["session_no"], approval["iso"]) == (2, None)
    assert approval["candidates"] == ["2023-01-02", "2023-02-01"]


def test_software_approval_is_a_gregorian_date_with_session_and_publication():
    approval = load("software")["policy"]["approval"]
    assert (approval["session_no"], approval["calendar"], approval["iso"]) == (2, "gregorian", "2023-03-09")
    assert approval["weekday"] == "الخميس"
    assert date.fromisoformat(approval["iso"]).strftime("%A") == "Thursday"
    assert approval["publish_on_website"] is True


@pytest.mark.parametrize(
    ("name", "signatories"), [("libraries", 0), ("cooperative", 0), ("social", 5), ("software", 5)]
)
def test_signatories_are_ordered_and_plainly_samples(name, signatories):
    rows = load(name)["policy"]["approval"]["signatories"]
    assert [row["order"] for row in rows] == list(range(1, signatories + 1))
    assert all("النموذجي" in row["name"] and row["title"] for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_settings_start_as_the_product_says(name):
    settings = load(name)["settings"]
    assert settings.pop("inquiry_target_hours") in (24, 48)
    assert settings.pop("ramadan_hours")
    assert settings == {
        "reply_by_days": None,
        "waiting_starts_at": "informed",
        "appeal_days": 30,
        "renewal_months": 12,
        "study_valid_months": 12,
        "casting_vote": False,
        "working_days": ["sunday", "monday", "tuesday", "wednesday", "thursday"],
        "holidays": [],
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_association_is_plainly_a_sample(name):
    pack = load(name)
    association = pack["association"]
    assert pack["name"] == name
    assert "نص نموذجي" in pack["model_text_notice"]
    assert len(pack["model_text_notice"]) <= 300
    assert "النموذجية" in association["name"]
    assert association["licence_no"] == "0000"
    assert association["contacts"]["email"].endswith("@example.org")
    assert association["contacts"]["phone"].startswith("011000000")


@pytest.mark.parametrize("name", NAMES)
def test_services_are_complete(name):
    services = load(name)["services"]
    assert 3 <= len(services) <= 5
    for service in services:
        assert service["kind"] in KINDS
        assert all(service[key] for key in ("label", "summary", "we_do", "we_do_not", "who_qualifies"))


@pytest.mark.parametrize("name", WITH_REQUESTS)
def test_every_requested_service_asks_for_a_paper(name):
    assert all(service["papers"] for service in load(name)["services"])


@pytest.mark.parametrize("name", NAMES)
def test_a_paper_is_the_same_paper_in_every_service(name):
    seen = {}
    for service in load(name)["services"]:
        codes = [paper["code"] for paper in service["papers"]]
        assert len(set(codes)) == len(codes)
        for paper in service["papers"]:
            assert seen.setdefault(paper["code"], paper) == paper


def test_dawah_services_pay_nobody():
    assert {row["kind"] for row in load("dawah")["services"]}.isdisjoint({"cash", "bill", "medical", "repair"})


@pytest.mark.parametrize(
    ("name", "offices", "has_categories"),
    [
        ("libraries", 3, True),
        ("dawah", 1, False),
        ("cooperative", 3, True),
        ("social", 3, True),
        ("software", 2, True),
    ],
)
def test_branches_and_categories(name, offices, has_categories):
    pack = load(name)
    assert [row["code"] for row in pack["branches"] if row["head_office"]] == ["main"]
    assert len(pack["branches"]) == offices
    assert bool(pack["categories"]) == has_categories


@pytest.mark.parametrize("name", NAMES)
def test_text_fits_its_field_and_uses_plain_digits(name):
    for key, text in strings(load(name)):
        assert len(text) <= MAX_LENGTH.get(key, 1000), (key, text)
        assert not re.search("[\u0660-\u0669\u06f0-\u06f9\u200b-\u200f\u202a-\u202e\u2066-\u2069]", text), text
