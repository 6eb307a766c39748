"""Minutes in the words that stand on the screen and on the paper alike, as far as one reader sees them."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committee.minutes.content import number_in_text, public_number
from committee.minutes.rules import fingerprint, signatures_of
from committee.minutes.sight import Sees, Sight
from committee.models import Addendum, Minutes, Motion, OwnWord, Signature
from core import clock
from core.hijri import format_dual
from core.references import format_reference
from core.templatetags.ui import money

TONES = {
    Motion.Result.CARRIED: "ok",
    Motion.Result.LOST: "you",
    Motion.Result.TIED: "wait",
    "no_quorum": "wait",
    "not_reached": "wait",
    "left": "off",
}


def sheet(minutes: Minutes, sight: Sight) -> dict[str, Any]:
    """Everything on the minutes. What a reader does not see is not in it."""
    data = minutes.data
    return {
        "title": title(minutes),
        "public_number": public_number(minutes),
        "facts": facts(data),
        "attendees": [attendee(row) for row in data["attendees"]],
        "apologies": [in_seat(row) for row in data["apologies"]],
        "absentees": [in_seat(row) for row in data["absentees"]],
        "cases": [case(row, sight.of(row["position"])) for row in data["cases"]],
        "outline": not sight.member,
        "bands_note": bands_note(data["cases"], sight),
        "summary": summary(data["cases"], sight),
        "discussion": (minutes.discussion or "") if sight.member else "",
        "recommendations": minutes.recommendations or "",
        "locked": minutes.is_locked,
        "hash": groups(fingerprint(minutes)),
        "signatures": signatures(minutes, sight),
        "addenda": [addendum_sheet(each, sight) for each in minutes.addenda.select_related("written_by", "item")],
    }


def title(minutes: Minutes) -> str:
    return _("Minutes of the meeting of %(committee)s, number %(number)s") % {
        "committee": minutes.data["committee"],
        "number": number_in_text(minutes),
    }


def facts(data: dict[str, Any]) -> list[tuple[str, str]]:
    day = format_dual(date.fromisoformat(data["held_on"]), weekday=True)
    hours = _("from %(began)s to %(ended)s") % {"began": data["began"], "ended": data["ended"]}
    return [
        (_("Committee"), data["committee"]),
        (_("Meeting number"), str(data["meeting"])),
        (_("date"), day),
        (_("Time"), hours),
        (_("place"), place(data)),
        (_("Quorum"), quorum(data["quorum"])),
    ]


def place(data: dict[str, Any]) -> str:
    if data["remote"] and data["place"]:
        return _("%(place)s, and remotely for those who were not there") % {"place": data["place"]}
    return _("remotely") if data["remote"] else data["place"]


def quorum(counts: dict[str, int]) -> str:
    sentence = (
        _("There was a quorum: of %(seats)s voting seats %(present)s were present; needed %(needed)s.")
        if counts["present"] >= counts["needed"]
        else _("There was no quorum: of %(seats)s voting seats %(present)s were present; needed %(needed)s.")
    )
    return sentence % counts


def in_seat(row: dict[str, Any]) -> str:
    return f"{row['name']} ({row['seat']})"


def attendee(row: dict[str, Any]) -> dict[str, str]:
    notes = [_("presided")] if row["presided"] else []
    return {"name": row["name"], "seat": row["seat"], "note": "، ".join([*notes, *row["times"]])}


# The table


def case(row: dict[str, Any], sees: Sees) -> dict[str, Any]:
    """One row: whole, in outline, or only that there is one."""
    if sees == Sees.NOTHING:
        return {"position": row["position"], "closed": True, "words": _("Closed to you: you do not read this case.")}
    found = {
        "position": row["position"],
        "closed": False,
        "reference": format_reference(row["reference"]),
        "decided": row["decided"],
        "given": given_of(row["given"]),
        "tone": TONES[row["came_to"]],
        "band": "",
        "band_note": "",
        "recommended": "",
        "lines": until_line(row),
    }
    return found if sees == Sees.OUTLINE else found | study_of(row)


def bands_note(rows: list[dict[str, Any]], sight: Sight) -> str:
    """What the mark beside a band means, where one is read."""
    if not any(row.get("band_by_example") and sight.of(row["position"]) == Sees.WHOLE for row in rows):
        return ""
    return _("«Example»: a band of the table that comes with the portal, which the association has not edited yet.")


def given_of(facts: list[str]) -> str:
    return "، ".join(facts)


def until_line(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(_("until"), row["until"])] if row["until"] else []


def study_of(row: dict[str, Any]) -> dict[str, Any]:
    """What whoever reads the study reads besides."""
    recommended = row["recommended"]
    lines = [
        (_("Papers"), "، ".join(row["papers"])),
        (_("Reason"), row["reasons"]),
        *until_line(row),
        *[(_("The vote"), vote_words(vote, several=len(row["votes"]) > 1)) for vote in row["votes"]],
        (_("Took no part in it"), "، ".join(in_seat(each) for each in row["recused"])),
    ]
    return {
        "service": row["service"],
        "band": row["band"],
        "band_note": _("example") if row.get("band_by_example") else "",
        "recommended": "، ".join(part for part in (recommended["outcome"], given_of(recommended["given"])) if part),
        "lines": [(label, text) for label, text in lines if text],
    }


def vote_words(vote: dict[str, Any], *, several: bool) -> str:
    """«علني: موافق 4، غير موافق 1، ممتنع 0 (فلان، …)»; of a secret vote counts alone."""
    words = [_("Secret vote") if vote["secret"] else _("Open vote"), tally_words(vote)]
    if several:
        words.append(f"{vote['proposal']}: {vote['result']}")
    if vote["casting"]:
        words.append(_("carried by the chair's vote"))
    return " · ".join([*words, *voices(vote)])


def tally_words(vote: dict[str, Any]) -> str:
    return _("agree %(yes)s, do not agree %(no)s, abstain %(abstained)s") % vote


def voices(vote: dict[str, Any]) -> list[str]:
    """Who voted what, by choice, and whose voice did not count."""
    found: dict[str, list[str]] = {}
    for voice in vote["named"]:
        found.setdefault(voice["choice"], []).append(voice["name"])
    if uncounted := vote.get("uncounted"):
        found[_("Voted, and was not counted")] = uncounted
    return [f"{choice}: {'، '.join(names)}" for choice, names in found.items()]


def summary(rows: list[dict[str, Any]], sight: Sight) -> list[tuple[str, str]]:
    """How many of each outcome, and what was approved in riyals; of no case that is closed to the reader."""
    seen = [row for row in rows if sight.of(row["position"]) != Sees.NOTHING]
    count = ngettext("%(n)s case", "%(n)s cases", len(rows)) % {"n": len(rows)}
    found = [(_("On the agenda"), count)]
    words = {row["code"]: row["decided"] for row in seen if row["code"]}
    for code, n in Counter(row["code"] for row in seen if row["code"]).items():
        found.append((words[code], str(n)))
    if waiting := sum(not row["code"] for row in seen):
        found.append((_("Not decided"), str(waiting)))
    total = sum((Decimal(row["amount"]) for row in seen if row["amount"]), Decimal(0))
    if total:
        found.append((_("Approved in all"), _("%(amount)s riyals") % {"amount": money(total)}))
    return found


# Signatures


def signatures(minutes: Minutes, sight: Sight, addendum: Addendum | None = None) -> list[dict[str, Any]]:
    """A line for everybody who signs, signed or not yet, in the order of the table."""
    signed = {row.user_id: row for row in signatures_of(minutes, addendum)}
    return [signer | signed_line(signed.get(signer["user"]), sight) for signer in minutes.data["signers"]]


def signed_line(row: Signature | None, sight: Sight) -> dict[str, Any]:
    if row is None:
        return {"signed": False}
    position = row.item.position if row.item else None
    return {
        "signed": True,
        "how": str(row.get_how_display()),
        "drawn": row.how == Signature.How.DRAWN,
        "file": row.file,
        "day": format_dual(clock.local_date(row.signed_at)),
        "time": f"{clock.local(row.signed_at):%H:%M}",
        "reservation": reserved(row, position, sight),
        "unseen": unseen(row.unseen),
        "word": own_word(row, sight),
    }


def own_word(row: Signature, sight: Sight) -> str:
    """Of a signature that another took down from paper: what its signer says of it, or that they have not yet."""
    if not row.by_another_hand:
        return ""
    if row.unconfirmed:
        return _("Taken down from paper by %(name)s; the signer has not confirmed it.") % {"name": row.taken_by.name}
    word, day = row.own_word, format_dual(clock.local_date(row.own_word.said_at))
    if not word.reservation:
        return _("The signer confirmed it on %(day)s.") % {"day": day}
    said = reserved(word, word.item.position if word.item else None, sight)
    return _("The signer's own word on %(day)s: %(said)s") % {"day": day, "said": said}


def reserved(row: Signature | OwnWord, position: int | None, sight: Sight) -> str:
    if not row.reservation:
        return ""
    if not sight.member or not sight.reads(position):
        return _("with a reservation")
    if position is None:
        return _("With a reservation: %(words)s") % {"words": row.reservation}
    return _("With a reservation on row %(row)s: %(words)s") % {"row": position, "words": row.reservation}


def unseen(positions: list[int]) -> str:
    """What this person signed without reading it."""
    if not positions:
        return ""
    rows = "، ".join(map(str, positions))
    return ngettext("Signed without row %(rows)s", "Signed without rows %(rows)s", len(positions)) % {"rows": rows}


def addendum_sheet(addendum: Addendum, sight: Sight) -> dict[str, Any]:
    position = addendum.item.position if addendum.item else None
    shown = sight.reads(position) and (sight.member or position is None)
    return {
        "pk": addendum.pk,
        "number": addendum.number,
        "public_number": public_number(addendum),
        "about": _("about row %(row)s") % {"row": position} if position else "",
        "text": addendum.text if shown else "",
        "closed": not shown,
        "by": addendum.written_by.name,
        "day": format_dual(clock.local_date(addendum.written_at)),
        "follows": groups(addendum.follows),
        "hash": groups(addendum.sha256),
        "signatures": signatures(addendum.minutes, sight, addendum),
    }


def groups(value: str) -> str:
    """A hash in fours, to be compared by eye."""
    return " ".join(value[at : at + 4] for at in range(0, len(value), 4))
