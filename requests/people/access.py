"""Which files of people a member of staff may open: within their scope, and never one they are recused from."""

from django.http import Http404

from accounts.access import StaffRequest
from accounts.models import User
from beneficiaries.models import Person
from requests.models import Exclusion


def people_of(user: User):
    """The people this user finds, without those a case of whom is closed to them (rule 5)."""
    recused = Exclusion.objects.filter(user=user, why__in=Exclusion.CONFLICTS)
    closed = recused.values("case__person"), recused.exclude(case__person__merged_into=None).values(
        "case__person__merged_into"
    )
    return Person.objects.visible_to(user).exclude(pk__in=closed[0]).exclude(pk__in=closed[1])


def person_for(request: StaffRequest, pk: int) -> Person:
    """The current file of this number. 404 outside the user's scope, for one recused, and for what is not there."""
    person = Person.objects.select_related("merged_into").filter(pk=pk).first()
    if person is None or not people_of(request.user).filter(pk=person.pk).exists():
        raise Http404
    current = person.current
    if current != person and not people_of(request.user).filter(pk=current.pk).exists():
        raise Http404
    return current
