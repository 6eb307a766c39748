"""The researcher's pages: taking a case, the list of its study's sections, and one section at a time."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.access import StaffRequest, staff
from accounts.roles import Role
from core import audit, seen
from core.errors import Refused
from requests import actions, workflow
from requests.models import Study, SupportRequest
from requests.page import url
from requests.states import State
from requests.study import drafts, page
from requests.study.actions import begin, raise_study, save_section
from requests.study.field import field_page
from requests.study.forms import SectionForm
from requests.study.sections import BY_NAME, Section, around, sections_of
from requests.views import REFUSED, load, refusal

MEANWHILE = 409


class ChangedMeanwhile(Exception):
    """The section was saved from another screen since this page was opened."""

    def __init__(self, fresh: SectionForm, names: list[str]):
        self.fresh, self.names = fresh, names


def own(request: StaffRequest, reference: str) -> SupportRequest:
    """The case of the researcher who is assigned to it; a colleague's study is not theirs to open."""
    case = load(request, reference)
    if case.researcher_id != request.user.pk:
        raise Http404
    return case


def own_section(request: StaffRequest, reference: str, name: str) -> tuple[SupportRequest, Section]:
    case = own(request, reference)
    section = BY_NAME.get(name)
    if section not in sections_of(case.policy_version):
        raise Http404
    return case, section


@staff(Role.RESEARCHER)
@require_POST
def take(request: StaffRequest, reference: str) -> HttpResponse:
    case = load(request, reference)
    try:
        begin(actions.take_for_research(case, by=request.user), by=request.user)
    except Refused as refused:
        return refusal(request, case, refused)
    messages.success(request, _("The case is yours; its study is open."))
    return redirect("requests:study", reference)


@staff(Role.RESEARCHER)
@require_http_methods(["GET", "POST"])
def study(request: StaffRequest, reference: str) -> HttpResponse:
    """The list of sections; a POST opens the study of a case that was assigned."""
    case = own(request, reference)
    if request.method == "POST":
        try:
            begin(case, by=request.user)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return index_page(request, case, status=REFUSED)
        return redirect("requests:study", reference)
    return index_page(request, case)


def index_page(request: StaffRequest, case: SupportRequest, *, status: int = 200) -> HttpResponse:
    audit.looked_at(case, by=request.user, what="study")
    kept = Study.objects.filter(case=case).first()
    context = page.index(case, kept, request.user)
    if kept and not context["open"]:
        context |= {"summary": page.summary(kept, request.user)}
    return render(request, "requests/study/index.html", context, status=status)


@staff(Role.RESEARCHER)
@require_http_methods(["GET", "POST"])
def section(request: StaffRequest, reference: str, name: str) -> HttpResponse:
    """One section: shown with what was typed of it, saved as far as it is, or done; the opinion is raised."""
    case, here = own_section(request, reference, name)
    kept = Study.objects.filter(case=case).first()
    if kept is None:
        return redirect("requests:study", reference)
    if request.method == "GET":
        return section_page(request, case, here, page.open_form(case, kept, here))
    done = "done" in request.POST
    form = page.open_form(case, kept, here, request.POST, done=done)
    if not form.is_valid():
        return section_page(request, case, here, form, status=REFUSED)
    try:
        save(request, case, here, form)
    except ChangedMeanwhile as meanwhile:
        return section_page(request, case, here, form, meanwhile=meanwhile, status=MEANWHILE)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return section_page(request, case, here, form, status=REFUSED)
    drafts.drop(case, here.name, request.POST.get("draft", ""), by=request.user)
    return following(request, case, here, done=done)


@transaction.atomic
def save(request: StaffRequest, case: SupportRequest, here: Section, form: SectionForm) -> None:
    """Save under the case's lock, unless the section changed since the page was opened."""
    case = workflow.lock(case)
    fresh = page.open_form(case, Study.objects.get(case=case), here)
    if names := seen.changed(request.POST.get(seen.FIELD, ""), fresh.now):
        raise ChangedMeanwhile(fresh, names)
    save_section(case, here.name, by=request.user, done=form.done, **form.facts())
    if here.name == "opinion" and form.done:
        raise_study(case, by=request.user)


def following(request: StaffRequest, case: SupportRequest, here: Section, *, done: bool) -> HttpResponse:
    """After a section that is done, the next; the last one leaves the study to the committee."""
    if here.name == "opinion" and done:
        messages.success(request, _("The case is raised to the committee with your recommendation."))
        return redirect("requests:case", case.reference)
    after = around(case.policy_version, here)[1]
    messages.success(request, _("Saved: %(section)s.") % {"section": here.label})
    if "field" in request.POST:
        return redirect(f"{url('study_field', case)}#{here.name}")
    return redirect(url("study_section", case, after.name if done and after else here.name))


def section_page(
    request: StaffRequest,
    case: SupportRequest,
    here: Section,
    form: SectionForm,
    *,
    meanwhile: ChangedMeanwhile | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page of a section. What was typed and not saved is shown in it; what is kept twice is said."""
    audit.looked_at(case, by=request.user, what=f"study: {here.name}")
    kept = drafts.waiting(case, here.name, by=request.user)
    row = None if form.is_bound else drafts.chosen(kept, request.GET.get("draft", ""))
    drafts.show(form, row)
    context = page.section_page(case, here, form, request.user) | {
        "draft": request.POST.get("draft", "") if form.is_bound else drafts.word(row),
        "typed": row,
        "others": [each for each in kept if row and each.pk != row.pk],
        "mark": mark_of(request, form, row, meanwhile),
        "meanwhile": meanwhile and told(meanwhile),
    }
    return render(request, "requests/study/section.html", context | more, status=status)


def mark_of(request: StaffRequest, form: SectionForm, row, meanwhile: ChangedMeanwhile | None) -> str:
    """What the writer saw last: of a refused form what it came with, of a draft what it was begun over."""
    if meanwhile:
        return meanwhile.fresh.mark
    sent = request.POST.get(seen.FIELD, "") if form.is_bound else drafts.typed(row).get(seen.FIELD, "") if row else ""
    return sent[: seen.LONGEST] or form.mark


def told(meanwhile: ChangedMeanwhile) -> list[tuple[str, str]]:
    """What stands in the section now, field by field of those that changed."""
    fields = [meanwhile.fresh[name] for name in meanwhile.names if name in meanwhile.fresh.fields]
    return [(str(field.label), page.in_words(field) or "—") for field in fields]


@staff(Role.RESEARCHER)
@require_GET
def field(request: StaffRequest, reference: str) -> HttpResponse:
    """Every section on one page, to be opened before a visit: it goes on without a connection."""
    case = own(request, reference)
    kept = Study.objects.filter(case=case).prefetch_related("sections").first()
    if kept is None or case.state != State.SOCIAL_RESEARCH:
        return redirect("requests:study", reference)
    audit.looked_at(case, by=request.user, what="study")
    return render(request, "requests/study/field.html", field_page(case, kept, request.user))


@staff(Role.RESEARCHER)
@require_POST
def keep(request: StaffRequest, reference: str) -> HttpResponse:
    """Keep what is typed in a section, as the page does by itself every few seconds."""
    case, name = own(request, reference), request.POST.get("section", "")
    if not drafts.LINE.fullmatch(name) and BY_NAME.get(name) not in sections_of(case.policy_version):
        raise Http404
    row, sentence = drafts.keep(case, name, request.POST, by=request.user)
    return JsonResponse({"draft": drafts.word(row) or request.POST.get("draft", ""), "sentence": sentence})


@staff(Role.RESEARCHER)
@require_POST
def forget(request: StaffRequest, reference: str, name: str) -> HttpResponse:
    """Let go of what was typed in a section and not saved."""
    case, here = own_section(request, reference, name)
    drafts.drop(case, here.name, request.POST.get("draft", ""), by=request.user)
    messages.success(request, _("What was typed and not saved is deleted."))
    return redirect(url("study_section", case, here.name))
