"""Two files side by side, and what is done about them: proposed, merged by a second person, undone, told apart."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StaffRequest, staff
from beneficiaries.duplicates import actions, rules
from beneficiaries.duplicates.finder import known_of
from beneficiaries.duplicates.forms import ApartForm, NoteForm, ProposeForm, SeparateForm
from beneficiaries.duplicates.likeness import compare as likeness_of
from beneficiaries.models import Merge, NotSame, Person
from core import audit
from core.errors import Refused
from requests.people.access import people_of
from requests.people.duplicates import listing, sides

REFUSED = 422
State = Merge.State
TONES = {State.PROPOSED: "wait", State.DONE: "ok", State.REFUSED: "no", State.UNDONE: "off"}


def pair_for(request: StaffRequest, one: int, other: int) -> tuple[Person, Person]:
    """The two files themselves, merged or not; 404 unless this user finds both."""
    found = people_of(request.user).select_related("branch", "merged_into").in_bulk({one, other})
    if len(found) != 2:
        raise Http404
    return found[one], found[other]


def merge_for(request: StaffRequest, pk: int) -> Merge:
    merge = get_object_or_404(Merge.objects.select_related("proposed_by", "settled_by", "undone_by"), pk=pk)
    merge.kept, merge.merged = pair_for(request, merge.kept_id, merge.merged_id)
    return merge


# The list


@staff(*rules.PROPOSERS)
@require_safe
def duplicates(request: StaffRequest) -> HttpResponse:
    before = request.GET.get("before", "")
    key = int(before) if before.isascii() and before.isdigit() and len(before) <= 18 else None
    pairs, older = listing.pairs_among(request.user, before=key)
    context = {
        "waiting": listing.waiting(request.user) if key is None else [],
        "pairs": [(pair, listing.named(request.user, pair.one, pair.other)) for pair in pairs],
        "older": older,
        "begun": key is not None,
        "bite": listing.BITE,
    }
    return render(request, "requests/people/duplicates/list.html", context)


# Two files


@staff(*rules.PROPOSERS)
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: StaffRequest, one: int, other: int) -> HttpResponse:
    """The comparison; POST proposes that the two are one person."""
    pair = pair_for(request, one, other)
    if going := elsewhere(pair):
        return going
    form = ProposeForm(request.POST or None, one=pair[0], other=pair[1])
    if request.method == "POST" and form.is_valid():
        try:
            merge = actions.propose_merge(by=request.user, **form.proposal())
            messages.success(request, _("Proposed. Another person compares the two files and merges them."))
            return redirect("requests:merge", merge.pk)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return side_by_side(request, pair, {"form": form, "apart_form": ApartForm(auto_id="apart_%s")}, bound=form.is_bound)


def elsewhere(pair: tuple[Person, Person]) -> HttpResponse | None:
    """Where two files lead that are compared already, or one of which was merged."""
    merges = Merge.objects.filter(kept__in=pair, merged__in=pair, state__in=(State.PROPOSED, State.DONE))
    if merge := merges.first():
        return redirect("requests:merge", merge.pk)
    now = [person.current.pk for person in pair]
    if now == [person.pk for person in pair]:
        return None
    return redirect("requests:person", now[0]) if now[0] == now[1] else redirect("requests:compare", *now)


@staff(*rules.PROPOSERS)
@require_POST
def tell_apart(request: StaffRequest, one: int, other: int) -> HttpResponse:
    """«Not the same person», remembered for everybody."""
    pair = pair_for(request, one, other)
    form = ApartForm(request.POST, auto_id="apart_%s")
    if form.is_valid():
        try:
            actions.tell_apart(*pair, by=request.user, why=form.cleaned_data["why"])
            messages.success(request, _("Remembered: these are two people. They are not proposed again."))
            return redirect("requests:person", pair[0].current.pk)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return side_by_side(
        request, pair, {"form": ProposeForm(one=pair[0], other=pair[1]), "apart_form": form}, bound=True
    )


@staff(*rules.PROPOSERS)
@require_POST
def take_back_apart(request: StaffRequest, pk: int) -> HttpResponse:
    said = get_object_or_404(NotSame, pk=pk)
    one, other = pair_for(request, said.first_id, said.second_id)
    actions.take_back_apart(said, by=request.user)
    messages.success(request, _("Taken back. The two files may be proposed again."))
    return redirect("requests:compare", one.current.pk, other.current.pk)


# A proposal

Act = tuple[type[Form], Callable[..., Merge], str]
ACTS: dict[str, Act] = {
    "merge": (NoteForm, actions.merge_files, "why_not_merge"),
    "refuse": (SeparateForm, actions.refuse_merge, "why_not_refuse"),
    "undo": (SeparateForm, actions.undo_merge, "why_not_undo"),
}


@staff(*rules.PROPOSERS)
@require_safe
def merge(request: StaffRequest, pk: int) -> HttpResponse:
    """The proposal: the same comparison, and what this user may do about it."""
    return merge_page(request, merge_for(request, pk), {})


@staff(*rules.PROPOSERS)
@require_POST
def merge_act(request: StaffRequest, pk: int, act: str) -> HttpResponse:
    if act not in ACTS:
        raise Http404
    merge = merge_for(request, pk)
    form_class, verb, _rule = ACTS[act]
    form = form_class(request.POST, auto_id=f"{act}_%s")
    if form.is_valid():
        try:
            verb(merge, by=request.user, **form.cleaned_data)
            messages.success(request, DONE[act]())
            return redirect("requests:merge", merge.pk)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return merge_page(request, merge, {act: form})


DONE = {
    "merge": lambda: _("The two files are one. Every request keeps its number, and the merge can be undone."),
    "refuse": lambda: _("Refused. Both files stay as they are."),
    "undo": lambda: _("Undone. Both files stand apart again, as they were."),
}


def merge_page(request: StaffRequest, merge: Merge, sent: dict[str, Form]) -> HttpResponse:
    forms = {act: sent.get(act) or form(auto_id=f"{act}_%s") for act, (form, _verb, _rule) in ACTS.items()}
    refused = {act: getattr(rules, rule)(merge, by=request.user) for act, (_form, _verb, rule) in ACTS.items()}
    context = {
        "merge": merge,
        "tone": TONES[State(merge.state)],
        "waits": merge.state == State.PROPOSED,
        "done": merge.state == State.DONE,
        "own": merge.proposed_by_id == request.user.pk,
        "forms": forms,
        "refused": refused,
    }
    return side_by_side(request, (merge.kept, merge.merged), context, bound=bool(sent))


def side_by_side(
    request: StaffRequest, pair: tuple[Person, Person], more: dict[str, Any], *, bound: bool
) -> HttpResponse:
    """The two files on one page; a look at each is recorded (rule 8)."""
    for person in pair:
        audit.looked_at(person, by=request.user, what="comparison")
    one, other = sides.sides(*pair, request.user)
    context = {
        "sides": (one, other),
        "named": one.sight.whole and other.sight.whole,
        "groups": sides.facts(one, other),
        "both": sides.in_both(one, other),
        "likeness": likeness_of(*known_of(list(pair))),
        "said": rules.not_same(*pair),
    }
    template = "merge" if "merge" in more else "compare"
    return render(
        request, f"requests/people/duplicates/{template}.html", context | more, status=REFUSED if bound else 200
    )
