from datetime import date

import pytest

from accounts.models import User
from policies.actions import new_version
from policies.models import Approval, PolicyVersion
from tests import recorded
from tests.policies.editor import editor


@pytest.fixture
def first(pack) -> User:
    return recorded.afterwards(lambda: editor("first"), "editor", "first")


@pytest.fixture
def second(pack) -> User:
    return recorded.afterwards(lambda: editor("second"), "editor", "second")


@pytest.fixture
def draft(first) -> PolicyVersion:
    return recorded.afterwards(lambda: new_version(PolicyVersion.in_force(), by=first), "draft")


@pytest.fixture
def ready(draft) -> PolicyVersion:
    """A draft with an approval written, so that it may be recorded."""
    Approval.objects.create(version=draft, body="مجلس الإدارة", date=date(2026, 11, 1), date_typed="1 نوفمبر 2026")
    return draft
