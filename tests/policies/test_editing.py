"""The editor's pages: clauses in order, two writers at once, settings as fields, the approval's dates."""

from datetime import date

import pytest

from policies.editing import order
from policies.editing.actions import clause_facts, digest
from policies.models import Approval, Clause, PolicyVersion
from tests.cast import client_of
from tests.policies.editor import fields_of, page


def ids(version: PolicyVersion, kind: str = "detailed_objective") -> list[str]:
    return list(version.clauses.filter(kind=kind).values_list("clause_id", flat=True))


def move(client, version: PolicyVersion, clause_id: str, wanted: str):
    version.refresh_from_db()
    row = version.clauses.get(clause_id=clause_id)
    form = {"move": wanted, "revision": version.revision}
    return client.post(page("clause_move", version, row.pk), form, follow=True)


@pytest.mark.parametrize(
    ("clause_id", "wanted", "expected"),
    [
        ("DO-3", "up", "DO-1 DO-3 DO-2 DO-4 DO-5 DO-6 DO-6.1 DO-6.2 DO-6.3 DO-6.4 DO-6.5"),
        ("DO-5", "down", "DO-1 DO-2 DO-3 DO-4 DO-6 DO-6.1 DO-6.2 DO-6.3 DO-6.4 DO-6.5 DO-5"),
        ("DO-6.2", "up", "DO-1 DO-2 DO-3 DO-4 DO-5 DO-6 DO-6.2 DO-6.1 DO-6.3 DO-6.4 DO-6.5"),
        ("DO-6.1", "out", "DO-1 DO-2 DO-3 DO-4 DO-5 DO-6 DO-6.2 DO-6.3 DO-6.4 DO-6.5 DO-6.1"),
        ("DO-2", "in", "DO-1 DO-2 DO-3 DO-4 DO-5 DO-6 DO-6.1 DO-6.2 DO-6.3 DO-6.4 DO-6.5"),
    ],
)
def test_a_clause_moves_one_step_and_keeps_its_id(draft, first, clause_id, wanted, expected):
    move(client_of(first), draft, clause_id, wanted)
    assert ids(draft) == expected.split()
    assert list(draft.clauses.values_list("position", flat=True)) == list(range(draft.clauses.count()))


def test_a_clause_goes_below_the_one_before_and_out_again(draft, first):
    client = client_of(first)
    move(client, draft, "DO-2", "in")
    assert draft.clauses.get(clause_id="DO-2").parent.clause_id == "DO-1"
    move(client, draft, "DO-2", "out")
    assert draft.clauses.get(clause_id="DO-2").parent is None


@pytest.mark.parametrize(
    ("clause_id", "wanted"), [("DO-1", "up"), ("DO-6", "down"), ("DO-1", "in"), ("DO-6", "in"), ("PRE-1", "out")]
)
def test_a_move_there_is_no_place_for_is_not_offered_and_is_refused(draft, first, clause_id, wanted):
    before = ids(draft, "preamble") + ids(draft)
    assert order.why_not_move(order.tree(draft), draft.clauses.get(clause_id=clause_id), wanted)
    reply = move(client_of(first), draft, clause_id, wanted)
    assert "error" in [message.tags for message in reply.context["messages"]]
    assert ids(draft, "preamble") + ids(draft) == before


def test_a_heading_stays_with_its_section(draft, first):
    draft.clauses.filter(clause_id="PRE-1").update(heading="تمهيد الوثيقة")
    move(client_of(first), draft, "PRE-1", "down")
    assert list(draft.clauses.filter(kind="preamble").values_list("clause_id", "heading")) == [
        ("PRE-2", "تمهيد الوثيقة"),
        ("PRE-1", ""),
    ]


def test_two_sections_of_one_kind_keep_each_its_heading(draft, first):
    """A document may come back to a kind after another; a section is what stands together."""
    clauses = order.tree(draft)
    last = next(row for row in clauses if row[0].clause_id == "PRE-2")
    clauses.remove(last)
    clauses[0][0].heading, last[0].heading = "تمهيد", "تمهيد ثانٍ"
    order.write([*clauses, last])
    move(client_of(first), draft, "DO-3", "up")
    found = list(draft.clauses.filter(kind="preamble").values_list("clause_id", "heading"))
    assert found == [("PRE-1", "تمهيد"), ("PRE-2", "تمهيد ثانٍ")]


def test_an_id_is_never_given_twice(draft, first):
    """Not even after its clause was removed: an id means one clause for ever."""
    client = client_of(first)
    move(client, draft, "DO-6.5", "remove")
    move(client, draft, "PS-7", "remove")
    for kind, parent in (("procedure_step", ""), ("detailed_objective", draft.clauses.get(clause_id="DO-6").pk)):
        form = fields_of(client.get(page("clause_add", draft))) | {"kind": kind, "parent": parent, "text": "بند جديد"}
        assert client.post(page("clause_add", draft), form).status_code == 302
    assert {"PS-8", "DO-6.6"} <= set(draft.clauses.values_list("clause_id", flat=True))
    assert ids(draft, "procedure_step")[-1] == "PS-8"


@pytest.mark.parametrize("name", ["clauses", "settings", "approval"])
def test_a_frozen_version_is_read_and_not_written(first, pack, name):
    live = PolicyVersion.in_force()
    client = client_of(first)
    assert client.get(page(name, live)).status_code == 200
    if name == "settings":
        form = fields_of(client.get(page("settings", live))) | {"title": "أخرى"}
        assert client.post(page("settings", live), form).status_code == 422
    live.refresh_from_db()
    assert live.title != "أخرى"


def test_a_clause_of_a_frozen_version_is_not_written(first, pack):
    live, client = PolicyVersion.in_force(), client_of(first)
    row = live.clauses.first()
    form = {"revision": live.revision, "read": digest(clause_facts(row)), "text": "أخرى"}
    assert client.post(page("clause", live, row.pk), form).status_code == 422
    assert Clause.objects.get(pk=row.pk).text == row.text


# Two editors at once


def test_two_write_one_clause_and_nothing_is_lost(draft, first, second):
    row = draft.clauses.get(clause_id="PS-1")
    one, other = client_of(first), client_of(second)
    mine, theirs = (fields_of(client.get(page("clause", draft, row.pk))) for client in (one, other))
    assert one.post(page("clause", draft, row.pk), mine | {"text": "نص الأولى"}).status_code == 302
    reply = other.post(page("clause", draft, row.pk), theirs | {"text": "نص الثانية"})
    body = reply.content.decode()
    assert reply.status_code == 409
    assert "نص الأولى" in body.split("<textarea")[0]
    assert "نص الثانية" in body.split("<textarea")[1]
    assert Clause.objects.get(pk=row.pk).text == "نص الأولى"
    again = fields_of(reply) | {"text": "نص الثانية ونص الأولى"}
    assert other.post(page("clause", draft, row.pk), again).status_code == 302
    assert Clause.objects.get(pk=row.pk).text == "نص الثانية ونص الأولى"


def test_two_write_two_clauses_and_both_stand(draft, first, second):
    """The edge: the draft moved on, but not what this one was writing."""
    rows = [draft.clauses.get(clause_id=clause_id) for clause_id in ("PS-1", "PS-2")]
    clients = [client_of(first), client_of(second)]
    forms = [fields_of(client.get(page("clause", draft, row.pk))) for client, row in zip(clients, rows, strict=True)]
    for client, row, form in zip(clients, rows, forms, strict=True):
        assert client.post(page("clause", draft, row.pk), form | {"text": f"نص {row.clause_id}"}).status_code == 302
    assert [Clause.objects.get(pk=row.pk).text for row in rows] == ["نص PS-1", "نص PS-2"]


def test_a_clause_removed_meanwhile_gives_its_text_back(draft, first, second):
    row = draft.clauses.get(clause_id="PS-1")
    client = client_of(first)
    form = fields_of(client.get(page("clause", draft, row.pk))) | {"text": "ما كتبته طويلًا"}
    move(client_of(second), draft, "PS-1", "remove")
    reply = client.post(page("clause", draft, row.pk), form)
    assert (reply.status_code, "ما كتبته طويلًا" in reply.content.decode()) == (409, True)


def test_two_write_the_settings_and_the_second_sees_both(draft, first, second):
    one, other = client_of(first), client_of(second)
    mine, theirs = (fields_of(client.get(page("settings", draft))) for client in (one, other))
    assert one.post(page("settings", draft), mine | {"title": "عنوان الأولى"}).status_code == 302
    reply = other.post(page("settings", draft), theirs | {"title": "عنوان الثانية"})
    assert reply.status_code == 409
    assert [(side["theirs"], side["mine"]) for side in reply.context["sides"]] == [("عنوان الأولى", "عنوان الثانية")]
    draft.refresh_from_db()
    assert draft.title == "عنوان الأولى"


def test_two_write_the_approval_and_the_second_sees_both(draft, first, second):
    one, other = client_of(first), client_of(second)
    mine, theirs = (fields_of(client.get(page("approval", draft))) for client in (one, other))
    assert one.post(page("approval", draft), mine | {"body": "مجلس الإدارة"}).status_code == 302
    reply = other.post(page("approval", draft), theirs | {"body": "الجمعية العمومية"})
    assert (reply.status_code, reply.context["sides"][0]["theirs"]) == (409, "مجلس الإدارة")


# Rich text


HOSTILE = [
    ("<b>مهم</b> <script>alert(1)</script>بعد", "<b>مهم</b> بعد"),
    ('<b onclick="x()">مهم</b>', "<b>مهم</b>"),
    ('<a href="javascript:x">رابط</a>', "رابط"),
    ("أصغر < من", "أصغر &lt; من"),
]


@pytest.mark.parametrize(("typed", "kept"), HOSTILE)
def test_rich_text_is_cleaned_when_saved(draft, first, typed, kept):
    row, client = draft.clauses.get(clause_id="PS-1"), client_of(first)
    form = fields_of(client.get(page("clause", draft, row.pk))) | {"text": typed}
    client.post(page("clause", draft, row.pk), form)
    assert Clause.objects.get(pk=row.pk).text == kept


@pytest.mark.parametrize("name", ["preview", "clauses"])
def test_rich_text_is_cleaned_again_when_shown(draft, first, name):
    """A row written past the form brings no script to a page."""
    draft.clauses.filter(clause_id="PS-1").update(text='<b>مهم</b><script>alert("x")</script><img src=x onerror=y>')
    body = client_of(first).get(page(name, draft)).content.decode()
    assert "<b>مهم</b>" in body
    assert 'alert("x")' not in body
    assert "onerror" not in body


# What the portal does


def saved(client, draft, **typed) -> PolicyVersion:
    form = {**fields_of(client.get(page("settings", draft))), **typed}
    reply = client.post(page("settings", draft), {key: value for key, value in form.items() if value is not None})
    assert reply.status_code == 302, reply.context["form"].errors
    return PolicyVersion.objects.get(pk=draft.pk)


def test_saving_what_was_opened_changes_nothing(draft, first):
    before = [draft.channels, draft.person_terms, draft.officer_title, list(draft.tools.values_list("code", "label"))]
    now = saved(client_of(first), draft)
    assert [now.channels, now.person_terms, now.officer_title, list(now.tools.values_list("code", "label"))] == before


def test_a_channel_is_taken_off_by_its_tick(draft, first):
    assert "phone" not in saved(client_of(first), draft, channel_phone=None).channel_labels


def test_a_channel_the_portal_does_not_know_is_kept(draft, first):
    """An imported document may name one; saving the page does not lose it."""
    channels = [*draft.channels, {"code": "ch-9", "clause": "CH-9", "label": "الفاكس"}]
    PolicyVersion.objects.filter(pk=draft.pk).update(channels=channels)
    assert saved(client_of(first), draft).channels == channels


def test_no_json_is_shown_to_anybody(draft, first):
    body = client_of(first).get(page("settings", draft)).content.decode()
    assert "masc_def&quot;" not in body
    assert "[{" not in body


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"min_decision_days": ""}, "min_decision_days"),
        ({"min_decision_days": "0"}, "min_decision_days"),
        ({"term_pl_li": ""}, "term_pl_li"),
        ({"declaration_text": ""}, "declaration_text"),
    ],
)
def test_settings_that_lack_something_are_refused(draft, first, typed, field):
    client = client_of(first)
    reply = client.post(page("settings", draft), fields_of(client.get(page("settings", draft))) | typed)
    assert (reply.status_code, field in reply.context["form"].errors) == (422, True)


def test_a_services_days_need_their_clause(draft, first):
    from policies.models import Service

    client, service = client_of(first), Service.objects.first()
    form = fields_of(client.get(page("settings", draft))) | {f"days_{service.pk}": "٣٠"}
    assert client.post(page("settings", draft), form).status_code == 422
    clause = draft.clauses.get(clause_id="PS-5")
    assert client.post(page("settings", draft), form | {f"clause_{service.pk}": clause.pk}).status_code == 302
    assert draft.days_for(service) == 30


# The approval


def write(client, draft, **typed):
    form = {**fields_of(client.get(page("approval", draft))), "body": "مجلس الإدارة", **typed}
    return client.post(page("approval", draft), form)


@pytest.mark.parametrize(
    ("typed", "calendar", "other"),
    [("24 أغسطس 2023", "gregorian", "8 صفر 1445هـ"), ("8 صفر 1445", "hijri", "24 أغسطس 2023م")],
)
def test_one_date_is_typed_and_the_other_is_computed_and_marked(draft, first, typed, calendar, other):
    client = client_of(first)
    assert write(client, draft, date_typed=typed).status_code == 302
    kept = Approval.objects.get(version=draft)
    assert (kept.date, kept.calendar, kept.date_typed) == (date(2023, 8, 24), calendar, typed)
    reply = client.get(page("approval", draft))
    assert reply.context["computed"] == other
    assert other in reply.content.decode()


def test_an_ambiguous_date_waits_for_its_choice(draft, first):
    client = client_of(first)
    asked = write(client, draft, date_typed="2/1/2023")
    assert (asked.status_code, "which_day" in asked.context["form"].errors) == (422, True)
    assert write(client, draft, date_typed="2/1/2023", which_day="unsure").status_code == 302
    kept = Approval.objects.get(version=draft)
    assert (kept.date, kept.candidates) == (None, [date(2023, 1, 2), date(2023, 2, 1)])
    assert write(client, draft, date_typed="2/1/2023", which_day="2023-02-01").status_code == 302
    kept.refresh_from_db()
    assert (kept.date, kept.candidates) == (date(2023, 2, 1), [])


def test_a_choice_made_for_another_date_is_asked_again(draft, first):
    """The page still holds the day chosen for the date typed before."""
    client = client_of(first)
    assert write(client, draft, date_typed="3/4/2023", which_day="2023-02-01").status_code == 422
    assert write(client, draft, date_typed="24 أغسطس 2023", which_day="2023-02-01").status_code == 302
    assert Approval.objects.get(version=draft).date == date(2023, 8, 24)


def test_the_documents_weekday_settles_it(draft, first):
    """2 January 2023 was a Monday, 1 February a Wednesday."""
    assert write(client_of(first), draft, date_typed="2/1/2023", weekday="الأربعاء").status_code == 302
    assert Approval.objects.get(version=draft).date == date(2023, 2, 1)


@pytest.mark.parametrize(
    ("typed", "doubts"),
    [
        ({"weekday": "الخميس"}, 0),
        ({"weekday": "الأحد"}, 1),
        ({"second_date_typed": "8 صفر 1445"}, 0),
        ({"second_date_typed": "9 صفر 1445"}, 1),
        ({"weekday": "الأحد", "second_date_typed": "9 صفر 1445"}, 2),
    ],
)
def test_a_disagreement_is_said_and_not_refused(draft, first, typed, doubts):
    client = client_of(first)
    assert write(client, draft, date_typed="24 أغسطس 2023", **typed).status_code == 302
    assert len(client.get(page("approval", draft)).context["doubts"]) == doubts


def test_a_weekday_as_an_imported_document_spells_it_is_kept(draft, first):
    Approval.objects.create(version=draft, body="مجلس الإدارة", weekday="الإثنين", date_typed="24 أغسطس 2023")
    assert write(client_of(first), draft).status_code == 302
    assert Approval.objects.get(version=draft).weekday == "الإثنين"


def test_signatories_stand_in_the_order_of_their_numbers(draft, first):
    people = {"order_1": "2", "title_1": "نائب الرئيس", "name_1": "هدى", "order_2": "1", "title_2": "الرئيس"}
    write(client_of(first), draft, date_typed="24 أغسطس 2023", **people)
    rows = Approval.objects.get(version=draft).signatories.values_list("position", "title", "name")
    assert list(rows) == [(1, "الرئيس", ""), (2, "نائب الرئيس", "هدى")]


def test_a_scan_that_is_no_picture_is_refused_and_nothing_is_written(draft, first):
    from django.core.files.uploadedfile import SimpleUploadedFile

    scan = SimpleUploadedFile("scan.pdf", b"MZ not a pdf")
    assert write(client_of(first), draft, date_typed="24 أغسطس 2023", scan=scan).status_code == 422
    assert not Approval.objects.filter(version=draft).exists()
