import pytest

from requests.actions import take_for_research
from requests.models import SupportRequest
from requests.study.actions import begin
from tests import recorded


@pytest.fixture
@recorded.kept_rows
def taken(case_at, cast):
    """A case of Reem's, its study open."""
    case = case_at("social_research")
    begin(take_for_research(case, by=cast.reem), by=cast.reem)
    return SupportRequest.objects.get(pk=case.pk)
