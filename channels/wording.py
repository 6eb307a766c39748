"""The words of every message. Placeholders are a fixed list, filled by name, never by a template engine."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import ngettext

from policies.models import Association

FILE = Path(__file__).with_name("wording.json")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@cache
def wording() -> dict[str, Any]:
    return json.loads(FILE.read_text(encoding="utf-8"))


def label(event: str) -> str:
    """What staff call this message."""
    return wording()["events"].get(event, {}).get("label", event)


def render(event: str, facts: dict[str, str]) -> str:
    """The message exactly as it is sent. An unknown event or a missing fact is an error, not an empty word."""
    known = {**association_facts(), **facts}
    return PLACEHOLDER.sub(lambda match: known[match[1]], wording()["events"][event]["body"])


def association_facts() -> dict[str, str]:
    association = Association.current()
    days = association.appeal_days
    return {
        "association": association.short_name or association.name,
        "phone": association.phone,
        "hours": association.hours_now,
        "appeal_days": ngettext("%(n)s day", "%(n)s days", days) % {"n": days},
    }
