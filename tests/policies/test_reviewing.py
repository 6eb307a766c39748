"""Importing in the admin: upload, review, save as a draft; nothing stands in the policy's tables before that."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.models import Draft
from policies.models import PolicyVersion
from tests.cast import client_of

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
    page = client.get(reply.headers["Location"])
    kinds = [section["kind"] for section in page.context["found"]["sections"]]
    assert {"preamble", "channel", "tool", "procedure_step"} <= set(kinds)
    assert "المقابلة" in page.content.decode()
    assert PolicyVersion.objects.count() == before


def test_an_ambiguous_date_is_a_choice(first):
    client = client_of(first)
    page = client.get(upload(client, DOCUMENT.encode()).headers["Location"])
    assert [value for value, _label in page.context["form"].fields["day"].choices] == [
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
