"""The table of bands: the association's, without holes or overlaps; an example until it edits it."""

from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse

from core.errors import Refused
from policies.bands.actions import remove_band, save_band
from policies.models import NeedBand
from tests.cast import client_of


def bounds():
    return [band.up_to for band in NeedBand.objects.all()]


def test_a_new_association_begins_with_an_example(pack):
    assert bounds() == [500, 1000, 1750, None]
    assert all(band.is_example for band in NeedBand.objects.all())


def test_a_pack_without_households_has_none(load_pack):
    load_pack("dawah")
    assert bounds() == []


def test_from_its_first_change_the_table_is_the_associations(cast):
    save_band(NeedBand(label="بين بين", up_to=Decimal(700)), by=cast.editor)
    assert bounds() == [500, 700, 1000, 1750, None]
    assert not NeedBand.objects.filter(is_example=True).exists()


@pytest.mark.parametrize("bound", [Decimal(500), None])
def test_two_bands_do_not_end_at_one_amount(cast, bound):
    with pytest.raises(Refused):
        save_band(NeedBand(label="أخرى", up_to=bound), by=cast.editor)
    with pytest.raises(IntegrityError):
        NeedBand.objects.create(label="أخرى", up_to=bound)


def test_the_last_band_stays_open(cast):
    last = NeedBand.objects.get(up_to=None)
    with pytest.raises(Refused):
        remove_band(last, by=cast.editor)
    last.up_to = Decimal(9000)
    with pytest.raises(Refused):
        save_band(last, by=cast.editor)


def test_a_band_taken_out_leaves_no_hole(cast):
    remove_band(NeedBand.objects.get(up_to=1000), by=cast.editor)
    assert bounds() == [500, 1750, None]


@pytest.fixture
def editor(cast):
    cast.editor.is_staff = True
    cast.editor.save()
    return client_of(cast.editor)


def test_the_editor_changes_it_in_the_admin(editor):
    band = NeedBand.objects.get(up_to=500)
    there = reverse("admin:policies_needband_change", args=[band.pk])
    assert editor.post(there, {"label": band.label, "up_to": "٦٠٠"}).status_code == 302
    assert bounds() == [600, 1000, 1750, None]
    refused = editor.post(there, {"label": band.label, "up_to": "1000"})
    assert "up_to" in refused.context["adminform"].form.errors


def test_the_admin_does_not_delete_the_last(editor):
    last = NeedBand.objects.get(up_to=None)
    assert editor.post(reverse("admin:policies_needband_delete", args=[last.pk]), {"post": "yes"}).status_code == 403


def test_nobody_else_changes_it(cast):
    for other in (cast.it, cast.manager, cast.reem):
        other.is_staff = True
        other.save()
        assert client_of(other).get(reverse("admin:policies_needband_changelist")).status_code in (302, 403, 404)
