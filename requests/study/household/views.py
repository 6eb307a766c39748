"""The household as the researcher finds it: somebody missing is added, what is wrong put right, who left marked so."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, staff
from accounts.roles import Role
from beneficiaries.household.forms import LeftForm, MemberForm
from beneficiaries.models import HouseholdMember, Person
from core import audit, once, seen
from core.errors import Refused
from requests import workflow
from requests.models import Study, SupportRequest
from requests.page import url
from requests.people.views import ChangedMeanwhile, sealed, seen_mark
from requests.study import page
from requests.study.household import actions
from requests.study.sections import BY_NAME, sections_of
from requests.study.views import MEANWHILE, own
from requests.views import REFUSED


def own_household(request: StaffRequest, reference: str) -> SupportRequest:
    """The case of its researcher, where the policy asks who lives there."""
    case = own(request, reference)
    if BY_NAME["household"] not in sections_of(case.policy_version):
        raise Http404
    return case


def living(case: SupportRequest):
    """Who is written down as living there, under whichever file of the person."""
    return HouseholdMember.objects.present().filter(person__in=case.person.current.and_merged)


def form_of(request: StaffRequest, case: SupportRequest, row: HouseholdMember | None = None, data: Any = None):
    return MemberForm(data, person=case.person.current, by=request.user, policy=case.policy_version, row=row)


@staff(Role.RESEARCHER)
@require_http_methods(["GET", "POST"])
def member(request: StaffRequest, reference: str) -> HttpResponse:
    """Write somebody of the household into the person's file: the file is where a household stands."""
    case = own_household(request, reference)
    form = form_of(request, case, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        make = lambda: str(actions.add(case, by=request.user, **form.facts()).pk)  # noqa: E731
        try:
            once.sent(once.key_of(request.POST), make)
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            return saved(request, case)
    return member_page(request, case, form)


@staff(Role.RESEARCHER)
@require_http_methods(["GET", "POST"])
def member_change(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    case = own_household(request, reference)
    form = form_of(request, case, get_object_or_404(living(case), pk=pk), request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return member_page(request, case, form)
    try:
        save(request, case, form)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return member_page(request, case, form)
    except ChangedMeanwhile as meanwhile:
        return member_page(request, case, form, meanwhile=meanwhile)
    return saved(request, case)


@staff(Role.RESEARCHER)
@require_POST
def member_gone(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """They moved out, married, died, or were written down by mistake; their form stands below that of their data."""
    case = own_household(request, reference)
    row = get_object_or_404(living(case), pk=pk)
    ending = LeftForm(request.POST)
    if ending.is_valid():
        try:
            actions.left(case, row, by=request.user, **ending.facts())
        except Refused as refused:
            ending.add_error(None, refused.sentence)
        else:
            return saved(request, case)
    return member_page(request, case, form_of(request, case, row), ending=ending)


@transaction.atomic
def save(request: StaffRequest, case: SupportRequest, form: MemberForm) -> None:
    """Save under the file's lock, unless a colleague changed it since the form was opened."""
    case = workflow.lock(case)
    Person.objects.select_for_update(of=("self",)).get(pk=form.row.person_id)
    row = get_object_or_404(living(case), pk=form.row.pk)
    fresh = form_of(request, case, row)
    if names := seen.changed(request.POST.get(seen.FIELD, ""), fresh.now):
        raise ChangedMeanwhile(fresh, names)
    actions.amend(case, row, by=request.user, **form.facts())


def saved(request: StaffRequest, case: SupportRequest) -> HttpResponse:
    """Back to the section, saying how many the study counts now."""
    messages.success(request, _("It is saved in the file."))
    size = Study.objects.filter(case=case).values_list("household_size", flat=True).first()
    if size:
        messages.info(request, _("People in the household, as the study counts them: %(n)s.") % {"n": size})
    return redirect(url("study_section", case, "household"))


def member_page(
    request: StaffRequest,
    case: SupportRequest,
    form: MemberForm,
    *,
    ending: LeftForm | None = None,
    meanwhile: ChangedMeanwhile | None = None,
) -> HttpResponse:
    audit.looked_at(case, by=request.user, what="study: household")
    row = form.row
    title = _("A member of the household") if row else _("Add a member of the household")
    facts = [(fresh.fields[name].label, fresh.in_words(name)) for fresh, name in changes_of(meanwhile)]
    context = page.frame(case, title) | {
        "title": title,
        "form": form,
        "row": row,
        "mark": seen_mark(request, form, meanwhile) if row else "",
        "sealed": sealed(form),
        "form_key": "" if row else once.key_of(request.POST),
        "meanwhile": facts,
        "ending": (ending or LeftForm()) if row else None,
        "back": url("study_section", case, "household"),
    }
    status = MEANWHILE if meanwhile else REFUSED if form.errors or (ending and ending.errors) else 200
    return render(request, "requests/study/member.html", context, status=status)


def changes_of(meanwhile: ChangedMeanwhile | None):
    return [(meanwhile.fresh, name) for name in meanwhile.names] if meanwhile else []
