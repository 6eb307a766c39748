"""An objection as a test needs one: written down at the counter, or brought by the person from behind their code."""

import base64
import io
import re

from PIL import Image

from channels.codes import actions as codes
from channels.models import OneTimeCode
from core.models import OutboxRow
from core.uploads import store
from requests.appeal import actions
from requests.appeal.drafts import draft_of, fingerprint, keep
from requests.models import Appeal, SupportRequest
from requests.public.code_door import subject_of
from requests.rules import Applicant
from tests.paper import upload

WORDS = "لم يُحسب إيجار البيت، وعندي عقده."


def objected(case: SupportRequest, cast, text: str = WORDS) -> Appeal:
    """The officer writes the objection down, signed on paper."""
    signature = store(upload(), by_id=cast.noura.pk)
    return actions.write_down(case, by=cast.noura, text=text, signed="paper", signature=signature)


def code_for(case: SupportRequest) -> OneTimeCode:
    return codes.promise(
        purpose=OneTimeCode.Purpose.OPEN, subject=subject_of(case), mobile=case.mobile_to_tell, bound_to="", by=None
    )


def objected_online(case: SupportRequest, text: str = WORDS) -> Appeal:
    seen = fingerprint(keep(case, text=text))
    return actions.submit(case, by=Applicant(), seen=seen, code=code_for(case))


def confirm(client, case: SupportRequest, page: str = "/status/objection/check/"):
    """Send what the check page shows now."""
    draft = draft_of(case)
    return client.post(page, {"seen": fingerprint(draft) if draft else ""})


def digits_of(event: str = "code_to_open") -> str:
    """The six digits of the last message, as the person reads them on their telephone."""
    return OutboxRow.objects.filter(event=event).latest("pk").facts["code"]


def ask_for_code(client, case: SupportRequest):
    return client.post("/status/code/send/", {"token": case.status_token})


def let_in(client, case: SupportRequest):
    """Through the door as the person goes: the link's page, the code, the page behind it."""
    ask_for_code(client, case)
    return client.post("/status/code/", {"code": digits_of()})


def drawn() -> str:
    """A signature as the page sends it."""
    picture = Image.new("RGB", (60, 30), "white")
    picture.paste("black", (10, 10, 40, 14))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def shown(response) -> str:
    """The words of a page, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
