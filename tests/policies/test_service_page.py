"""A service in full: its papers, how long it waits and by which clause, and how to object."""

from django.urls import reverse

from policies.models import Association, RequiredPaper, Service, ServicePeriod
from tests.cast import amend


def service():
    return Service.objects.filter(papers__isnull=False).first()


def text_of(client, one=None) -> str:
    return client.get(reverse("policies:service", args=[(one or service()).code])).content.decode()


def own_days(one, days=30):
    def write(draft):
        clause = draft.clauses.get(clause_id="DO-1")
        ServicePeriod.objects.create(version=draft, service=one, days=days, clause=clause)

    return amend(draft=write)


def test_the_period_is_the_versions_and_its_clause_is_shown(client, pack):
    found = text_of(client)
    assert "أسبوعين" in found
    assert pack.clauses.get(clause_id="PS-5").text in found
    assert f"{reverse('policies:policy')}#PS-5" in found


def test_a_period_of_its_own_is_said_with_the_clause_that_gives_it(client, pack):
    version = own_days(service())
    found = text_of(client)
    assert "30" in found
    assert version.clauses.get(clause_id="DO-1").text in found


def test_another_service_keeps_the_versions_period(client, pack):
    own_days(service())
    other = Service.objects.exclude(pk=service().pk).first()
    assert "أسبوعين" in text_of(client, other)


def test_a_paper_one_may_not_have_says_so(client, pack):
    one = service()
    RequiredPaper.objects.filter(service=one).update(may_not_exist=False)
    RequiredPaper.objects.filter(pk=one.papers.last().pk).update(may_not_exist=True)
    assert text_of(client, one).count('<span class="muted">(') == 1


def test_how_long_one_may_object_is_the_associations_setting(client, pack):
    Association.objects.update(appeal_days=17)
    assert "17" in text_of(client).split('id="object"')[1].split("</section>")[0]


def test_the_channels_are_those_of_the_version_in_force(client, pack):
    amend(channels=[channel for channel in pack.channels if channel["code"] != "letters"])
    assert "الخطابات" not in text_of(client)


def test_where_no_requests_are_taken_nothing_is_promised(client, load_pack):
    load_pack("dawah")
    found = text_of(client, Service.objects.first())
    assert 'id="wait"' not in found
    assert 'id="object"' not in found
