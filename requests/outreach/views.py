"""The list of people to reach: one is called at a time, and what came of it is one key (rule 7)."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StaffRequest, staff
from accounts.roles import COUNTER
from beneficiaries.models import Outreach, Person
from beneficiaries.renewal import actions
from core import audit, clock
from core.errors import Refused
from requests.outreach.forms import CallForm
from requests.outreach.listing import PRINTED, WHY, Wanted, choices, page_of, tabs
from requests.outreach.page import panel_of
from requests.people.access import person_for, sight_of_file

KEYS = {
    Outreach.Result.CONFIRMED: "1",
    Outreach.Result.REACHED: "2",
    Outreach.Result.NO_ANSWER: "3",
    Outreach.Result.WRONG_NUMBER: "4",
    Outreach.Result.DECLINED: "5",
}


@staff(*COUNTER)
@require_safe
def outreach(request: StaffRequest) -> HttpResponse:
    return list_page(request, Wanted.read(request.GET))


def list_page(
    request: StaffRequest, wanted: Wanted, *, form: CallForm | None = None, status: int = 200
) -> HttpResponse:
    rows, following = page_of(request.user, wanted)
    panel = panel_of(request.user)
    context = {
        "rows": [row for row in rows if panel is None or row["person"] != panel["person"]],
        "panel": panel,
        "form": form or CallForm(),
        "keys": [(key, value, value.label) for value, key in KEYS.items()],
        "tabs": tabs(request.user, wanted),
        "wanted": wanted,
        "query": wanted.address().partition("?")[2],
        "print": wanted.address("requests:outreach_paper"),
        "next": wanted.address(after=following) if following else "",
        "first": wanted.address() if wanted.after else "",
        "all_of_it": Wanted(why=wanted.why).address(),
        "is_filtered": Wanted(why=wanted.why).address() != wanted.address(),
        **choices(request.user),
    }
    return render(request, "requests/outreach/list.html", context, status=status)


@staff(*COUNTER)
@require_safe
def outreach_paper(request: StaffRequest) -> HttpResponse:
    """The list on A4, to call from and to fill in by hand. It names people, so the reading of each leaves a row."""
    wanted = Wanted.read(request.GET)
    rows, following = page_of(request.user, wanted, size=PRINTED)
    for row in rows:
        audit.looked_at(row["person"], by=request.user, what="outreach list")
    context = {"rows": rows, "why": WHY[wanted.why], "more": bool(following), "today": clock.today()}
    context |= {"back": wanted.address(), "paper": "a4"}
    return render(request, "requests/outreach/paper.html", context)


def served(request: StaffRequest, pk: int) -> Person:
    """The current file of this number, where this user's counter serves it: the number to call is shown with it."""
    person = person_for(request, pk)
    if not sight_of_file(person, request.user).edits:
        raise Http404
    return person


@staff(*COUNTER)
@require_POST
def call(request: StaffRequest, pk: int) -> HttpResponse:
    """Take one person to call: the number is shown, and colleagues see that they are being called."""
    person = served(request, pk)
    try:
        actions.begin_call(person, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        audit.looked_at(person, by=request.user, what="outreach")
    return redirect(back_to(request).address())


@staff(*COUNTER)
@require_POST
def called(request: StaffRequest, pk: int) -> HttpResponse:
    """Keep what came of the call, or let the person go; then the next one has the focus."""
    person = served(request, pk)
    if "leave" in request.POST:
        actions.leave_call(person, by=request.user)
        return redirect(back_to(request).address())
    form = CallForm(request.POST)
    if not form.is_valid():
        return list_page(request, back_to(request), form=form, status=422)
    try:
        row = actions.record_call(person, by=request.user, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.sentence)
    else:
        facts = {"name": person.full_name, "result": row.get_result_display()}
        messages.success(request, _("%(name)s: %(result)s.") % facts)
    return redirect(back_to(request).address())


def back_to(request: StaffRequest) -> Wanted:
    """The list it was done from: its filters come with the form, and are read as an address is."""
    return Wanted.read(QueryDict(request.POST.get("list", "")[:400]))


@staff(*COUNTER)
@require_POST
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """«أكّد البيانات كما هي»: read over with the person on the page of their file."""
    person = person_for(request, pk)
    if sight_of_file(person, request.user).edits:
        actions.confirm(person, by=request.user, how="counter")
        messages.success(request, _("The data is confirmed as of today."))
    return redirect("requests:person", person.pk)
