"""The pages of a meeting, from its notice to its end. Every POST is one verb of `committee.meetings.actions`."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import StaffRequest, staff
from accounts.roles import COMMITTEE, VOTING, Role
from committee import actions as votes
from committee import rules as voting_rules
from committee import sheet
from committee.forms import keys_read
from committee.meetings import actions, page, rules
from committee.meetings.forms import AllPresentForm, ApologyForm, AttendanceForm, CallOffForm, OpenNowForm, PlanForm
from committee.minutes.page import link_of
from committee.models import Meeting
from committee.views import cases_of, projector, queue_page
from core.errors import Refused
from requests.states import State

REFUSED = 422
Verb = Any


def find(number: int) -> Meeting:
    return get_object_or_404(Meeting, number=number)


def stay(meeting: Meeting, fragment: str = "") -> HttpResponse:
    return redirect(reverse("committee:meeting", args=[meeting.number]) + fragment)


@staff(Role.SECRETARY)
@require_http_methods(["GET", "POST"])
def plan(request: StaffRequest) -> HttpResponse:
    form = PlanForm(request.POST if request.method == "POST" else None, two=page.two_committees())
    if form.is_bound and form.is_valid():
        try:
            made = actions.plan(by=request.user, **form.facts())
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            said = _("Meeting %(number)s is planned. Its members are told when you give its notice.")
            messages.success(request, said % {"number": made.number})
            return stay(made)
    return plan_page(request, form)


@staff(Role.SECRETARY)
@require_http_methods(["GET", "POST"])
def move(request: StaffRequest, number: int) -> HttpResponse:
    meeting = find(number)
    form = PlanForm(request.POST if request.method == "POST" else None, two=False, meeting=meeting)
    if form.is_bound and form.is_valid():
        try:
            actions.move(meeting, by=request.user, **form.facts())
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The new time and place are kept."))
            return stay(meeting)
    return plan_page(request, form, meeting)


def plan_page(request: StaffRequest, form: PlanForm, meeting: Meeting | None = None) -> HttpResponse:
    status = REFUSED if form.is_bound else 200
    return render(request, "committee/meetings/plan.html", {"form": form, "meeting": meeting}, status=status)


@staff(*COMMITTEE)
@require_POST
def open_meeting(request: StaffRequest) -> HttpResponse:
    form = OpenNowForm(request.POST)
    if not form.is_valid():
        return queue_page(request, form, status=REFUSED)
    try:
        opened = actions.open_meeting(by=request.user, **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return queue_page(request, form, status=REFUSED)
    messages.success(request, _("Meeting %(number)s is open. Mark who is present.") % {"number": opened.number})
    return stay(opened)


@staff(*COMMITTEE)
@require_GET
def meeting(request: StaffRequest, number: int) -> HttpResponse:
    return meeting_page(request, find(number))


def meeting_page(request: StaffRequest, shown: Meeting, status: int = 200, form: Form | None = None) -> HttpResponse:
    user, agenda = request.user, page.agenda(shown, cases_of(request.user))
    secretary = user.holds(Role.SECRETARY)
    here = [row["case"] for row in agenda["rows"] if row["case"].state == State.COMMITTEE_REVIEW]
    standing, tone = page.standing_of(shown)
    context = {
        "meeting": shown,
        "name": page.name_of(shown),
        "standing": standing,
        "tone": tone,
        "when": rules.when_in_words(shown),
        "seats": page.attendance(shown),
        "quorum": voting_rules.quorum(shown),
        "marks": shown.is_open and secretary,
        "not_here_yet": rules.not_here_yet(shown) if shown.is_open and secretary else [],
        "apologies": secretary and rules.why_no_apologies(shown, by=user) is None,
        "secretary": secretary,
        **mine(shown, user),
        "agenda": agenda,
        "first": here[0] if here else None,
        "still_to_vote": shown.items.filter(motions__closed_at=None).exists(),
        "projector": projector(request),
        "minutes_link": link_of(shown, user),
        "call_off": form if isinstance(form, CallOffForm) else CallOffForm(),
        **page.together(shown, by=user),
        **(before(shown, user) if shown.is_planned and secretary else {}),
    }
    return render(request, "committee/meetings/meeting.html", context, status=status)


def mine(meeting: Meeting, user: Any) -> dict[str, Any]:
    """The seat for which this person may apologise, and whether they have."""
    seat = voting_rules.seats_of(meeting).filter(user=user).first()
    if seat is not None and (meeting.closed_at or rules.why_not_apologise(meeting, seat, by=user)):
        seat = None
    sent = seat is not None and meeting.apologies.filter(seat=seat).exists()
    return {"mine": seat, "mine_apology": sent, "apology": ApologyForm(seats=voting_rules.seats_of(meeting))}


def before(meeting: Meeting, user: Any) -> dict[str, Any]:
    """What the secretary may do with a meeting to come, or why not, and what its agenda would be now."""
    return {
        "why_not_notice": rules.why_not_give_notice(meeting, by=user),
        "why_not_open": rules.why_not_open(meeting, by=user),
        "ready": rules.ready_queue(meeting.body, on=meeting.held_on).count(),
        "without_mobile": [seat.user.name for seat in voting_rules.seats_of(meeting) if not seat.user.mobile],
    }


def act(
    request: StaffRequest, number: int, verb: Verb, said: str, *, level: int = messages.SUCCESS, **facts: Any
) -> HttpResponse:
    """One verb on one meeting, its sentence, and back to the meeting."""
    shown = find(number)
    try:
        verb(shown, by=request.user, **facts)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return meeting_page(request, shown, status=REFUSED)
    messages.add_message(request, level, said)
    return stay(shown)


@staff(*COMMITTEE)
@require_POST
def notice(request: StaffRequest, number: int) -> HttpResponse:
    invited = [bool(seat.user.mobile) for seat in voting_rules.seats_of(find(number))]
    if all(invited):
        said = _("The notice is given and the agenda is frozen.")
    elif any(invited):
        said = _("The agenda is frozen, and the notice went to whoever has a mobile on file.")
    else:
        said = _("The agenda is frozen, and the notice reached nobody: no mobile is on file. Tell them yourself.")
    level = messages.SUCCESS if any(invited) else messages.WARNING
    return act(request, number, actions.give_notice, said, level=level)


@staff(*COMMITTEE)
@require_POST
def begin(request: StaffRequest, number: int) -> HttpResponse:
    said = _("Meeting %(number)s is open. Mark who is present.") % {"number": number}
    return act(request, number, actions.open_planned, said)


@staff(*COMMITTEE)
@require_POST
def call_off(request: StaffRequest, number: int) -> HttpResponse:
    form = CallOffForm(request.POST)
    if not form.is_valid():
        return meeting_page(request, find(number), status=REFUSED, form=form)
    said = _("The meeting is called off, and its cases are back in the queue.")
    return act(request, number, actions.call_off, said, why=form.cleaned_data["why"])


@staff(*COMMITTEE)
@require_POST
def close_meeting(request: StaffRequest, number: int) -> HttpResponse:
    return act(request, number, actions.close_meeting, _("Meeting %(number)s is closed.") % {"number": number})


@staff(*COMMITTEE)
@require_POST
def attendance(request: StaffRequest, number: int) -> HttpResponse:
    held = find(number)
    form = AttendanceForm(request.POST, seats=voting_rules.seats_of(held))
    if not form.is_valid():
        raise Http404
    try:
        actions.mark_attendance(held, by=request.user, seat=form.seat, present=form.cleaned_data["present"])
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return meeting_page(request, held, status=REFUSED)
    return stay(held, f"#seat-{form.seat.pk}")


@staff(*COMMITTEE)
@require_POST
def all_present(request: StaffRequest, number: int) -> HttpResponse:
    """Whoever was shown as expected; who came, left or apologised meanwhile is not marked with them."""
    held = find(number)
    form = AllPresentForm(request.POST, seats=voting_rules.seats_of(held))
    if not form.is_valid():
        raise Http404
    try:
        come = actions.mark_all_present(held, by=request.user, shown=form.cleaned_data["seats"])
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return meeting_page(request, held, status=REFUSED)
    said = ngettext("%(n)s member is marked as present.", "%(n)s members are marked as present.", len(come))
    messages.success(request, said % {"n": len(come)})
    return stay(held, "#attendance")


@staff(*COMMITTEE)
@require_POST
def apology(request: StaffRequest, number: int) -> HttpResponse:
    """«I shall not come», and its taking back; the secretary takes it down for others."""
    shown = find(number)
    form = ApologyForm(request.POST, seats=voting_rules.seats_of(shown))
    if not form.is_valid():
        raise Http404
    if form.cleaned_data["comes"]:
        return act(request, number, actions.take_back_apology, _("The apology is taken back."), seat=form.seat)
    facts = {"seat": form.seat, "why": form.cleaned_data["why"]}
    return act(request, number, actions.apologise, _("The apology is taken down."), **facts)


@staff(*VOTING)
@require_http_methods(["GET", "POST"])
def agree(request: StaffRequest, number: int) -> HttpResponse:
    """Agree together with what nobody asked to discuss: first the list of them, then one button."""
    shown = find(number)
    if request.method == "GET":
        put = {
            item.case_id: voting_rules.its_open_motion(item) for item in voting_rules.unopposed(shown, by=request.user)
        }
        rows = page.agenda(shown, cases_of(request.user))["rows"]
        rows = [row | sheet.brief(put[row["case"].pk]) for row in rows if row["case"].pk in put]
        context = {"meeting": shown, "name": page.name_of(shown), "rows": rows, "projector": projector(request)}
        return render(request, "committee/meetings/agree.html", context)
    cast = votes.agree_with_all(shown, by=request.user, read=keys_read(request.POST))
    said = ngettext("You agreed with %(n)s case.", "You agreed with %(n)s cases.", len(cast)) % {"n": len(cast)}
    messages.success(request, said if cast else _("No case is left that you may agree with here."))
    return redirect(reverse("committee:meeting", args=[shown.number]) + projector(request))


@staff(Role.SECRETARY)
@require_POST
def close_votes(request: StaffRequest, number: int) -> HttpResponse:
    shown = find(number)
    closed = votes.close_all_voted(shown, by=request.user)
    said = ngettext("%(n)s vote is closed.", "%(n)s votes are closed.", len(closed)) % {"n": len(closed)}
    messages.success(request, said if closed else _("No vote is complete yet."))
    return redirect(reverse("committee:meeting", args=[shown.number]) + projector(request))
