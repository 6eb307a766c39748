"""A researcher's desk: homes, areas, appointments on a day in Riyadh."""

from datetime import datetime, timedelta

from accounts.models import Area, Branch, User
from beneficiaries.home.actions import settle_home
from core import clock
from oversight.demo.walk import accept_papers
from requests import workflow
from requests.models import Appointment, SupportRequest
from requests.visits import actions
from tests.cast import new_case, new_person


def area(researcher: User, district: str = "", city: str = "", branch: str = "main") -> Area:
    return Area.objects.create(
        researcher=researcher, branch=Branch.objects.get(code=branch), city=city, district=district
    )


def living_in(cast, district: str = "", city: str = "", by: User | None = None, home: dict | None = None, **facts):
    person = new_person(by=by or cast.noura, **facts)
    settle_home(person, by=by or cast.noura, district=district, city=city, **(home or {}))
    return person


def referred(cast, person=None, by: User | None = None) -> SupportRequest:
    """A case just referred to research."""
    by = by or cast.noura
    case = new_case(by=by, person=person)
    accept_papers(case, by=by)
    workflow.perform(case, "verify", by=by)
    return workflow.perform(case, "refer_to_research", by=by)


def at(day: str, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:{minute:02}:00+03:00")


def planned(case, by: User, start: datetime, *, minutes: int = 45, how: str = "home", **facts) -> Appointment:
    return actions.make(case, by=by, how=how, starts_at=start, ends_at=start + timedelta(minutes=minutes), **facts)


def tomorrow(hour: int = 10) -> datetime:
    return at(str(clock.today() + timedelta(days=1)), hour)
