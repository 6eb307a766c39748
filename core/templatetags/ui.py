"""The parts of the look as template tags and filters; `docs/design.md` says when to use which.

Tags only arrange what they are given: no queries, no rules. Everything that is not marked safe is escaped.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock, hijri, identifiers, references

register = template.Library()

# The shapes are drawn in portal.css; a tone outside this list is a mistake in the caller.
TONES = ("wait", "you", "ok", "no", "info", "off")


# --- Text that runs left to right -------------------------------------------------------------------


@register.filter
def ltr(value: object) -> SafeString:
    """A value that reads left to right inside Arabic: a digits-only string has no direction of its own."""
    if value in (None, ""):
        return SafeString("")
    return format_html('<bdi dir="ltr" class="num">{}</bdi>', value)


@register.filter
def reference(value: str | None) -> SafeString:
    """A request reference as people read it aloud: 482 915 736."""
    return ltr(references.format_reference(value)) if value else SafeString("")


@register.filter
def grouped(value: str | None) -> str:
    """The same as bare text, for a page's title; no-break spaces keep the groups in order."""
    return references.format_reference(value) if value else ""


@register.filter
def mask_id(value: str | None) -> SafeString:
    """A national ID with all but its last digits hidden."""
    return ltr(identifiers.mask_id(value)) if value else SafeString("")


@register.filter
def mask_mobile(value: str | None) -> SafeString:
    """A mobile with all but its last digits hidden."""
    return ltr(identifiers.mask_mobile(value)) if value else SafeString("")


@register.filter
def mobile_local(value: str | None) -> SafeString:
    """+966550000067 as it is dialled at home, 055 000 0067; any other number as it is."""
    number = str(value or "")
    if number.startswith("+966") and len(number) == 13:
        national = "0" + number[4:]
        number = f"{national[:3]} {national[3:6]} {national[6:]}"
    return ltr(number)


@register.filter
def money(value: Decimal | int | None) -> str:
    """An amount in riyals with thousands apart: 3,000; halalas only when there are any."""
    if value is None or value == "":
        return "—"
    amount = Decimal(value)
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"


# --- Dates and durations ----------------------------------------------------------------------------


def _day(value: date | datetime | None) -> date | None:
    """The date in Riyadh of an instant; a date as it is."""
    return clock.local_date(value) if isinstance(value, datetime) else value


@register.filter
def hijri_day(value: date | datetime | None) -> str:
    """The Hijri date alone, where there is no room for both; Gregorian when the tables do not reach it."""
    day = _day(value)
    if day is None:
        return "—"
    try:
        return hijri.format_hijri(day)
    except hijri.DateError:
        return hijri.format_gregorian(day)


def _two_calendars(value: date, *, weekday: bool) -> dict[str, str]:
    """The Hijri and Gregorian texts of a date, apart, so that each can have its own direction.

    Outside the Hijri tables the Gregorian stands alone.
    """
    text = hijri_day(value)
    if text == hijri.format_gregorian(value):
        return {"hijri": "", "gregorian": hijri.format_dual(value, weekday=weekday)}
    name_of_day = hijri.format_dual(value, weekday=True).partition(text)[0] if weekday else ""
    return {"hijri": name_of_day + text, "gregorian": hijri.format_gregorian(value)}


@register.inclusion_tag("parts/dual_date.html")
def dual_date(value: date | datetime | None, weekday: bool = False) -> dict[str, Any]:
    """A date in both calendars on one line; a dash when there is none."""
    day = _day(value)
    return {"day": day} | (_two_calendars(day, weekday=weekday) if day else {})


@register.inclusion_tag("parts/big_date.html")
def big_date(value: date | datetime | None, weekday: bool = True) -> dict[str, Any]:
    """A date that matters, in both calendars on two lines: the earliest answer date."""
    return dual_date(value, weekday=weekday)


@register.simple_tag
def moment(instant: datetime | None) -> SafeString:
    """The Hijri day and the time in Riyadh, for histories."""
    if instant is None:
        return SafeString("—")
    local = clock.local(instant)
    return format_html(
        '<time datetime="{}">{} <bdi dir="ltr" class="num">{}</bdi></time>',
        local.isoformat(timespec="minutes"),
        hijri_day(local.date()),
        f"{local:%H:%M}",
    )


@register.simple_tag
def waiting(days: int) -> str:
    """How long something has waited, in words with the right Arabic plural."""
    return ngettext("for %(n)s day", "for %(n)s days", days) % {"n": days}


@register.simple_tag
def days_left(days: int) -> str:
    """How long is left; a negative number says by how much it is late."""
    if days == 0:
        return _("today is the last day")
    if days < 0:
        return ngettext("%(n)s day late", "%(n)s days late", -days) % {"n": -days}
    return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}


# --- State and progress -----------------------------------------------------------------------------


@register.inclusion_tag("parts/state_pill.html")
def state_pill(label: str, tone: str = "info") -> dict[str, Any]:
    """A state by word, shape and colour. Raises TemplateSyntaxError on a tone that has no shape."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"state_pill: tone {tone!r} is not one of {', '.join(TONES)}")
    return {"label": label, "tone": tone}


@register.inclusion_tag("parts/timeline.html")
def timeline(steps: list[dict]) -> dict[str, Any]:
    """The staff rail across the page: {label, date, state: done | now | todo, note}."""
    return {"steps": steps}


@register.inclusion_tag("parts/steps.html")
def steps(steps: list[dict]) -> dict[str, Any]:
    """The public steps down the page, the same shape; `note` is one sentence."""
    return {"steps": steps}


@register.inclusion_tag("parts/history.html")
def history(rows: list[dict]) -> dict[str, Any]:
    """What happened, newest first: {at, who, what, why, tone}."""
    return {"rows": rows}


# --- Doing ------------------------------------------------------------------------------------------


@register.inclusion_tag("parts/action_buttons.html")
def action_buttons(actions: list, id: str = "acts", stack: bool = False) -> dict[str, Any]:
    """The legal actions here. One with a `reason` shows disabled, with the sentence beside it (rule 10)."""
    return {"actions": actions, "id": id, "stack": stack}


@register.inclusion_tag("parts/field.html")
def field(field: Any, width: int = 12, echo_url: str = "") -> dict[str, Any]:
    """One form field with its label, hint, control and error."""
    input_type = getattr(field.field.widget, "input_type", "")
    several = input_type in ("radio", "checkbox") and hasattr(field.field.widget, "option_template_name")
    return {
        "field": field,
        "width": width,
        "echo_url": echo_url,
        "tick": input_type == "checkbox" and not several,
        "choices": several,
        "file": input_type == "file",
    }


@register.inclusion_tag("parts/search.html")
def search_box(
    url: str, value: str = "", label: str = "", hint: str = "", name: str = "q", focus: bool = False
) -> dict[str, Any]:
    """The one search box of a page; a scanner is a keyboard, so Enter searches."""
    return {"url": url, "value": value, "label": label, "hint": hint, "name": name, "focus": focus}


@register.inclusion_tag("parts/faces.html")
def faces(name: str = "score", chosen: int | None = None) -> dict[str, Any]:
    """Five faces, worst first; each is a submit button, so one tap answers without a script."""
    labels = (_("Very bad"), _("Bad"), _("Fair"), _("Good"), _("Excellent"))
    return {"name": name, "chosen": chosen, "faces": list(enumerate(labels, start=1))}


# --- Showing ----------------------------------------------------------------------------------------


@register.inclusion_tag("parts/facts.html")
def facts(rows: list[tuple]) -> dict[str, Any]:
    """A label and value list."""
    return {"rows": rows}


@register.inclusion_tag("parts/table.html")
def table(head: list[str], rows: list[dict]) -> dict[str, Any]:
    """A plain table: row = {cells, url}; with a url its first cell is the link."""
    return {"head": head, "rows": rows}


@register.inclusion_tag("parts/tabs.html")
def tabs(items: list[dict], label: str = "") -> dict[str, Any]:
    """Stage tabs with their counts: {label, url, current, count}."""
    return {"items": items, "label": label}


@register.inclusion_tag("parts/pager.html")
def pager(newer: str = "", older: str = "", shown: int | None = None, more: bool = False) -> dict[str, Any]:
    """Paging by key: there is a next and a previous page, never a page number."""
    return {"newer": newer, "older": older, "shown": shown, "more": more}


@register.inclusion_tag("parts/person_line.html")
def person_line(name: str, number: str = "", mobile: str = "", why: str = "", url: str = "") -> dict[str, Any]:
    """A person in results, masked, with the reason why they matched."""
    return {"name": name, "number": number, "mobile": mobile, "why": why, "url": url}


@register.inclusion_tag("parts/alert.html")
def alert(text: str, tone: str = "info", title: str = "") -> dict[str, Any]:
    """One sentence about this page."""
    return {"text": text, "tone": tone, "title": title}


@register.inclusion_tag("parts/empty.html")
def empty(title: str, text: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """Nothing here: says why, and the one thing to do."""
    return {"title": title, "text": text, "url": url, "label": label}


@register.inclusion_tag("parts/read_aloud.html")
def read_aloud(
    sentences: list[str], field: Any = None, earliest: date | None = None, title: str = ""
) -> dict[str, Any]:
    """What an officer reads to the person, and the tick that records that it was said (rule 1)."""
    return {"sentences": sentences, "field": field, "earliest": earliest, "title": title}


# --- Surfaces with something inside -----------------------------------------------------------------


@register.simple_block_tag
def card(content: str, title: str = "", tone: str = "", id: str = "", note: str = "") -> str:
    """A surface with an optional title; tone: calm, warn or stop."""
    return render_to_string(
        "parts/card.html", {"content": content, "title": title, "tone": tone, "id": id, "note": note}
    )


@register.simple_block_tag
def heading(content: str, title: str, eyebrow: str = "", note: str = "", state: str = "", tone: str = "info") -> str:
    """The page's title; what is inside stands at its end."""
    return render_to_string(
        "parts/heading.html",
        {"content": content, "title": title, "eyebrow": eyebrow, "note": note, "state": state, "tone": tone},
    )


@register.simple_block_tag(takes_context=True)
def confirm_panel(
    context: template.Context,
    content: str,
    title: str,
    url: str,
    label: str,
    danger: bool = False,
    back: str = "",
) -> str:
    """A POST form that asks before it acts; its fields are what stands inside."""
    return render_to_string(
        "parts/confirm_panel.html",
        {
            "content": content,
            "title": title,
            "url": url,
            "label": label,
            "danger": danger,
            "back": back,
            "csrf_token": context.get("csrf_token"),
        },
    )
