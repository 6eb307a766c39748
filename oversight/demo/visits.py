"""The researchers' days in the sample: where each works, whom they meet, and what one asks of the other."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

from accounts.models import Area, Branch, User
from core import clock
from oversight.demo.days import at, days_before, next_working_day
from oversight.demo.families import HOMES
from requests.actions import take_for_research
from requests.models import Appointment, Opinion, SupportRequest
from requests.visits import actions

QUARTER = timedelta(minutes=15)


def lay_areas(cast: SimpleNamespace) -> None:
    """Each researcher has one district; what lies in neither is taken by whoever is free."""
    head = Branch.objects.get(is_head_office=True)
    for researcher, home in zip((cast.researcher, cast.researcher2), HOMES, strict=True):
        Area.objects.create(researcher=researcher, branch=head, city="الرياض", district=home["district"])


def taken(case: SupportRequest, cast: SimpleNamespace) -> None:
    """Called, visited today; the colleague's opinion is asked for."""
    with clock.told(at(6, hour=12)):
        case = take_for_research(case, by=case.researcher or cast.researcher)
    with clock.told(at(5, hour=9)):
        first = meet(case, how="phone", on=days_before(-1), hour=10)
    with clock.told(at(4, hour=11)):
        actions.settle(first, by=first.researcher, state="held")
    with clock.told(at(1, hour=12)):
        meet(case, how="home", on=days_before(-1), hour=16, minute=30)
        ask(case, cast, question="هل تُحسب إعانة الابن الذي يعمل في مدينة أخرى من دخل البيت؟", by=first.researcher)


def visited(case: SupportRequest, cast: SimpleNamespace) -> None:
    """Nobody opened the door the first time; they come to the office on the next working day."""
    with clock.told(at(6, hour=12)):
        case = take_for_research(case, by=case.researcher or cast.researcher2)
    with clock.told(at(4, hour=9)):
        first = meet(case, how="home", on=days_before(-1), hour=10)
    with clock.told(at(3, hour=11)):
        actions.settle(first, by=first.researcher, state="missed")
    day = next_working_day(after=1)
    with clock.told(at(2, hour=10)):
        meet(case, how="office", on=day, hour=10)


def advised(case: SupportRequest, cast: SimpleNamespace) -> None:
    """Before the committee, with a second opinion that the secretary asked for."""
    with clock.told(at(4, hour=9)):
        opinion = ask(case, cast, question="هل المبلغ الموصى به يكفي لستة أشهر؟", by=cast.secretary)
    with clock.told(at(3, hour=10)):
        reasons = "نعم، قارنته بإيجار البيت وفواتيره في السنة الماضية، وهو يغطيها."
        actions.answer_opinion(opinion, by=opinion.colleague, agrees=True, reasons=reasons)


def meet(case: SupportRequest, *, how: str, on: date, hour: int, minute: int = 0) -> Appointment:
    starts: datetime = clock.at(on, time(hour, minute))
    assert case.researcher  # noqa: S101 - it was taken a moment ago
    return actions.make(case, by=case.researcher, how=how, starts_at=starts, ends_at=starts + 3 * QUARTER)


def ask(case: SupportRequest, cast: SimpleNamespace, *, question: str, by: User) -> Opinion:
    """The other researcher is asked, by the case's own or by the secretary."""
    other = cast.researcher2 if case.researcher_id == cast.researcher.pk else cast.researcher
    return actions.ask_opinion(case, by=by, colleague=other, question=question)
