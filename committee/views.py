"""The committee's pages: its queue, a meeting, and one page per case. Every POST is one verb of `committee.actions`."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import StaffRequest, staff
from accounts.models import User
from accounts.roles import COMMITTEE, VOTING, Role, Scope
from committee import actions, rules, sheet
from committee.forms import MOTION_FORMS, BallotForm, ConflictForm, MotionForm, VoteForm, keys_read
from committee.meetings import page as meetings
from committee.meetings.forms import OpenNowForm
from committee.meetings.rules import ready_queue
from committee.minutes.page import first_minutes
from committee.models import AgendaItem, Meeting, Motion
from core import audit, clock
from core.errors import Refused
from core.references import format_reference
from requests.appeal.page import objection
from requests.decision.issuing import to_issue
from requests.models import IN_SCOPE, Decision, SupportRequest
from requests.rules import decidable_today
from requests.states import State
from requests.visits.page import changes, opinions

SHOWN = 100  # of one group of the queue, oldest first
MEETINGS_SHOWN = 20


def cases_of(user: User):
    """What this person reads as one of the committee: another role of theirs opens no study here."""
    return SupportRequest.objects.visible_to(user).filter(IN_SCOPE[Scope.COMMITTEE](user))


# The queue


@staff(*COMMITTEE)
@require_GET
def queue(request: StaffRequest) -> HttpResponse:
    return queue_page(request, OpenNowForm())


def queue_page(request: StaffRequest, form: OpenNowForm, status: int = 200) -> HttpResponse:
    before, user = request.GET.get("before", ""), request.user
    past = Meeting.objects.over().order_by("-number")
    if before.isascii() and before.isdigit() and len(before) < 9:
        past = past.filter(number__lt=int(before))
    earlier = list(past[: MEETINGS_SHOWN + 1])
    secretary, free = user.holds(Role.SECRETARY), meetings.free_bodies()
    context = {
        "groups": groups(cases_of(user)),
        "open_meetings": Meeting.objects.open().order_by("number"),
        "to_come": (to_come := meetings.planned(user)),
        "announced": any(row["meeting"].notice_at for row in to_come),
        "two": meetings.two_committees(),
        "free": free,
        "secretary": secretary,
        "form": form,
        "meetings": earlier[:MEETINGS_SHOWN],
        "older": f"?before={earlier[MEETINGS_SHOWN - 1].number}" if len(earlier) > MEETINGS_SHOWN else "",
        "waiting": ready_queue(free[0][0]).count() if secretary and len(free) == 1 else None,
        "due": due_for(user).count(),
        "letters": user.holds(Role.CHAIR, Role.DEPUTY, Role.SECRETARY),
        "discloses": user.holds(*COMMITTEE) and not hasattr(user, "disclosure"),
    }
    return render(request, "committee/queue.html", context, status=status)


def groups(cases) -> list[dict[str, Any]]:
    """The review queue by what may be done with each case, oldest first; five queries, each bounded."""
    today = clock.today()
    here = cases.at_committee().select_related("service", "study").order_by("earliest_decision_on", "id")
    carried = Decision.objects.filter(settled_at=None, case__in=here).select_related("case__service", "case__study")
    waiting = here.exclude(pk__in=Decision.objects.filter(settled_at=None).values("case"))
    undecided = waiting.exclude(postponed_until__gt=today)
    asked = cases.filter(state=State.AWAITING_DOCUMENTS, came_from=State.COMMITTEE_REVIEW)
    named = [
        group("carried", _("The committee voted; waits to be issued"), carried_lines(carried)),
        group("today", _("May be decided today"), lines(undecided.filter(earliest_decision_on__lte=today))),
        *by_day(lines(undecided.filter(earliest_decision_on__gt=today))),
        group("postponed", _("Postponed"), lines(waiting.filter(postponed_until__gt=today))),
        group(
            "papers", _("Waiting for papers the committee asked for"), lines(asked.select_related("service", "study"))
        ),
    ]
    return [found for found in named if found["rows"]]


def group(kind: str, label: str, rows: list[dict[str, Any]], day=None) -> dict[str, Any]:
    return {"kind": kind, "label": label, "rows": rows[:SHOWN], "more": len(rows) > SHOWN, "day": day}


def by_day(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One group for each day before which nothing may be issued; the last says when there are more."""
    days = groupby(rows[:SHOWN], key=lambda row: row["case"].earliest_decision_on)
    found = [group("later", _("No decision before"), list(same), day) for day, same in days]
    if len(rows) > SHOWN:
        found[-1]["more"] = True
    return found


def lines(cases) -> list[dict[str, Any]]:
    return [line(case) for case in cases[: SHOWN + 1]]


def carried_lines(decisions) -> list[dict[str, Any]]:
    found = decisions.order_by("case__earliest_decision_on", "case_id")[: SHOWN + 1]
    return [line(decision.case) | {"decision": decision, "due": decidable_today(decision.case)} for decision in found]


def line(case: SupportRequest) -> dict[str, Any]:
    waited = clock.days_since(case.state_since)
    return {"case": case, "title": sheet.title(case), "waited": waited}


# One case


def find(request: StaffRequest, reference: str) -> SupportRequest:
    """A case this person may read here; anything else is not there, a case they are recused from too."""
    joined = "person service study__researcher declaration__witness policy_version branch".split()
    return get_object_or_404(cases_of(request.user).select_related(*joined), reference=reference)


def item_of(case: SupportRequest) -> AgendaItem | None:
    """The case on the agenda of the meeting that is open, else of the one to come that took it up, else of the latest;
    of none that was called off."""
    items = AgendaItem.objects.filter(case=case, meeting__cancelled_at=None).select_related("meeting", "case")
    now = items.filter(meeting__in=Meeting.objects.open()).first()
    to_come = now or items.filter(meeting__in=Meeting.objects.planned()).first()
    return to_come or items.order_by("-meeting__number").first()


def item_or_404(case: SupportRequest) -> AgendaItem:
    item = item_of(case)
    if item is None:
        raise Http404
    return item


@staff(*COMMITTEE)
@require_GET
def case(request: StaffRequest, reference: str) -> HttpResponse:
    shown = find(request, reference)
    audit.looked_at(shown, by=request.user, what="study")
    return case_page(request, shown)


def case_page(
    request: StaffRequest,
    shown: SupportRequest,
    *,
    status: int = 200,
    conflict: ConflictForm | None = None,
    motion: MotionForm | None = None,
) -> HttpResponse:
    """The one page of a case; a refused form stands in it as it was typed."""
    item, user = item_of(shown), request.user
    context = sheet.sheet(shown, user) | {
        "case": shown,
        "item": item,
        "issuing": sheet.issuing(shown, by=user),
        "changes": changes(shown, by=user),
        "opinions": opinions(shown),
        "objection": objection(shown, reader=user),
        "first_minutes": first_minutes(shown, user),
        "conflict": conflict or ConflictForm(),
        "why_not_recuse": rules.why_not_recuse(shown),
        "projector": projector(request),
        "crumbs": crumbs(item, shown),
        "votes_here": user.holds(*VOTING),
        "advice": sheet.agenda_advice(shown, item) if user.holds(Role.SECRETARY) else None,
    }
    if item is not None:
        context |= {"ballot": sheet.ballot(item, by=user), "next": following(item, user)}
        context["total"] = item.meeting.items.count()
    if item is not None and user.holds(Role.SECRETARY):
        context |= secretary_desk(item, user, motion)
    return render(request, "committee/case.html", context, status=status)


def secretary_desk(item: AgendaItem, user: User, motion: MotionForm | None) -> dict[str, Any]:
    """Closing the vote, and the five proposals that may be put instead, the refused one as it was typed."""
    study = item.case.study
    initial = {"what": study.what, "amount": study.amount, "kind": study.kind, "months": study.months}
    forms = {name: form(case=item.case, initial=initial) for name, form in MOTION_FORMS.items()}
    if motion is not None:
        forms[str(motion.outcome)] = motion
    return {
        "why_not_close": rules.why_not_close_vote(item, by=user),
        "why_not_put": rules.why_not_put(item, by=user),
        "motion_forms": [
            {"name": name, "label": sheet.HEADLINES[form.outcome](), "form": form, "open": form is motion, "key": key}
            for key, (name, form) in zip("67890", forms.items(), strict=True)
        ],
        "reads_template": sheet.as_the_person_reads("…", item.case),
        "desk": True,
    }


def crumbs(item: AgendaItem | None, shown: SupportRequest) -> list[dict[str, str]]:
    trail = [{"label": _("Committee"), "url": reverse("committee:queue")}]
    if item is not None:
        label = _("Meeting %(number)s") % {"number": item.meeting.number}
        trail.append({"label": label, "url": reverse("committee:meeting", args=[item.meeting.number])})
    return [*trail, {"label": _("Case page"), "url": ""}]


def projector(request: StaffRequest) -> str:
    """The ending of every link on a page shown to a room: names stay hidden from page to page."""
    return "?projector=1" if request.GET.get("projector") == "1" else ""


def following(item: AgendaItem, user: User) -> SupportRequest | None:
    """The next case of the agenda that is still with the committee and open to this person."""
    here = cases_of(user).at_committee()
    row = item.meeting.items.filter(position__gt=item.position, case__in=here).select_related("case").first()
    return row.case if row else None


def onward(request: StaffRequest, item: AgendaItem | None) -> HttpResponse:
    """To the next case without returning to a list; after the last one to the meeting, outside one to the queue."""
    if item is None or not item.meeting.is_open:
        return redirect("committee:queue")
    case = following(item, request.user)
    url = (
        reverse("committee:case", args=[case.reference])
        if case
        else reverse("committee:meeting", args=[item.meeting.number])
    )
    return redirect(url + projector(request))


def named(shown: SupportRequest) -> dict[str, str]:
    """The case a sentence speaks of, since it is read on the page of the next one."""
    return {"reference": format_reference(shown.reference)}


def stay(request: StaffRequest, shown: SupportRequest) -> HttpResponse:
    return redirect(reverse("committee:case", args=[shown.reference]) + projector(request))


def refused(request: StaffRequest, shown: SupportRequest, sentence: str, **forms: Any) -> HttpResponse:
    shown = find(request, shown.reference)  # a tie found meanwhile has closed it: then there is nothing to show
    messages.error(request, sentence)
    return case_page(request, shown, status=422, **forms)


@staff(*COMMITTEE)
@require_POST
def vote(request: StaffRequest, reference: str) -> HttpResponse:
    shown = find(request, reference)
    item, form = item_or_404(shown), VoteForm(request.POST)
    if not form.is_valid():
        return refused(request, shown, _("Choose: agree, do not agree or abstain."))
    try:
        cast = actions.cast_vote(
            item, by=request.user, choice=form.cleaned_data["choice"], read=keys_read(request.POST)
        )
    except Refused as refusal:
        return refused(request, shown, refusal.sentence)
    facts = named(shown) | {"choice": cast.get_choice_display()}
    messages.success(request, _("Request %(reference)s: your vote is recorded (%(choice)s).") % facts)
    return onward(request, item)


@staff(*COMMITTEE)
@require_POST
def conflict(request: StaffRequest, reference: str) -> HttpResponse:
    shown = find(request, reference)
    item, form = item_of(shown), ConflictForm(request.POST)
    if not form.is_valid():
        return case_page(request, shown, status=422, conflict=form)
    try:
        actions.declare_conflict(shown, by=request.user, why=form.cleaned_data["why"])
    except Refused as refusal:
        return refused(request, shown, refusal.sentence, conflict=form)
    sentence = _("Request %(reference)s: your conflict of interest is recorded, and its file is closed to you.")
    messages.success(request, sentence % named(shown))
    return onward(request, item)


@staff(*COMMITTEE)
@require_POST
def put_motion(request: StaffRequest, reference: str) -> HttpResponse:
    shown = find(request, reference)
    item, form_class = item_or_404(shown), MOTION_FORMS.get(request.POST.get("outcome", ""))
    if form_class is None:
        raise Http404
    form = form_class(request.POST, case=shown)
    if not form.is_valid():
        return case_page(request, shown, status=422, motion=form)
    try:
        actions.put_motion(item, by=request.user, outcome=form.outcome, **form.facts())
    except Refused as refusal:
        return refused(request, shown, refusal.sentence, motion=form)
    messages.success(request, _("The proposal is put to the vote."))
    return stay(request, shown)


@staff(*COMMITTEE)
@require_POST
def close_vote(request: StaffRequest, reference: str) -> HttpResponse:
    shown = find(request, reference)
    try:
        closed = actions.close_vote(item_or_404(shown), by=request.user, read=keys_read(request.POST))
    except Refused as refusal:
        return refused(request, shown, refusal.sentence)
    messages.success(request, CLOSED[Motion.Result(closed.result)]())
    return stay(request, shown)


CLOSED = {
    Motion.Result.CARRIED: lambda: _("The proposal was carried."),
    Motion.Result.LOST: lambda: _("The proposal was not carried. Put another one to the vote."),
    Motion.Result.TIED: lambda: _("The votes were equal, so the case is postponed."),
}


@staff(*COMMITTEE)
@require_POST
def issue(request: StaffRequest, reference: str) -> HttpResponse:
    shown = find(request, reference)
    try:
        issued = actions.issue(shown, by=request.user, read=keys_read(request.POST))
    except Refused as refusal:
        return refused(request, shown, refusal.sentence)
    facts = named(shown) | {"state": issued.get_state_display()}
    messages.success(request, _("Request %(reference)s: the decision is issued (%(state)s).") % facts)
    return onward(request, item_of(shown))


@staff(*VOTING)
@require_POST
def pull(request: StaffRequest, reference: str) -> HttpResponse:
    """«Let us discuss this one»: it is no longer agreed to together with others."""
    shown = find(request, reference)
    try:
        actions.pull(item_or_404(shown), by=request.user)
    except Refused as refusal:
        return refused(request, shown, refusal.sentence)
    messages.success(request, _("Request %(reference)s will be discussed by itself.") % named(shown))
    return stay(request, shown)


@staff(Role.SECRETARY)
@require_POST
def set_ballot(request: StaffRequest, reference: str) -> HttpResponse:
    shown, form = find(request, reference), BallotForm(request.POST)
    secret = form.is_valid() and form.cleaned_data["secret"]
    try:
        actions.set_ballot(item_or_404(shown), by=request.user, secret=secret)
    except Refused as refusal:
        return refused(request, shown, refusal.sentence)
    messages.success(request, _("The vote on this case is secret.") if secret else _("The vote on this case is open."))
    return stay(request, shown)


# Issuing what is due


def due_for(user: User):
    """The carried decisions whose date has come and that are this person's to issue, oldest first."""
    decisions = to_issue(user).filter(case__in=cases_of(user))
    decisions = decisions.filter(case__state=State.COMMITTEE_REVIEW, case__earliest_decision_on__lte=clock.today())
    return decisions.select_related("case__service", "case__study").order_by("case__earliest_decision_on", "case_id")


@staff(Role.CHAIR, Role.DEPUTY)
@require_http_methods(["GET", "POST"])
def issue_due(request: StaffRequest) -> HttpResponse:
    """Everything that may be issued today on one page; what is ticked is issued, each case by itself."""
    rows = [sheet.due(decision, by=request.user) for decision in due_for(request.user)[:SHOWN]]
    if request.method == "GET":
        return render(request, "committee/issue_due.html", {"rows": rows})
    chosen = set(request.POST.getlist("read"))
    decisions = [row["decision"] for row in rows if row["read"] in chosen]
    if not decisions:
        messages.error(request, _("Tick the decisions to issue, at least one."))
        return render(request, "committee/issue_due.html", {"rows": rows, "none": True}, status=422)
    issued, left = actions.issue_due(decisions, by=request.user)
    if issued:
        count = len(issued)
        messages.success(request, ngettext("%(n)s decision issued.", "%(n)s decisions issued.", count) % {"n": count})
    for case, sentence in left:
        messages.error(request, _("Request %(reference)s: %(why)s") % (named(case) | {"why": sentence}))
    return redirect("committee:issue_due" if left else "committee:queue")
