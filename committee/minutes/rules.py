"""When minutes are drafted, written, signed and added to, and by whom. Questions only."""

from collections.abc import Set

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Role
from committee.minutes.content import hash_of_minutes
from committee.minutes.sight import Sight
from committee.models import Addendum, AgendaItem, Meeting, Minutes, Signature
from committee.naming import named_in
from core.arabic import fold_digits

PRINTED_DIGITS = 8
"""How much of the hash the secretary reads off a signed paper: enough that no other text has it by chance."""


def why_not_draft(meeting: Meeting, *, by: User) -> str | None:
    if not by.holds(Role.SECRETARY):
        return _("The secretary drafts the minutes.")
    if meeting.closed_at is None:
        return _("Minutes are drafted when the meeting is closed.")
    return None


def why_not_write(minutes: Minutes, *, by: User) -> str | None:
    if not by.holds(Role.SECRETARY):
        return _("The secretary writes the minutes.")
    if minutes.is_locked:
        return _("The minutes are signed and do not change any more; write an addendum.")
    return None


def names_somebody(text: str, meeting: Meeting, sight: Sight) -> str | None:
    """Free words speak of no case by its number and of no person by name: not everybody who reads them may know.

    Compared with the rows their writer reads alone: a refusal would tell who stands in one that is closed to them.
    """
    digits = "".join(letter for letter in fold_digits(text) if letter.isdigit() or letter.isalpha())
    for item in meeting.items.select_related("case__person"):
        if not sight.reads(item.position):
            continue
        if item.case.reference in digits:
            return _("Write the row's number in the table instead of the request number.")
        if named_in(text, item.case):
            return _("Names of those served are not written in minutes; write the row's number in the table.")
    return None


def signers(minutes: Minutes) -> list[int]:
    """Who signs: whoever attended, with the secretary who kept the meeting."""
    return [row["user"] for row in minutes.data["signers"]]


def signatures_of(minutes: Minutes, addendum: Addendum | None = None) -> list[Signature]:
    """The signatures under the minutes themselves, or under one addendum."""
    found = minutes.signatures.filter(addendum=addendum).select_related(
        "user", "item", "file", "taken_by", "own_word__item"
    )
    return list(found)


def unsigned(minutes: Minutes, addendum: Addendum | None = None) -> list[int]:
    """Who has still to sign, as users, in the order of the table."""
    done = {row.user_id for row in signatures_of(minutes, addendum)}
    return [user for user in signers(minutes) if user not in done]


def secretaries(minutes: Minutes) -> list[int]:
    """Signers whose voice writes the text, and who still work here: the first signature is one of theirs, for with it
    the text is closed."""
    users = User.objects.filter(pk__in=signers(minutes), is_active=True)
    return [user.pk for user in users if user.holds(Role.SECRETARY)]


def why_not_sign(minutes: Minutes, *, by: User, addendum: Addendum | None = None) -> str | None:
    """Why this person may not sign now; None when they may."""
    if by.pk not in signers(minutes):
        return _("Whoever attended the meeting signs its minutes.")
    if by.pk not in unsigned(minutes, addendum):
        return _("You have signed already.")
    return why_not_first(minutes, {by.pk}, addendum)


def why_not_first(minutes: Minutes, signed: Set[int], addendum: Addendum | None = None) -> str | None:
    """The first signature closes the text, so a secretary's is among those that come first, on paper too."""
    if addendum is None and not minutes.is_locked and secretaries(minutes) and not signed & set(secretaries(minutes)):
        return _("The secretary signs first: until then the text is still being written.")
    return None


def why_not_answer(minutes: Minutes, *, by: User, addendum: Addendum | None = None) -> str | None:
    """Why this person says nothing of their signature on paper: there is none of another hand, or they said it."""
    mine = next((row for row in signatures_of(minutes, addendum) if row.user_id == by.pk), None)
    if mine is None or not mine.by_another_hand:
        return _("No signature of yours was taken down from paper here.")
    return None if mine.unconfirmed else _("You have answered already, and what you said stands.")


def why_not_scan(minutes: Minutes, *, by: User, addendum: Addendum | None = None) -> str | None:
    if not by.holds(Role.SECRETARY):
        return _("The secretary brings in the paper that was signed.")
    return None if unsigned(minutes, addendum) else _("Everybody has signed already.")


def fingerprint(minutes: Minutes, addendum: Addendum | None = None) -> str:
    """The hash of what would be signed now."""
    if addendum is not None:
        return addendum.sha256
    return minutes.sha256 or hash_of_minutes(minutes)


def why_not_this_text(minutes: Minutes, seen: str, addendum: Addendum | None = None) -> str | None:
    """The text somebody read, or that stands on a signed paper, must be the text that is signed."""
    now = fingerprint(minutes, addendum)
    if len(seen) < PRINTED_DIGITS or not now.startswith(seen):
        return _("This is not the text as it stands now. Open it again, or print it again, and sign that.")
    return None


def why_not_reserve(
    words: str, item: AgendaItem | None, minutes: Minutes, sight: Sight, typist: Sight | None = None
) -> str | None:
    """A reservation says what it is about in words, and speaks of no case closed to whoever signs. `typist`: of whoever
    types it, where that is another."""
    if item is not None and not words.strip():
        return _("Write your reservation in words.")
    if item is not None and (item.meeting_id != minutes.meeting_id or not sight.reads(item.position)):
        return _("Choose a case of this meeting.")
    return names_somebody(words, minutes.meeting, typist or sight) if words else None


def why_not_add(minutes: Minutes, *, by: User) -> str | None:
    if not by.holds(Role.SECRETARY):
        return _("The secretary writes addenda.")
    if not minutes.is_locked:
        return _("The minutes are not signed yet: correct their own text.")
    return None
