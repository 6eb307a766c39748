"""The minutes' pages: their list, one set of them, and one POST for each verb."""

import re
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StaffRequest, staff
from accounts.roles import COMMITTEE, Role
from committee.minutes import actions, rules
from committee.minutes.content import number_in_text
from committee.minutes.forms import AddendumForm, AnswerForm, ScanForm, SignForm, WordsForm
from committee.minutes.page import SHOWN, address, listed, minutes_page
from committee.minutes.paper import minutes_pdf
from committee.minutes.sight import for_signing, sight_of
from committee.models import Addendum, Meeting, Minutes, Signature
from core import audit, printing
from core.errors import Refused
from core.uploads import UploadError
from requests.files import handed_out

READERS = (*COMMITTEE, Role.MANAGER)
KEEPER = (Role.SECRETARY,)
REFUSED = 422


def find(year: int, number: int) -> Minutes:
    """Any minutes, for whoever reads minutes at all; what stands in a row is asked case by case (`sight_of`)."""
    return get_object_or_404(Minutes.objects.select_related("meeting", "drafted_by"), year=year, number=number)


def answer(request: StaffRequest, minutes: Minutes, status: int = 200, **forms: Any) -> HttpResponse:
    audit.looked_at(minutes, by=request.user, what="minutes")
    context = minutes_page(minutes, request.user, forms)
    return render(request, "committee/minutes/minutes.html", context, status=status)


def turned_away(request: StaffRequest, minutes: Minutes, sentence: str) -> HttpResponse:
    """Asked before anything typed is looked at: who may not write learns nothing from how their words are refused."""
    messages.error(request, sentence)
    return answer(request, minutes, REFUSED)


@staff(*READERS)
@require_safe
def minutes_list(request: StaffRequest) -> HttpResponse:
    before = re.fullmatch(r"([0-9]{4})-([0-9]{1,5})", request.GET.get("before", ""))
    year = re.fullmatch(r"[0-9]{4}", request.GET.get("year", ""))
    context = listed((int(before[1]), int(before[2])) if before else None, int(year[0]) if year else None)
    last = context["rows"][-1]["minutes"] if context["more"] else None
    chosen = f"year={year[0]}&" if year else ""
    context["older"] = f"?{chosen}before={last.year}-{last.number}" if last else ""
    return render(request, "committee/minutes/list.html", context | {"shown": SHOWN})


@staff(*KEEPER)
@require_POST
def draft_minutes(request: StaffRequest, number: int) -> HttpResponse:
    meeting = get_object_or_404(Meeting, number=number)
    try:
        drafted = actions.draft(meeting, by=request.user)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect("committee:meeting", number)
    messages.success(request, _("Minutes %(number)s are drafted. Read them, complete them, then sign.") % {
        "number": number_in_text(drafted)
    })  # fmt: skip
    return redirect(address(drafted))


@staff(*READERS)
@require_safe
def minutes(request: StaffRequest, year: int, number: int) -> HttpResponse:
    return answer(request, find(year, number))


@staff(*READERS)
@require_safe
def minutes_paper(request: StaffRequest, year: int, number: int) -> HttpResponse:
    """The PDF as this reader sees the minutes; `?copy=signing` is the one that goes from hand to hand."""
    found = find(year, number)
    audit.looked_at(found, by=request.user, what="minutes")
    sight = sight_of(found, request.user)
    if request.GET.get("copy") == "signing":
        sight = for_signing(found, sight)
    return printing.answer(minutes_pdf(found, sight), name=f"minutes-{found.year}-{found.number}")


@staff(*KEEPER)
@require_POST
def write_minutes(request: StaffRequest, year: int, number: int) -> HttpResponse:
    found = find(year, number)
    if sentence := rules.why_not_write(found, by=request.user):
        return turned_away(request, found, sentence)
    form = WordsForm(request.POST, minutes=found, sight=sight_of(found, request.user))
    if not form.is_valid():
        return answer(request, found, REFUSED, words_form=form)
    try:
        actions.write(found, by=request.user, **form.cleaned_data)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return answer(request, found, REFUSED)
    messages.success(request, _("The minutes are saved."))
    return redirect(address(found))


def addendum_of(request: StaffRequest, found: Minutes) -> Addendum | None:
    """The addendum a signature is meant for; none where it is for the minutes themselves."""
    number = request.POST.get("addendum", "")
    if not number:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", number):
        raise Http404
    return get_object_or_404(Addendum, minutes=found, number=int(number))


@staff(*COMMITTEE)
@require_POST
def sign_minutes(request: StaffRequest, year: int, number: int) -> HttpResponse:
    found = find(year, number)
    addendum = addendum_of(request, found)
    if sentence := rules.why_not_sign(found, by=request.user, addendum=addendum):
        return turned_away(request, found, sentence)
    form = SignForm(request.POST, request.FILES, minutes=found, sight=sight_of(found, request.user))
    if not form.is_valid():
        return answer(request, found, REFUSED, sign_form=form, sign_addendum=addendum)
    try:
        actions.sign(
            found,
            by=request.user,
            picture=form.file,
            seen=form.cleaned_data["seen"],
            reservation=form.reservation,
            addendum=addendum,
        )
    except UploadError as error:
        form.add_error("picture", str(error))
        return answer(request, found, REFUSED, sign_form=form, sign_addendum=addendum)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return answer(request, find(year, number), REFUSED)
    messages.success(request, _("Your signature is kept."))
    return redirect(address(found))


@staff(*COMMITTEE)
@require_POST
def answer_signature(request: StaffRequest, year: int, number: int) -> HttpResponse:
    found = find(year, number)
    addendum = addendum_of(request, found)
    if sentence := rules.why_not_answer(found, by=request.user, addendum=addendum):
        return turned_away(request, found, sentence)
    form = AnswerForm(request.POST, minutes=found, sight=sight_of(found, request.user))
    if not form.is_valid():
        return answer(request, found, REFUSED, answer_form=form, answer_addendum=addendum)
    seen = form.cleaned_data["seen"]
    try:
        actions.answer(found, by=request.user, seen=seen, reservation=form.reservation, addendum=addendum)
    except Refused as refused:
        return turned_away(request, found, refused.sentence)
    messages.success(request, _("What you said stands beside your signature."))
    return redirect(address(found))


@staff(*KEEPER)
@require_POST
def scan_minutes(request: StaffRequest, year: int, number: int) -> HttpResponse:
    found = find(year, number)
    addendum, sight = addendum_of(request, found), sight_of(found, request.user)
    if sentence := rules.why_not_scan(found, by=request.user, addendum=addendum):
        return turned_away(request, found, sentence)
    form = ScanForm(request.POST, request.FILES, minutes=found, sight=sight, addendum=addendum)
    if form.is_valid():
        try:
            actions.sign_on_paper(
                found,
                by=request.user,
                scan=form.cleaned_data["scan"],
                printed=form.cleaned_data["printed"],
                signed=form.signed,
                addendum=addendum,
            )
        except UploadError as error:
            form.add_error("scan", str(error))
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, _("The signed paper is kept with the minutes."))
            return redirect(address(found))
    return answer(request, found, REFUSED, scan_form=form, scan_addendum=addendum)


@staff(*KEEPER)
@require_POST
def add_to_minutes(request: StaffRequest, year: int, number: int) -> HttpResponse:
    found = find(year, number)
    if sentence := rules.why_not_add(found, by=request.user):
        return turned_away(request, found, sentence)
    form = AddendumForm(request.POST, minutes=found, sight=sight_of(found, request.user))
    if not form.is_valid():
        return answer(request, found, REFUSED, addendum_form=form)
    try:
        added = actions.add(found, by=request.user, text=form.cleaned_data["text"], item=form.item)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return answer(request, found, REFUSED)
    messages.success(request, _("Addendum %(number)s is written; it waits for its signatures.") % {
        "number": added.number
    })  # fmt: skip
    return redirect(address(found))


@staff(*COMMITTEE)
@require_safe
def minutes_file(request: StaffRequest, year: int, number: int, key: UUID) -> FileResponse:
    """A drawn signature; the scanned paper, which blanks no row, only for whoever reads every row."""
    found = find(year, number)
    signature = Signature.objects.filter(minutes=found, file__key=key).select_related("file").first()
    if signature is None:
        raise Http404
    if signature.how == Signature.How.PAPER and not sight_of(found, request.user).everything:
        raise Http404
    audit.looked_at(found, by=request.user, what="file")
    stored = signature.file
    return handed_out(stored.file.open("rb"), name=f"{stored.key}.{stored.kind}", kind=stored.kind)
