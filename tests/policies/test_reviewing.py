"""Importing in the admin: upload, review, save as a draft; nothing stands in the policy's tables before that."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Draft
from policies.models import PolicyVersion
from tests.cast import client_of
from tests.policies.editor import fields_of, page

UPLOAD = "/admin/policies/policyversion/import/"
DOCUMENT = """سياسة تنظيم العلاقة مع المستفيدين
جمعية الواحة النموذجية
تمهيد:
1- تنظم الجمعية علاقتها بالمستفيدين بسياسات مكتوبة.
2- تراجع الجمعية هذه السياسة باستمرار وتعممها.
الهدف العام:
تقديم خدمة متقنة سريعة للمستفيدين.
الأهداف التفصيلية:
1- تيسير الإجراءات على المستفيد.
2- تقديم الخدمة بأحدث الوسائل الإلكترونية.
قنوات التواصل مع المستفيدين:
1- المقابلة.
2- الاتصالات الهاتفية.
الأدوات المتاحة لموظف علاقات المستفيدين:
1- اللائحة الأساسية للجمعية.
آلية التعامل مع المستفيد:
1- استقبال المستفيد بلباقة واحترام.
2- توضيح أن طلبه سيرفع إلى لجنة البحث وأن الرد يكون خلال مدة لا تقل عن أسبوعين.
اعتماد مجلس الإدارة:
اعتمد مجلس إدارة الجمعية هذه السياسة في الجلسة رقم (2) بتاريخ 2/1/2023م.
"""


def upload(client, text: bytes, name: str = "policy.txt"):
    return client.post(UPLOAD, {"document": SimpleUploadedFile(name, text)})


def test_a_document_is_read_and_shown_and_nothing_is_stored(first):
    client = client_of(first)
    before = PolicyVersion.objects.count()
    reply = upload(client, DOCUMENT.encode())
    assert reply.status_code == 302
    shown = client.get(reply.headers["Location"])
    kinds = [section["kind"] for section in shown.context["found"]["sections"]]
    assert {"preamble", "channel", "tool", "procedure_step"} <= set(kinds)
    assert "المقابلة" in shown.content.decode()
    assert PolicyVersion.objects.count() == before


def test_an_ambiguous_date_is_a_choice(first):
    client = client_of(first)
    shown = client.get(upload(client, DOCUMENT.encode()).headers["Location"])
    assert [value for value, _label in shown.context["form"].fields["day"].choices] == [
        "2023-01-02",
        "2023-02-01",
        "unsure",
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [("empty.txt", b""), ("picture.docx", b"\x89PNG\r\n\x1a\n" + b"0" * 200), ("zip.docx", b"PK\x03\x04 broken")],
)
def test_what_is_no_policy_is_refused_with_a_sentence_and_not_kept(first, name, data):
    reply = upload(client_of(first), data, name)
    assert reply.status_code == 422
    assert not Draft.objects.exists()


def test_nobody_reads_what_another_uploaded(first, second):
    address = upload(client_of(first), DOCUMENT.encode()).headers["Location"]
    assert client_of(second).get(address).status_code == 404


def test_saving_makes_a_draft_and_takes_the_waiting_file_away(first):
    client = client_of(first)
    address = upload(client, DOCUMENT.encode()).headers["Location"]
    assert client.post(address, {"day": "2023-02-01"}).status_code == 302
    draft = PolicyVersion.objects.get(state="draft")
    assert draft.clauses.filter(kind="procedure_step").count() == 2
    assert str(draft.approval.date) == "2023-02-01"
    assert not Draft.objects.exists()
    assert client.get(address).status_code == 404


def test_only_an_accepted_correction_is_made(first):
    """No wording is mended by itself: the same document twice, once with its tick and once without."""
    client = client_of(first)
    damaged = DOCUMENT.replace("استقبال المستفيد بلباقة", "استقبال المسcفيد بلباقة").encode()
    texts = []
    for accepting in (False, True):
        address = upload(client, damaged).headers["Location"]
        form = client.get(address).context["form"]
        ticks = {name: "on" for name in form.fields if name.startswith("accept_")} if accepting else {}
        assert client.post(address, ticks).status_code == 302
        version = PolicyVersion.objects.filter(state="draft").latest("pk")
        texts.append(version.clauses.filter(kind="procedure_step").first().text)
    assert "المسcفيد" in texts[0]
    assert "المسcفيد" not in texts[1]


def test_what_is_saved_opens_in_every_page_of_the_editor(first):
    client = client_of(first)
    client.post(upload(client, DOCUMENT.encode()).headers["Location"], {"day": "unsure"})
    version = PolicyVersion.objects.get(state="draft")
    assert version.approval.candidates
    for name in "change clauses settings approval preview difference publish".split():
        assert client.get(page(name, version)).status_code == 200
    opened = client.get(page("settings", version))
    assert client.post(page("settings", version), fields_of(opened)).status_code == 302
