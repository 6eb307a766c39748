"""Workbooks of invented people, as the tests of bringing them in send them."""

import io

from openpyxl import Workbook

from beneficiaries.exchange import actions, columns
from beneficiaries.models import PeopleImport
from policies.models import PolicyVersion
from tests.cast import sample_id

HEAD = ["الاسم", "رقم الهوية", "الجوال", "الجنس", "تاريخ الميلاد"]
SARA = ["سارة بنت علي الشهري", sample_id(8001), "0550000081", "أنثى", "14/8/1412"]
FAHD = ["فهد عبد الله محمد السبيعي", int(sample_id(8002)), 550000082, "ذكر", ""]


def workbook(*rows, head=HEAD) -> io.BytesIO:
    book = Workbook()
    for row in (head, *rows):
        book.active.append(list(row))
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    return out


def offered():
    return columns.offered(PolicyVersion.in_force())


def taken(cast, *rows, **options) -> PeopleImport:
    by = options.pop("by", cast.noura)
    return actions.take(workbook(*rows, **options), by=by, branch=by.branch, file_name="قائمة.xlsx", columns=offered())


def bring_a_workbook(cast) -> PeopleImport:
    return taken(cast, SARA, FAHD)


def tried(cast, *rows, **options) -> PeopleImport:
    brought = taken(cast, *rows, **options)
    finish(actions.match(brought, by=brought.brought_by, mapping=brought.mapping))
    return brought


def brought_in(cast, *rows, **options) -> PeopleImport:
    brought = tried(cast, *rows, **options)
    finish(actions.begin(brought, by=brought.brought_by))
    brought.refresh_from_db()
    return brought


def finish(brought: PeopleImport) -> None:
    while actions.advance(brought):
        pass
