"""The committee's calendar in the sample: the minutes of what was held, and a meeting ahead."""

from datetime import time, timedelta
from types import SimpleNamespace

from committee.meetings.actions import plan
from committee.minutes.actions import Reservation, draft, sign, sign_on_paper, write
from committee.minutes.rules import PRINTED_DIGITS, fingerprint, signers
from committee.models import Meeting
from core import clock
from oversight.demo.days import next_working_day
from oversight.demo.ink import signature

WORDS = "عُرضت الطلبات بترتيب مواعيدها، وقُرئت توصية الباحثة في كل طلب قبل التصويت."


def keep_minutes(cast: SimpleNamespace) -> None:
    """Signed on paper by all who attended; the last ones by the secretary alone, so that the members have to sign."""
    held = list(Meeting.objects.over().order_by("number"))
    for meeting in held:
        with clock.told(min(meeting.closed_at + timedelta(days=1), clock.now())):
            minutes = draft(meeting, by=cast.secretary)
            minutes = write(minutes, by=cast.secretary, discussion=WORDS, recommendations="")
            text = fingerprint(minutes)
            if meeting == held[-1]:
                sign(minutes, by=cast.secretary, picture=signature(), seen=text)
                continue
            everybody = {user: Reservation() for user in signers(minutes)}
            printed = text[:PRINTED_DIGITS]
            sign_on_paper(minutes, by=cast.secretary, scan=signature(), printed=printed, signed=everybody)


def plan_the_next(cast: SimpleNamespace) -> None:
    """Planned, and its notice not given yet: its agenda is drawn when it is."""
    starts = clock.at(next_working_day(after=3), time(10))
    plan(by=cast.secretary, starts_at=starts, place="قاعة الاجتماعات")
