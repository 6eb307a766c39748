"""The areas are a list that the system administrator keeps in Django's admin; every change of it is in the record."""

import pytest
from django.urls import reverse

from accounts.models import Area
from core.audit import history
from tests.cast import client_of
from tests.visits.desk import area, living_in, referred

ADD = reverse("admin:accounts_area_add")


@pytest.fixture
def keeper(cast):
    cast.it.is_staff = True
    cast.it.save()
    return client_of(cast.it)


def test_an_area_is_given_changed_and_taken_and_each_is_in_the_record(cast, keeper):
    sent = {"researcher": cast.reem.pk, "branch": cast.reem.branch_id, "city": " الرياض ", "district": "النخيل"}
    assert keeper.post(ADD, sent).status_code == 302
    row = Area.objects.get()
    assert (row.city, row.district) == ("الرياض", "النخيل")
    keeper.post(reverse("admin:accounts_area_change", args=[row.pk]), sent | {"district": ""})
    keeper.post(reverse("admin:accounts_area_delete", args=[row.pk]), {"post": "yes"})
    assert [each.verb for each in history(cast.reem)] == ["area_given", "area_changed", "area_taken"]
    assert not Area.objects.exists()


def test_only_researchers_have_areas_and_one_area_once(cast, keeper):
    sent = {"researcher": cast.noura.pk, "branch": cast.reem.branch_id, "city": "", "district": ""}
    assert keeper.post(ADD, sent).status_code == 200
    area(cast.reem)
    assert keeper.post(ADD, sent | {"researcher": cast.reem.pk}).status_code == 200
    assert Area.objects.count() == 1


def test_nobody_else_keeps_them(cast):
    cast.editor.is_staff = True
    cast.editor.save()
    assert client_of(cast.editor).get(ADD).status_code == 403
    assert client_of(cast.manager).get(ADD).status_code == 302


@pytest.mark.parametrize(
    ("home", "declared"),
    [
        ("حي النخيل", "نخيل"),
        ("النخيل", "حيّ النَخيل"),
        ("الأندلس", "الاندلس"),
        ("العلياء", "العليا"),
        ("قرطبة", "قرطبه"),
    ],
)
def test_a_place_is_one_place_however_it_is_written(cast, day_one, home, declared):
    area(cast.reem, declared)
    assert referred(cast, living_in(cast, home)).researcher == cast.reem


@pytest.mark.parametrize(("home", "declared"), [("النخيل الغربي", "النخيل"), ("", "النخيل"), ("نخلة", "نخيل")])
def test_and_another_is_another(cast, day_one, home, declared):
    area(cast.reem, declared)
    assert referred(cast, living_in(cast, home)).researcher is None
