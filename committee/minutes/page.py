"""What the pages of the minutes show. Reads only."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from committee.minutes import rules
from committee.minutes.content import number_in_text, unsound
from committee.minutes.forms import AddendumForm, AnswerForm, ScanForm, SignForm, WordsForm
from committee.minutes.sheet import sheet
from committee.minutes.sight import closed_to_signers, sight_of
from committee.models import Addendum, Meeting, Minutes, Motion
from requests.appeal.rules import appeal_of
from requests.models import Outcome, SupportRequest

SHOWN = 30


def link_of(meeting: Meeting, user: User) -> dict[str, Any] | None:
    """For the page of a meeting (committee/minutes/link.html): where its minutes are, or the button to draft them."""
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is not None:
        return {"number": str(minutes), "url": address(minutes)}
    if rules.why_not_draft(meeting, by=user):
        return None
    return {"draft_url": reverse("committee:draft_minutes", args=[meeting.number])}


def first_minutes(case: SupportRequest, user: User) -> dict[str, Any] | None:
    """For the second hearing of a case: the minutes in which the decision objected to stands, where its row is open."""
    appeal = appeal_of(case)
    if appeal is None:
        return None
    carried = Motion.objects.filter(item__case=case, result=Motion.Result.CARRIED, closed_at__lte=appeal.submitted_at)
    motion = carried.filter(outcome=Outcome.REJECT).select_related("item").order_by("-closed_at").first()
    minutes = Minutes.objects.filter(meeting=motion.item.meeting_id).first() if motion else None
    if motion is None or minutes is None or not sight_of(minutes, user).reads(motion.item.position):
        return None
    return {"number": str(minutes), "url": address(minutes)}


def address(minutes: Minutes, page: str = "minutes") -> str:
    return reverse(f"committee:{page}", args=[minutes.year, minutes.number])


def minutes_page(minutes: Minutes, user: User, forms: dict[str, Any] | None = None) -> dict[str, Any]:
    """One set of minutes as this user reads them, and what they may do with them. `forms`: a refused one, as typed."""
    sight = sight_of(minutes, user)
    secretary = user.holds(Role.SECRETARY)
    label, tone = standing(minutes)
    return {
        "minutes": minutes,
        "sheet": sheet(minutes, sight),
        "standing": label,
        "tone": tone,
        "unsound": unsound(minutes) or any(unsound(each) for each in minutes.addenda.select_related("item")),
        "secretary": secretary,
        "shows_files": sight.everything,
        "signing_copy": secretary and bool(closed_to_signers(minutes)),
        "words_form": WordsForm(minutes=minutes, sight=sight)
        if rules.why_not_write(minutes, by=user) is None
        else None,
        "addendum_form": AddendumForm(minutes=minutes, sight=sight)
        if rules.why_not_add(minutes, by=user) is None
        else None,
        **signing(minutes, user),
        **answering(minutes, user),
        "crumbs": crumbs(minutes),
        **(forms or {}),
    }


def signing(minutes: Minutes, user: User) -> dict[str, Any]:
    """What this user has to sign next: the minutes, else the first addendum they have not signed."""
    due = to_sign(minutes, user)
    found: dict[str, Any] = {"sign_form": None, "scan_form": None, "why_not_sign": ""}
    if due is not None:
        addendum = due if isinstance(due, Addendum) else None
        if sentence := rules.why_not_sign(minutes, by=user, addendum=addendum):
            found["why_not_sign"] = sentence
        else:
            found["sign_form"], found["sign_addendum"] = sign_form(minutes, user, addendum), addendum
    if user.holds(Role.SECRETARY) and (owed := owes_paper(minutes)) is not None:
        addendum = owed if isinstance(owed, Addendum) else None
        found["scan_form"], found["scan_addendum"] = scan_form(minutes, user, addendum), addendum
    return found


def answering(minutes: Minutes, user: User) -> dict[str, Any]:
    """The first signature of theirs that another took down from paper, until they said something of it."""
    for paper in papers(minutes):
        addendum = paper if isinstance(paper, Addendum) else None
        if rules.why_not_answer(minutes, by=user, addendum=addendum) is None:
            seen = {"seen": rules.fingerprint(minutes, addendum)}
            form = AnswerForm(minutes=minutes, sight=sight_of(minutes, user), initial=seen)
            return {"answer_form": form, "answer_addendum": addendum}
    return {"answer_form": None}


def sign_form(minutes: Minutes, user: User, addendum: Addendum | None) -> SignForm:
    seen = rules.fingerprint(minutes, addendum)
    return SignForm(minutes=minutes, sight=sight_of(minutes, user), initial={"seen": seen})


def scan_form(minutes: Minutes, user: User, addendum: Addendum | None) -> ScanForm:
    return ScanForm(minutes=minutes, sight=sight_of(minutes, user), addendum=addendum)


def to_sign(minutes: Minutes, user: User) -> Minutes | Addendum | None:
    if user.pk not in rules.signers(minutes):
        return None
    return next((paper for paper in papers(minutes) if user.pk in left_to_sign(minutes, paper)), None)


def owes_paper(minutes: Minutes) -> Minutes | Addendum | None:
    return next((paper for paper in papers(minutes) if left_to_sign(minutes, paper)), None)


def papers(minutes: Minutes) -> list[Minutes | Addendum]:
    """What is signed by itself: the minutes, then each addendum."""
    return [minutes, *minutes.addenda.all()]


def left_to_sign(minutes: Minutes, paper: Minutes | Addendum) -> list[int]:
    return rules.unsigned(minutes, paper if isinstance(paper, Addendum) else None)


def standing(minutes: Minutes) -> tuple[str, str]:
    """A word and a tone: draft, being signed, signed by all."""
    if not minutes.is_locked:
        return _("draft"), "you"
    if rules.unsigned(minutes):
        return _("being signed"), "wait"
    return _("signed by all"), "ok"


def crumbs(minutes: Minutes) -> list[dict[str, str]]:
    return [
        {"label": _("Minutes of meetings"), "url": reverse("committee:minutes_list")},
        {"label": _("Minutes %(number)s") % {"number": number_in_text(minutes)}},
    ]


def listed(before: tuple[int, int] | None, year: int | None) -> dict[str, Any]:
    """Minutes newest first, `SHOWN` at a time, with how many signatures each has, and the years there are."""
    found = Minutes.objects.select_related("meeting").order_by("-year", "-number")
    found = found.annotate(signed=Count("signatures", filter=Q(signatures__addendum=None)))
    if year:
        found = found.filter(year=year)
    if before:
        found = found.filter(Q(year__lt=before[0]) | Q(year=before[0], number__lt=before[1]))
    rows = list(found[: SHOWN + 1])
    years = list(Minutes.objects.order_by("-year").values_list("year", flat=True).distinct())
    return {"rows": [row(each) for each in rows[:SHOWN]], "more": len(rows) > SHOWN, "years": years, "year": year}


def row(minutes: Minutes) -> dict[str, Any]:
    total = len(rules.signers(minutes))
    label, tone = (_("draft"), "you")
    if minutes.is_locked:
        done = minutes.signed >= total  # type: ignore[attr-defined]  # annotated by `listed`
        label, tone = (_("signed by all"), "ok") if done else (_("being signed"), "wait")
    return {
        "minutes": minutes,
        "url": address(minutes),
        "signed": minutes.signed,  # type: ignore[attr-defined]
        "of": total,
        "label": label,
        "tone": tone,
    }
