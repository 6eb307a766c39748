"""What a visitor does on the status page, and what they see."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


def look_up(client, reference: str, last_four: str, **extra):
    return client.post("/status/", {"reference": reference, "last_four": last_four}, **extra)


def last_four(case) -> str:
    return case.person.mobile[-4:]


def plain(response) -> bytes:
    """The page without the one thing that differs in every page: the form's token."""
    return CSRF.sub(b"", response.content)


def asked(action) -> tuple:
    """What `action` answered, and how many queries it asked."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = action()
    return response, len(queries)


def page_of(client, case) -> str:
    response = client.get(f"/t/{case.status_token}/")
    assert response.status_code == 200
    return response.content.decode()
