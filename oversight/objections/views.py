"""The manager's count of objections."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import StaffRequest, staff
from accounts.roles import Role
from oversight.objections import rules


@staff(Role.MANAGER)
@require_GET
def objections(request: StaffRequest) -> HttpResponse:
    return render(request, "oversight/objections.html", {"months": rules.by_month(), "total": rules.total()})
