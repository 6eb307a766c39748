"""Which researcher's area a home lies in, asked of the database, so that a list asks it of every case at once.

District and city are typed by hand in two places, a person's address and a researcher's area; they are compared by a
plain key: without vowel marks and hamza, without «حي» or «مدينة» before them, and without the article.
"""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Lower

from accounts.models import Area, User
from accounts.roles import Role
from beneficiaries.models import Home
from requests.decision.models import Exclusion
from requests.states import State
from requests.visits.models import Opinion

LETTERS, PLAIN = "أإآٱىئؤةءـًٌٍَُِّْٰ", "ااااييوه"  # what has no letter opposite it goes
BEFORE = r"^\s*((حي|مدينه|محافظه)\s+)?(ال)?"
STUDIED = (State.SOCIAL_RESEARCH, State.COMMITTEE_REVIEW, State.AWAITING_DOCUMENTS)
"""Being studied or decided on, or waiting for papers that this needs."""
BARRED = (Exclusion.Why.VERIFIER, *Exclusion.CONFLICTS)
"""Never given a case to study: whoever verified its data, and whoever has a conflict of interest in it (rule 5)."""


def key(place) -> Func:
    """A city or district as it is compared; empty where nothing was written."""
    text = Lower(Cast(place, CharField()))
    plain = Func(text, Value(LETTERS), Value(PLAIN), function="translate", output_field=CharField())
    return Func(plain, Value(BEFORE), Value(""), function="regexp_replace", output_field=CharField())


def around(branch, city, district) -> QuerySet[Any]:
    """The areas of researchers at work in which this home lies, `close` saying how closely: 2 its district, 1 its
    city, 0 its branch. An area of a district lies in its city, where both say one."""
    areas = Area.objects.filter(
        branch=branch, researcher__is_active=True, researcher__roles__contains=[Role.RESEARCHER.value]
    )
    areas = areas.alias(
        area_city=key(F("city")), area_district=key(F("district")), home_city=key(city), home_district=key(district)
    )
    named = Q(area_district=F("home_district")) & (Q(city="") | Q(home_city="") | Q(area_city=F("home_city")))
    in_city = Q(district="") & (Q(city="") | Q(area_city=F("home_city")))
    close = Case(When(~Q(district=""), then=Value(2)), When(~Q(city=""), then=Value(1)), default=Value(0))
    return areas.filter((~Q(district="") & named) | in_city).annotate(close=Cast(close, IntegerField()))


def around_case() -> QuerySet[Area]:
    """The same as a subquery of a case: its branch, and where its person lives."""
    return around(OuterRef("branch"), home_of_case("city"), home_of_case("district"))


def home_of_case(part: str) -> Coalesce:
    """The current file knows best, then the one the request was received under."""
    person = OuterRef(OuterRef("person"))
    current = Home.objects.filter(person=OuterRef(OuterRef("person__merged_into"))).values(part)[:1]
    received = Home.objects.filter(person=person).values(part)[:1]
    return Coalesce(Subquery(current), Subquery(received), Value(""), output_field=CharField())


def free_for_case(areas: QuerySet[Area]) -> QuerySet[Area]:
    """Those whose researcher may be given the case."""
    return areas.exclude(
        Exists(Exclusion.objects.filter(case=OuterRef(OuterRef("pk")), user=OuterRef("researcher"), why__in=BARRED))
    )


def unassigned_for(user: User, branch: Q) -> Q:
    """Of the cases that nobody has, those in this researcher's queue: where an area of theirs lies round the home, or
    nobody's does and they work in that branch. Who has no area declared has `branch`."""
    branches = set(Area.objects.filter(researcher=user).values_list("branch", flat=True))
    if not branches:
        return branch
    uncovered = ~Exists(free_for_case(around_case()))
    return Q(Exists(around_case().filter(researcher=user))) | (Q(uncovered) & Q(branch__in=branches))


def asked_about(user: User) -> Q:
    """The cases on whose study this researcher was asked for a second opinion, until they gave it."""
    return Q(pk__in=Opinion.objects.asked_of(user).values("case"), state__in=STUDIED)
