"""The one verb on where a person lives."""

from typing import Any

from django.db import transaction

from accounts.models import User
from beneficiaries.home import rules
from beneficiaries.models import Home, Person
from core import audit
from core.errors import Refused

FACTS = (
    "tenure building rooms short_code building_number street district city postal_code secondary_number way_there"
).split()


@transaction.atomic
def settle_home(person: Person, *, by: User, **facts: Any) -> Home:
    """Write the housing and the national address. The building number follows from the short code; refused where the
    two differ. The record names what changed, not where somebody lives."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    home = Home.objects.filter(person=person).first() or Home(person=person)
    changed = [name for name in FACTS if name in facts and facts[name] != getattr(home, name)]
    for name in changed:
        setattr(home, name, facts[name])
    if home.short_code and not home.building_number:
        home.building_number = rules.building_of(home.short_code)
    if sentence := rules.numbers_differ(home.short_code, home.building_number):
        raise Refused(sentence)
    if changed:
        home.save()
        audit.record("home_amended", person, by=by, changes=dict.fromkeys(changed))
    return home
