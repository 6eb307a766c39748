"""The policy page and its PDF: one reading, an archive of what was in force, and nothing the board kept to itself."""

from datetime import date

import pytest
from django.urls import reverse

from policies.models import Approval, PolicyVersion
from policies.page import approval_date
from tests.cast import amend, client_of
from tests.paper import holds, is_tagged


def page(client, version=None):
    address = reverse("policies:version", args=[version.pk]) if version else reverse("policies:policy")
    return client.get(address)


def text_of(response) -> str:
    return response.content.decode()


def kept_to_staff() -> PolicyVersion:
    """A version whose board decided not to put it on the website."""
    return amend(draft=lambda draft: Approval.objects.filter(version=draft).update(publish_on_website=False))


def test_each_clause_has_its_anchor_and_each_section_its_place_in_the_contents(client, pack):
    found = text_of(page(client))
    for clause in pack.clauses.all():
        assert f'id="{clause.clause_id}"' in found
    assert found.count('href="#part-') == found.count('id="part-') / 2 == 7


def test_a_heading_of_the_document_stands_over_its_section(client, pack):
    def write(draft):
        draft.clauses.filter(clause_id="PS-1").update(heading="كيف نعمل")

    amend(draft=write)
    assert "كيف نعمل</h2>" in text_of(page(client))


def test_the_version_in_force_says_since_when_and_when_it_was_last_changed(client, pack, day_one):
    amend()
    response = page(client)
    assert response["Last-Modified"] == "Sun, 22 Nov 2026 06:00:00 GMT"
    assert text_of(response).count("12 جمادى الآخرة 1448هـ") >= 2


def test_a_clause_to_be_confirmed_is_marked(client, pack):
    clause = text_of(page(client)).split('id="AP-1"')[1].split("</article>")[0]
    assert "chip wait" in clause


def test_signatories_stand_in_their_order(client, pack):
    names = [person.name for person in pack.approval.signatories.all()]
    found = text_of(page(client))
    assert len(names) == 5
    assert sorted(names, key=found.index) == names


def test_a_date_that_may_be_read_in_two_ways_shows_both(client, pack):
    approval = pack.approval
    assert approval_date(approval)["candidates"] == [date(2023, 1, 2), date(2023, 2, 1)]
    assert "2 يناير 2023م" in text_of(page(client))


@pytest.mark.parametrize(
    ("name", "typed", "other"),
    [
        ("libraries", "8 صفر 1445هـ", "24 أغسطس 2023م"),
        ("software", "الخميس 9 مارس 2023م", "17 شعبان 1444هـ"),
    ],
)
def test_the_other_calendar_is_computed_and_says_so(load_pack, name, typed, other):
    found = approval_date(load_pack(name).approval)
    assert (found["typed"], found["other"], found["computed"]) == (typed, other, True)


def test_a_second_date_of_the_document_that_agrees_is_not_called_computed(load_pack):
    approval = load_pack("libraries").approval
    approval.second_date_typed = "24/8/2023"
    found = approval_date(approval)
    assert (found["computed"], found["printed"]) == (False, "")


def test_a_second_date_that_disagrees_is_shown_beside_the_computed_one(load_pack):
    approval = load_pack("libraries").approval
    approval.second_date_typed = "25/8/2023"
    found = approval_date(approval)
    assert (found["computed"], found["printed"]) == (True, "25/8/2023")


def test_a_past_version_is_read_at_its_own_address_and_names_the_one_that_took_its_place(client, pack):
    second = amend(title="السياسة الثانية")
    found = text_of(page(client, pack))
    notice = found.split('class="alert wait"')[1].split("</p>")[0]
    assert second.label in notice
    assert reverse("policies:policy") in notice


def test_the_archive_names_every_version_that_was_in_force(client, pack):
    second, third = amend(), amend()
    archive = text_of(page(client)).split('id="archive"')[1]
    addresses = [reverse("policies:version", args=[each.pk]) for each in (third, second, pack)]
    assert sorted(addresses, key=archive.index) == addresses


def test_of_three_versions_each_names_its_own_successor(client, pack):
    second, third = amend(), amend()
    assert page(client, pack).context["successor"] == second
    assert page(client, second).context["successor"] == third
    assert page(client, third).context["successor"] is None


def test_a_draft_is_nobodys_page(cast, pack):
    draft = PolicyVersion.objects.create(label="9", title="مسودة", procedures=[])
    for address in ("policies:version", "policies:policy_pdf"):
        assert client_of(cast.noura).get(reverse(address, args=[draft.pk])).status_code == 404


def test_what_the_board_kept_from_the_website_is_read_by_staff_alone(client, cast, pack):
    clause = kept_to_staff().clauses.get(clause_id="PS-5").text
    assert clause not in text_of(page(client))
    assert reverse("channels:ask") in text_of(page(client))
    assert clause in text_of(page(client_of(cast.noura)))


def test_nor_is_its_pdf_handed_out(client, cast, pack):
    kept = kept_to_staff()
    address = reverse("policies:policy_pdf", args=[kept.pk])
    assert client.get(address).url == reverse("policies:version", args=[kept.pk])
    assert client_of(cast.noura).get(address)["Content-Type"] == "application/pdf"


def test_silence_about_the_website_is_no_refusal(client, load_pack):
    load_pack("cooperative")
    assert PolicyVersion.in_force().approval.publish_on_website is None
    assert 'id="PS-5"' in text_of(page(client))


def test_the_pdf_says_what_the_page_says_and_is_tagged(client, pack):
    response = client.get(reverse("policies:policy_pdf", args=[pack.pk]))
    assert response["Content-Disposition"].startswith("inline")
    assert is_tagged(response.content)
    assert holds(response.content, "السياسة", "الموظف", *(clause.clause_id for clause in pack.clauses.all()))


def test_the_paper_is_arabic_for_a_reader_of_english_too(client, pack):
    client.cookies["django_language"] = "en"
    response = client.get(reverse("policies:policy_pdf", args=[pack.pk]))
    assert response["Content-Language"] == "en"
    assert is_tagged(response.content)


def test_a_clause_of_hostile_text_is_printed_and_shown_as_text(client, pack):
    text = '#panic("x") $ \\ <script>alert(1)</script> *b*'
    version = amend(draft=lambda draft: draft.clauses.filter(clause_id="PS-5").update(text=text))
    assert "<script>alert" not in text_of(page(client))
    paper = client.get(reverse("policies:policy_pdf", args=[version.pk])).content
    assert holds(paper, "panic")


def test_a_word_in_bold_is_bold_on_the_page_and_plain_on_paper(client, pack):
    version = amend(draft=lambda draft: draft.clauses.filter(clause_id="PS-5").update(text="<b>abc</b> def"))
    assert "<b>abc</b> def" in text_of(page(client))
    assert holds(client.get(reverse("policies:policy_pdf", args=[version.pk])).content, "abc def")


def test_what_staff_alone_may_read_stays_in_no_cache(client, cast, pack):
    kept_to_staff()
    assert page(client_of(cast.noura))["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("name", ["libraries", "dawah", "cooperative", "software"])
def test_every_kind_of_policy_has_its_page_and_pdf(client, load_pack, name):
    version = load_pack(name)
    assert page(client).status_code == 200
    assert is_tagged(client.get(reverse("policies:policy_pdf", args=[version.pk])).content)


def test_the_page_asks_a_constant_number_of_questions(client, pack, django_assert_max_num_queries):
    amend(), amend()
    with django_assert_max_num_queries(8):
        page(client)
