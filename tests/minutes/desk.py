"""A meeting with everything that minutes must tell, and the pictures that are signed with."""

import io
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from committee import actions
from committee.meetings import actions as meetings
from committee.minutes.actions import draft, sign
from committee.minutes.rules import fingerprint
from committee.models import AgendaItem, Body, Seat
from requests.models import Letter
from tests.cast import new_case, new_person, walk

NAMES = ["الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس"]


def at(day_one, clock: str) -> None:
    day_one.move_to(f"2026-11-22T{clock}:00+03:00", tick=False)


def seat(user) -> Seat:
    return Seat.objects.get(user=user, body=Body.MAIN)


def mark(meeting, cast, *people, present: bool = True) -> None:
    for person in people:
        meetings.mark_attendance(meeting, by=cast.secretary, seat=seat(person), present=present)


def vote(item, by: dict) -> None:
    for person, choice in by.items():
        actions.cast_vote(item, by=person, choice=choice)


def cases_ready(cast, many: int) -> list:
    return [
        walk(new_case(by=cast.noura, person=new_person(by=cast.noura, family_name=name)), cast, to="committee_review")
        for name in (NAMES * (many // len(NAMES) + 1))[:many]
    ]


def eventful(cast, day_one) -> SimpleNamespace:
    """Ten till noon, five cases: carried openly with a recusal, lost in secret, tied, and two left when the room
    grew too small. The deputy sent an apology, member3 did not come, the alternate came late, member2 left early."""
    cases = cases_ready(cast, 5)
    at(day_one, "10:00")
    meeting = meetings.open_meeting(by=cast.secretary, place="قاعة الاجتماعات")
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("position"))
    meetings.apologise(meeting, by=cast.deputy, seat=seat(cast.deputy), why="سفر")
    at(day_one, "10:05")
    mark(meeting, cast, cast.chair, cast.member1, cast.member2)
    at(day_one, "10:30")
    mark(meeting, cast, cast.alternate)
    actions.declare_conflict(items[0].case, by=cast.member1, why="قرابة")
    vote(items[0], {cast.chair: "yes", cast.member2: "yes", cast.alternate: "no"})
    actions.close_vote(items[0], by=cast.secretary)
    actions.set_ballot(items[1], by=cast.secretary, secret=True)
    vote(items[1], {cast.chair: "no", cast.member1: "no", cast.member2: "yes", cast.alternate: "abstain"})
    actions.close_vote(items[1], by=cast.secretary)
    vote(items[2], {cast.chair: "yes", cast.member1: "no"})
    actions.close_vote(items[2], by=cast.secretary)
    at(day_one, "11:30")
    mark(meeting, cast, cast.member2, cast.alternate, present=False)
    at(day_one, "12:00")
    meetings.close_meeting(meeting, by=cast.secretary)
    meeting.refresh_from_db()
    return SimpleNamespace(meeting=meeting, items=items, cases=[item.case for item in items], all=cases)


def drawn() -> io.BytesIO:
    """A signature as the pad sends it: ink on a clear ground."""
    picture = Image.new("RGBA", (600, 240), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.line([(60, 150), (140, 70), (220, 170), (320, 80), (430, 160), (520, 110)], fill=(30, 43, 40, 255), width=5)
    out = io.BytesIO()
    picture.save(out, "PNG")
    out.seek(0)
    return out


def picture(name: str = "signature.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drawn().getvalue(), content_type="image/png")


def minuted(case, cast) -> dict[str, list]:
    """The pages about the signed minutes of the meeting that decided this case, and about its letter."""
    meeting = AgendaItem.objects.get(case=case).meeting
    minutes = draft(meeting, by=cast.secretary)
    signature = sign(minutes, by=cast.secretary, picture=drawn(), seen=fingerprint(minutes))
    one, letter = [minutes.year, minutes.number], Letter.objects.get(decision__case=case)
    pages = "minutes minutes_paper write_minutes sign_minutes scan_minutes add_to_minutes answer_signature".split()
    return {
        **{f"committee:{page}": one for page in pages},
        "committee:draft_minutes": [meeting.number],
        "committee:minutes_file": [*one, signature.file.key],
        "requests:decision_letter": [case.reference],
        "requests:letter_paper": [case.reference, letter.year, letter.number],
    }
