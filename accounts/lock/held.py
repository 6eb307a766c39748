"""What a form sent to a locked screen: not carried out and not lost. Its owner sees it after unlocking, and decides.

Only a browser without our script comes here, or one whose script died: with it nothing is sent while covered.
"""

from typing import Any, cast

from django.http import HttpRequest

from accounts.models import User
from core import drafts
from core.models import Draft

FORM = "held"
MOST = 60_000
NEVER = "password"
MACHINE = {"form_key", "draft", "person", "next"}


def hold(request: HttpRequest) -> None:
    """Keep the last thing sent, without passwords, pictures and files, sealed and for its owner alone."""
    owner = cast(User, request.user)
    let_go(owner)
    fields = [[name, value] for name in request.POST for value in request.POST.getlist(name) if kept(name, value)]
    if sum(len(value) for _name, value in fields) <= MOST:
        drafts.keep(owner=owner, form=FORM, data={"path": request.get_full_path(), "fields": fields})


def is_its_own(request: HttpRequest) -> bool:
    """Whether this is the page of the held form, left locked in its turn: what it holds stays held."""
    return request.resolver_match is not None and request.resolver_match.view_name == "accounts:held"


def kept(name: str, value: str) -> bool:
    return name != "csrfmiddlewaretoken" and NEVER not in name and not value.startswith("data:")


def waiting(user: User) -> Draft | None:
    return drafts.waiting(owner=user, form=FORM).first()


def let_go(user: User) -> None:
    drafts.waiting(owner=user, form=FORM).delete()


def shown(row: Draft) -> dict[str, Any]:
    """The fields to send again, and among them what a person typed, for them to recognise."""
    data: dict[str, Any] = row.data
    typed = [value for name, value in data["fields"] if value.strip() and name not in MACHINE]
    return {"fields": data["fields"], "typed": typed, "at": row.updated_at}
