"""The numbers offered for trying a walk-in: right in form, made by the rule, and nobody's in the sample."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from accounts.roles import Role
from beneficiaries.models import Person
from core import identifiers
from oversight.demo import sample, spare
from policies.models import Service
from tests import recorded

READMES = ("README.md", "README.ar.md")


def readme(name: str) -> str:
    return (Path(settings.BASE_DIR) / name).read_text(encoding="utf-8")


def test_they_pass_the_checks_and_keep_the_rule_of_test_data():
    for each in spare.people():
        assert identifiers.national_id(each.national_id) == each.national_id
        assert re.fullmatch(r"1000000\d{3}", each.national_id)
        assert re.fullmatch(r"05500000\d\d", each.mobile)
        assert identifiers.mobile(each.mobile)
    assert re.fullmatch(r"SA\d\d800{16}\d\d", identifiers.iban(spare.iban()))


@pytest.mark.parametrize("pack", ["social", "cooperative"])
def test_nobody_in_the_sample_has_one(load_pack, pack, settings):
    settings.DEMO = True
    load_pack(pack)
    recorded.afterwards(sample.load, "sample")
    assert Service.objects.exists()
    taken = {(person.national_id, person.mobile) for person in Person.objects.all()}
    assert len(taken) == len(sample.SUPPORT)
    assert not {each.national_id for each in spare.people()} & {number for number, _mobile in taken}
    assert not {identifiers.mobile(each.mobile) for each in spare.people()} & {mobile for _number, mobile in taken}


@pytest.mark.parametrize("name", READMES)
def test_the_readme_prints_them(name):
    text = readme(name)
    assert re.findall(r"`(1\d{9})` \| `(05\d{8})`", text) == [
        (each.national_id, each.mobile) for each in spare.people()
    ]
    assert f"`{spare.iban()}`" in text


@pytest.mark.parametrize("name", READMES)
def test_the_readme_calls_the_roles_as_the_buttons_do(name):
    walked = (Role.OFFICER, Role.RESEARCHER, Role.SECRETARY, Role.CHAIR, Role.DEPUTY, Role.MEMBER, Role.SERVICE_OFFICER)
    for role in walked:
        assert f"«{role.label}»" in readme(name)


def test_the_demo_page_shows_them_where_walk_ins_are_taken(client, pack, settings, tmp_path):
    settings.DEMO, settings.VAR = True, tmp_path
    page = client.get("/demo/").content.decode()
    for each in spare.people():
        assert each.national_id in page
        assert each.mobile in page
    assert spare.iban() in page


def test_the_dawah_demo_offers_no_walk_in(client, load_pack, settings, tmp_path):
    settings.DEMO, settings.VAR = True, tmp_path
    load_pack("dawah")
    assert spare.people()[0].national_id not in client.get("/demo/").content.decode()
