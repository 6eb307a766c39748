"""The content of minutes and addenda as it is hashed, and the public number of each."""

import json
from typing import Any

from committee.models import Addendum, Minutes
from core.tokens import sha256


def canonical(content: dict[str, Any]) -> str:
    """One way to write the content, so that the same content has one hash: JSON, keys sorted, letters as they are."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of_minutes(minutes: Minutes) -> str:
    """SHA-256 of the whole of the minutes as they stand: what happened, the secretary's words, the number."""
    return sha256(
        canonical(
            {
                "kind": "minutes",
                "number": minutes.number,
                "year": minutes.year,
                "record": minutes.data,
                "discussion": minutes.discussion or "",
                "recommendations": minutes.recommendations or "",
            }
        )
    )


def hash_of_addendum(addendum: Addendum) -> str:
    """The same of an addendum; it holds the hash of what it follows, so that none is put between, changed or lost."""
    return sha256(
        canonical(
            {
                "kind": "addendum",
                "minutes": public_number(addendum.minutes),
                "number": addendum.number,
                "case": addendum.item.position if addendum.item else None,
                "text": addendum.text,
                "by": addendum.written_by_id,
                "at": addendum.written_at.isoformat(timespec="seconds"),
                "follows": addendum.follows,
            }
        )
    )


def public_number(paper: Minutes | Addendum) -> str:
    """«1448-12» for minutes, «1448-12-1» for their first addendum: digits, to be typed on any keyboard."""
    if isinstance(paper, Addendum):
        return f"{public_number(paper.minutes)}-{paper.number}"
    return f"{paper.year}-{paper.number}"


def number_in_text(paper: Minutes | Addendum) -> str:
    """The same inside an Arabic sentence: without the mark before it, a dash would make its parts change places."""
    return public_number(paper).replace("-", "\u200e-")


def unsound(paper: Minutes | Addendum) -> bool:
    """Whether what is kept is not what was signed: its hash computed again differs from the one that was fixed."""
    if isinstance(paper, Addendum):
        return hash_of_addendum(paper) != paper.sha256
    return paper.is_locked and hash_of_minutes(paper) != paper.sha256
