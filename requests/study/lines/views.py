"""One line of a study at a time: added, changed or taken out, with what the income per person becomes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, staff
from accounts.roles import Role
from beneficiaries.means.models import Side
from beneficiaries.means.rules import side_of
from core import audit, once
from core.errors import Refused
from requests.models import Study, StudyLine, SupportRequest
from requests.page import url
from requests.study import drafts, page
from requests.study.lines import actions
from requests.study.lines.forms import LineForm
from requests.study.sections import SECTIONS, sections_of
from requests.study.views import own
from requests.views import REFUSED

SECTION_OF = {section.side: section for section in SECTIONS if section.side}
TITLES: dict[str, Any] = {
    Side.INCOME: gettext_lazy("Add an income"),
    Side.OBLIGATION: gettext_lazy("Add an obligation"),
}


def own_study(request: StaffRequest, reference: str) -> tuple[SupportRequest, Study]:
    """The case and its open study, where the policy asks about money."""
    case = own(request, reference)
    if SECTION_OF[Side.INCOME] not in sections_of(case.policy_version):
        raise Http404
    return case, get_object_or_404(Study, case=case)


@staff(Role.RESEARCHER)
@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, reference: str, side: str) -> HttpResponse:
    case, study = own_study(request, reference)
    if side not in Side.values:
        raise Http404
    form = LineForm(request.POST or None, side=side)
    if request.method == "GET" or not form.is_valid():
        return line_page(request, case, study, form, side=side)

    def make() -> str:
        return str(actions.add_line(case, by=request.user, **form.facts()).pk)

    try:
        once.sent(once.key_of(request.POST), make)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return line_page(request, case, study, form, side=side)
    drafts.drop(case, kept_as(request, side), request.POST.get("draft", ""), by=request.user)
    messages.success(request, _("The line is saved."))
    if "field" in request.POST:
        return redirect(f"{url('study_field', case)}#{SECTION_OF[Side(side)].name}")
    if "another" in request.POST:
        return redirect(url("study_line_add", case, side))
    return to_section(case, side)


@staff(Role.RESEARCHER)
@require_http_methods(["GET", "POST"])
def line(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    case, study = own_study(request, reference)
    row = get_object_or_404(study.lines, pk=pk)
    form = LineForm(request.POST or None, side=row.side, line=row)
    if request.method == "GET" or not form.is_valid():
        return line_page(request, case, study, form, side=row.side, row=row)
    try:
        actions.amend_line(row, by=request.user, **form.facts())
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return line_page(request, case, study, form, side=row.side, row=row)
    drafts.drop(case, f"line-{pk}", request.POST.get("draft", ""), by=request.user)
    messages.success(request, _("The line is saved."))
    return to_section(case, row.side)


@staff(Role.RESEARCHER)
@require_POST
def remove(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    case, study = own_study(request, reference)
    row = get_object_or_404(study.lines, pk=pk)
    try:
        actions.remove_line(row, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return to_section(case, row.side)
    messages.success(request, _("The line is taken out of the study; the file keeps its own."))
    return to_section(case, row.side)


@staff(Role.RESEARCHER)
@require_POST
def figure(request: StaffRequest, reference: str) -> HttpResponse:
    """What the income per person becomes with the line as it is typed now; nothing is kept."""
    case, study = own_study(request, reference)
    lines, typed = list(study.lines.all()), typed_line(request)
    if typed:
        lines = [*(each for each in lines if str(each.pk) != request.POST.get("line")), typed]
    context = {"figure": page.figure_panel(study, lines=lines), "before_saving": typed is not None}
    return render(request, "requests/study/figure.html", context)


def typed_line(request: StaffRequest) -> StudyLine | None:
    """The line as it is typed now; None while it is not whole."""
    try:
        side = side_of(request.POST.get("kind", ""))
    except ValueError:
        return None
    form = LineForm(request.POST, side=side)
    if not form.is_valid():
        return None
    return StudyLine(side=side, **{name: form.facts()[name] for name in ("amount", "every", "counts")})


def kept_as(request: StaffRequest, side: str) -> str:
    """What a new line is kept under while it is typed: the page for a visit has several of one side."""
    name = request.POST.get("section", "")
    return name if drafts.side_of(name) == side else drafts.new_line(side)


def to_section(case: SupportRequest, side: str) -> HttpResponse:
    return redirect(url("study_section", case, SECTION_OF[Side(side)].name))


def line_page(
    request: StaffRequest,
    case: SupportRequest,
    study: Study,
    form: LineForm,
    *,
    side: str,
    row: StudyLine | None = None,
) -> HttpResponse:
    title = _("Change the line") if row else str(TITLES[side])
    section = SECTION_OF[Side(side)]
    audit.looked_at(case, by=request.user, what=f"study: {section.name}")
    name = f"line-{row.pk}" if row else kept_as(request, side)
    typed = None if form.is_bound else next(iter(drafts.waiting(case, name, by=request.user)), None)
    drafts.show(form, typed)
    context = page.frame(case, title) | {
        "title": title,
        "kept_as": name,
        "draft": request.POST.get("draft", "") if form.is_bound else drafts.word(typed),
        "form": form,
        "row": row,
        "form_key": once.key_of(request.POST),
        "figure": page.figure_panel(study),
        "back": url("study_section", case, section.name),
        **page.copies(study, request.user),
    }
    return render(request, "requests/study/line.html", context, status=REFUSED if form.errors else 200)
