"""The pages on which an award is described, planned, and what is left of it cancelled."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, staff
from accounts.roles import Role
from core import audit, clock, seen
from core.errors import Refused
from core.hijri import from_gregorian
from requests.delivery import rules
from requests.delivery.actions import cancel, describe
from requests.delivery.forms import CancelForm, DetailsForm, DivideForm, ReasonForm, ReceivingForm, RowForm
from requests.delivery.kinds import asks_of
from requests.delivery.page import chosen
from requests.delivery.planning import plan
from requests.delivery.receiving import change_receiving, verify_iban
from requests.delivery.schedule import MOST_INSTALMENTS
from requests.delivery.views import load_award, number, page_response
from requests.models import Award
from requests.page import crumbs
from requests.views import REFUSED


@staff(Role.SERVICE_OFFICER)
@require_http_methods(["GET", "POST"])
def details(request: StaffRequest, reference: str) -> HttpResponse:
    """What the kind of support asks. Where the kind was open, choosing it leads to its questions."""
    award = load_award(request, reference)
    decided = rules.kind_is_decided(award)
    form = DetailsForm(request.POST or None, award=award, decided=decided)
    if request.method == "POST" and form.is_valid():
        try:
            after = describe(award.case, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The details are kept."))
            more = after.kind != award.kind and asks_of(after.kind) != asks_of(award.kind)
            return redirect("requests:delivery_details" if more else "requests:delivery", reference)
    return award_page(request, "details", award, form=form, title=_("Details of the delivery"))


@staff(Role.SERVICE_OFFICER)
@require_http_methods(["GET", "POST"])
def received_how(request: StaffRequest, reference: str) -> HttpResponse:
    """How what is outstanding is received, changed with a reason."""
    award = load_award(request, reference)
    form = ReceivingForm(request.POST or None, case=award.case)
    if request.method == "POST" and form.is_valid():
        try:
            change_receiving(award.case, by=request.user, shown=form.shown, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("How it is received is changed, and the reason is in the record."))
            return redirect("requests:delivery", reference)
    return award_page(request, "receiving", award, form=form, title=_("How the service is received"))


@staff(Role.SERVICE_OFFICER)
@require_POST
def iban_seen(request: StaffRequest, reference: str) -> HttpResponse:
    """The certificate of the IBAN that stands in the file today was seen."""
    award = load_award(request, reference)
    try:
        ticked, shown = "iban_verified" in request.POST, request.POST.get(seen.FIELD, "")
        verify_iban(award.case, by=request.user, seen=ticked, shown=shown)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return page_response(request, award, current=chosen(award.case, None), status=REFUSED)
    messages.success(request, _("It is kept who saw the certificate of this IBAN, and when."))
    return redirect("requests:delivery", reference)


@staff(Role.SERVICE_OFFICER)
@require_http_methods(["GET", "POST"])
def schedule(request: StaffRequest, reference: str) -> HttpResponse:
    """The schedule: divided into rows by one button, kept as the rows stand by the other."""
    award = load_award(request, reference)
    left = rules.left_to_plan(award)
    if request.method == "GET":
        divide, rows = begun(award)
        return schedule_page(request, award, divide=divide, rows=rows)
    divide = DivideForm(request.POST)
    reason = ReasonForm(request.POST) if award.planned_at else None
    if "divide" in request.POST:
        rows = divided(divide, award) if divide.is_valid() else typed_rows(request.POST, money=left is not None)
        fresh = ReasonForm(initial={"why": request.POST.get("why", "")}) if reason else None
        return schedule_page(request, award, divide=divide, rows=rows, reason=fresh)
    rows = typed_rows(request.POST, money=left is not None)
    if all([*(row.is_valid() for row in rows), reason is None or reason.is_valid()]):
        try:
            said = reason.cleaned_data["why"] if reason else ""
            plan(award.case, by=request.user, rows=[row.row for row in rows if row.row], why=said)
        except Refused as refused:
            messages.error(request, refused.sentence)
        else:
            messages.success(request, _("The schedule is kept. Reminders go out on its days."))
            return redirect("requests:delivery", reference)
    return schedule_page(
        request, award, divide=DivideForm(initial=dict(divide.data.items())), rows=rows, reason=reason, refused=True
    )


def begun(award: Award) -> tuple[DivideForm, list[RowForm]]:
    """What the page opens with: the rows as planned, or as many as the decision has months, from today."""
    outstanding = list(award.case.instalments.outstanding())
    if award.planned_at:
        rows = [
            {"amount": each.amount, "due": from_gregorian(each.due_on).typed} for each in outstanding if each.due_on
        ]
        first = {"count": len(rows) or 1, "first": rows[0]["due"] if rows else from_gregorian(clock.today()).typed}
        return DivideForm(initial=first), laid(rows, award)
    first = {"count": award.months or 1, "first": from_gregorian(clock.today()).typed}
    divide = DivideForm(first)
    return DivideForm(initial=first), divided(divide, award) if divide.is_valid() else laid([{}], award)


def divided(divide: DivideForm, award: Award) -> list[RowForm]:
    try:
        return laid(divide.rows(rules.left_to_plan(award)), award)
    except ValueError:
        divide.add_error("count", _("What is left cannot be divided into so many."))
        return laid([{}], award)


def laid(rows: list[dict[str, Any]], award: Award) -> list[RowForm]:
    money = award.total is not None
    return [RowForm(initial=row, money=money, number=place) for place, row in enumerate(rows, 1)]


def typed_rows(data: Any, *, money: bool) -> list[RowForm]:
    """The rows as they came; how many there are, the page says."""
    count = min(number(data.get("rows")) or 1, MOST_INSTALMENTS)
    return [RowForm(data, money=money, number=place) for place in range(1, count + 1)]


def schedule_page(
    request: StaffRequest,
    award: Award,
    *,
    divide: DivideForm,
    rows: list[RowForm],
    reason: ReasonForm | None = None,
    refused: bool = False,
) -> HttpResponse:
    if reason is None and award.planned_at:
        reason = ReasonForm()
    context = {
        "divide": divide,
        "rows": rows,
        "reason": reason,
        "left": rules.left_to_plan(award),
        "title": _("The schedule"),
    }
    return award_page(request, "plan", award, status=REFUSED if refused else 200, **context)


@staff(Role.SERVICE_OFFICER, Role.MANAGER)
@require_http_methods(["GET", "POST"])
def cancelled(request: StaffRequest, reference: str) -> HttpResponse:
    """Cancel one instalment, or all that is left, with a reason; the manager too, who reads no name here."""
    award = load_award(request, reference)
    outstanding = list(award.case.instalments.outstanding())
    form = CancelForm(request.POST or None, outstanding=outstanding, only=request.GET.get("n", ""))
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            cancel(award.case, by=request.user, why=clean["why"], note=clean["note"], only=form.only)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("It is cancelled, and the reason is in the record."))
            delivers = request.user.holds(Role.SERVICE_OFFICER)
            return redirect("requests:delivery" if delivers else "requests:case", reference)
    facts: dict[str, Any] = {"nothing": not outstanding, "why_not": rules.not_cancelling(award.case, request.user)}
    return award_page(request, "cancel", award, form=form, title=_("Cancel what is left"), **facts)


def award_page(request: StaffRequest, name: str, award: Award, *, status: int = 200, **context: Any) -> HttpResponse:
    """One of the small pages beside the delivery; where it may not be done, its sentence stands in the form's place."""
    audit.looked_at(award.case, by=request.user, what="delivery")
    form, person = context.get("form"), award.case.person.current
    if isinstance(form, ReceivingForm) and form.is_bound and rules.another_iban(person, form.shown):
        form.untick()
    if form is not None and form.is_bound and not form.is_valid():
        status = REFUSED
    facts = {
        "case": award.case,
        "award": award,
        "person": person,
        "iban_mark": rules.iban_mark(person),
        "delivers": request.user.holds(Role.SERVICE_OFFICER),
        "asks": asks_of(award.kind),
        "why_not": rules.not_theirs(award.case, request.user),
        "crumbs": crumbs(award.case, str(context["title"])),
    }
    return render(request, f"requests/delivery/{name}.html", facts | context, status=status)
