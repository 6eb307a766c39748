"""Two versions side by side in words, for the policy editor."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from accounts.access import StaffRequest
from policies.difference.changes import changes
from policies.difference.words import compare, counts
from policies.editing.frame import editor_page, number, show, version_or_404
from policies.models import PolicyVersion


@editor_page
def difference(request: StaffRequest, pk: int) -> HttpResponse:
    """This version against another: the one it was made from unless `?with=` names one."""
    version = version_or_404(pk)
    others = PolicyVersion.objects.exclude(pk=pk).order_by("-pk")
    asked = request.GET.get("with")
    other = get_object_or_404(others, pk=number(asked)) if asked else version.based_on or others.first()
    rows = compare(other, version) if other else []
    return show(
        request,
        "difference",
        version,
        "difference",
        other=other,
        others=others,
        rows=rows,
        counts=counts(rows),
        changes=changes(other, version) if other else [],
        all="all" in request.GET,
    )
