"""Two objections in the sample: one waits for the secretary; one was heard by those who did not decide first."""

from types import SimpleNamespace

from committee import actions as committee
from committee.meetings.actions import close_meeting
from committee.models import AgendaItem
from core import clock, uploads
from oversight.demo import walk
from oversight.demo.days import at
from oversight.demo.ink import signature
from requests.appeal.actions import take_up, write_down
from requests.models import SupportRequest

HEARD = 8
"""How many days ago the second decision was taken."""
RAISED_BEFORE = 10
"""Cases received later than so many days ago were raised to the committee after that."""


def objected(case: SupportRequest, cast: SimpleNamespace) -> None:
    with clock.told(at(2, hour=10)):
        write(case, cast, "الخدمة التي قيل إنها تصلني من جهة أخرى توقفت قبل شهرين، وعندي خطاب بذلك.", signed="drawn")


def heard(case: SupportRequest, cast: SimpleNamespace) -> None:
    """Granted: the deputy, a member and the alternate decided, for the others had voted on the first decision."""
    with clock.told(at(15, hour=10)):
        write(case, cast, "لم تُحسب أجرة البيت في الدراسة، وهذا عقدها.", signed="paper")
    with clock.told(at(13, hour=9)):
        case = take_up(case, by=cast.secretary)
    with clock.told(at(HEARD, hour=10)):
        grant(case, cast)
    with clock.told(at(HEARD, hour=12)):
        committee.issue(SupportRequest.objects.get(pk=case.pk), by=cast.deputy)


def grant(case: SupportRequest, cast: SimpleNamespace) -> None:
    meeting = walk.open_meeting(cast, present=[cast.deputy, cast.member3, cast.alternate])
    item = AgendaItem.objects.get(meeting=meeting, case=case)
    amount = "2400" if case.policy_version.asks_household else None
    why = "تبيّن من العقد أن على الأسرة إيجارًا لم يُحسب في الدراسة، ولم تعد الخدمة تصل من الجهة الأخرى."
    committee.put_motion(
        item, by=cast.secretary, outcome="approve", what=case.service.label, amount=amount, reasons=why
    )
    for voter in (cast.deputy, cast.member3, cast.alternate):
        committee.cast_vote(item, by=voter, choice="yes")
    committee.close_vote(item, by=cast.secretary)
    close_meeting(meeting, by=cast.secretary)


def few_who_decide(cast: SimpleNamespace) -> SimpleNamespace:
    """The first decision's hands: as many as a quorum needs, so that as many are left for the objection."""
    return SimpleNamespace(**vars(cast) | {"voters": [cast.chair, cast.member, cast.member2]})


def write(case: SupportRequest, cast: SimpleNamespace, text: str, *, signed: str) -> None:
    with uploads.together() as store:
        kept = store(signature(), by_id=cast.officer.pk)
        write_down(case, by=cast.officer, text=text, signed=signed, signature=kept)
