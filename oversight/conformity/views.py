"""The conformity report on the screen and on paper, and the list behind each of its numbers; for the manager."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, staff
from accounts.roles import Role
from core import printing
from oversight.conformity.forms import PeriodForm
from oversight.conformity.listing import page_of
from oversight.conformity.measures import MEASURES, Asked
from oversight.conformity.paper import conformity_pdf
from oversight.conformity.period import Period
from oversight.conformity.report import query_of, report, rows_of
from policies.models import Association, PolicyVersion
from requests.intake.views import number

MANAGER = (Role.MANAGER,)


def asked_period(form: PeriodForm) -> Period:
    """What was typed, each end on its own; this Hijri year where nothing was, or it cannot be read."""
    usual = Period.this_hijri_year()
    if not form.is_valid():
        return usual
    first, last = form.cleaned_data["from"], form.cleaned_data["to"]
    ends = last.gregorian if last else usual.last
    begins = first.gregorian if first else min(usual.first, ends)
    return Period(begins, max(begins, ends))


def in_force() -> PolicyVersion:
    version = PolicyVersion.in_force()
    if version is None:
        raise Http404
    return version


def opened(request: StaffRequest) -> tuple[PeriodForm, Period]:
    form = PeriodForm(request.GET)
    return form, asked_period(form)


@staff(*MANAGER)
@require_safe
def conformity(request: StaffRequest) -> HttpResponse:
    """Clause, what carries it out, evidence and exceptions."""
    form, period = opened(request)
    context: dict[str, Any] = report(in_force(), period, Association.current())
    status = 422 if form.errors else 200
    context |= {"form": form, "query": query_of(period)}
    return render(request, "oversight/conformity.html", context, status=status)


@staff(*MANAGER)
@require_safe
def conformity_paper(request: StaffRequest) -> HttpResponse:
    """The same report for the regulator's visit."""
    _form, period = opened(request)
    found = report(in_force(), period, Association.current())
    return printing.answer(conformity_pdf(found), name=f"conformity-{period.first}-{period.last}")


@staff(*MANAGER)
@require_safe
def conformity_list(request: StaffRequest, name: str) -> HttpResponse:
    """The rows behind one number."""
    measure = MEASURES.get(name)
    if measure is None or not measure.listed:
        raise Http404
    _form, period = opened(request)
    of = request.GET.get("of", "")[:50]
    asked = Asked(period, in_force(), Association.current())
    after = number(request.GET.get("after")) or 0
    rows, following = page_of(rows_of(asked, name, of), after)
    context = {"measure": measure, "rows": rows, "period": period, "query": query_of(period, of), "next": following}
    crumbs = [{"label": _("Conformity report"), "url": back(period)}, {"label": measure.label}]
    return render(request, "oversight/conformity_list.html", context | {"crumbs": crumbs})


def back(period: Period) -> str:
    return f"{reverse('oversight:conformity')}?{query_of(period)}"
