"""What the page of a file says of other files that may be the same person's."""

from typing import Any

from django.db.models import Q

from accounts.models import User
from beneficiaries.duplicates import finder, rules
from beneficiaries.duplicates.likeness import Known, Level
from beneficiaries.models import Merge, NotSame, Person
from requests.people.access import FileSight, people_of, served_by, sight_of_file


def duplicates_card(person: Person, user: User, sight: FileSight) -> dict[str, Any] | None:
    """The files that may be this person's, and a proposal that waits; None where there is neither."""
    merge = proposal_for(person, user)
    candidates = [] if merge else finder.alike_to(person, among=people_of(user))
    if not merge and not candidates:
        return None
    return {"person": person, "merge": merge, "settles": settles(merge, user), "candidates": lines(candidates, user)}


def proposal_for(person: Person, user: User) -> Merge | None:
    theirs = people_of(user)
    waiting = Merge.objects.filter(state=Merge.State.PROPOSED, kept__in=theirs, merged__in=theirs)
    return waiting.filter(Q(kept=person) | Q(merged=person)).select_related("kept", "merged", "proposed_by").first()


def settles(merge: Merge | None, user: User) -> bool:
    return merge is not None and rules.why_not_merge(merge, by=user) is None


def lines(candidates: list[finder.Candidate], user: User) -> list[dict[str, Any]]:
    """A candidate as one line: masked, how sure, and why in whole phrases."""
    return [
        {
            "person": each.person,
            "named": sight_of_file(each.person, user).whole,
            "likeness": each.likeness,
        }
        for each in candidates
    ]


def merged_card(person: Person, user: User, sight: FileSight) -> dict[str, Any] | None:
    """The files merged into this one, and those of which it was said that they are somebody else's."""
    files = person.and_merged
    merges = Merge.objects.filter(state=Merge.State.DONE, merged__in=files[1:]).select_related("merged", "settled_by")
    theirs = people_of(user)
    said = NotSame.objects.filter(Q(first__in=files) | Q(second__in=files), first__in=theirs, second__in=theirs)
    others = [
        (row, (row.second if row.first_id in files else row.first).current)
        for row in said.select_related("first__merged_into", "second__merged_into", "said_by")
    ]
    apart = [{"said": row, "other": other, "named": sight_of_file(other, user).whole} for row, other in others]
    if not merges and not apart:
        return None
    return {"person": person, "merges": list(merges), "apart": apart, "named": sight.whole}


def alike_to_form(known: Known, *, user: User, but: Person | None) -> list[dict[str, Any]]:
    """The same for what is typed at the counter; an equal ID is no proposal, it has its own panel."""
    people = served_by(user).current()
    among = people.exclude(pk__in=but.and_merged) if but else people
    candidates = finder.find(known, among=among)
    return lines([each for each in candidates if each.likeness.level < Level.CERTAIN], user)
