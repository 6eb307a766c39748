"""Verbs on the table of bands: it begins as an example, and is the association's own once anything of it is changed."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import audit
from core.errors import Refused
from policies.bands import rules
from policies.bands.models import NeedBand


def lay_example() -> None:
    """The table of a new installation."""
    NeedBand.objects.bulk_create(NeedBand(label=label, up_to=up_to) for label, up_to in rules.EXAMPLE)


@transaction.atomic
def save_band(band: NeedBand, *, by: User) -> NeedBand:
    """Keep a band that was added or changed. Refused where it would leave a hole or an overlap."""
    others = list(NeedBand.objects.select_for_update().exclude(pk=band.pk))
    last = next((other for other in others if other.up_to is None), None)
    if sentence := rules.bound_taken(band.up_to, others) or rules.lacks_the_last(band.up_to, last=last, band=band):
        raise Refused(sentence)
    band.save()
    audit.record("band_saved", band, by=by, changes={"label": band.label, "up_to": str(band.up_to or "")})
    ours()
    return band


@transaction.atomic
def remove_band(band: NeedBand, *, by: User) -> None:
    """Take a band out; the one above it reaches down to where it began. The last one stays."""
    band = NeedBand.objects.select_for_update().get(pk=band.pk)
    if band.up_to is None:
        raise Refused(_("The last band stays: without it the highest incomes fall into none."))
    audit.record("band_removed", band, by=by, changes={"label": band.label, "up_to": str(band.up_to)})
    band.delete()
    ours()


def ours() -> None:
    """From its first change the whole table is the association's."""
    NeedBand.objects.filter(is_example=True).update(is_example=False)
