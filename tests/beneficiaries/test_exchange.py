"""People brought in from a workbook and given out as one: tried, brought in, undone; masked, never a formula."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from beneficiaries.categories.actions import categorise
from beneficiaries.duplicates.actions import merge_files, propose_merge
from beneficiaries.exchange import actions
from beneficiaries.models import ImportRow, PeopleImport, Person
from core import workbooks
from core.errors import Refused
from core.models import AuditRow, ReadRow
from policies.models import Category
from tests.beneficiaries.workbooks import FAHD, SARA, brought_in, finish, offered, taken, tried, workbook
from tests.cast import client_of, new_case, new_person

pytestmark = pytest.mark.django_db
Outcome, State = ImportRow.Outcome, PeopleImport.State


def outcomes(brought: PeopleImport) -> list[str]:
    return list(brought.rows.values_list("outcome", flat=True))


def test_the_columns_are_guessed_from_the_headings(cast):
    brought = taken(cast, SARA)
    assert brought.mapping == {"full_name": 0, "national_id": 1, "mobile": 2, "sex": 3, "birth": 4}


@pytest.mark.parametrize("place", [1, 2])
def test_a_person_in_the_first_row_is_not_kept_in_the_open_as_headings(cast, place):
    head = ["الاسم", "رقم الهوية", "الجوال"]
    head[place] = SARA[place]
    with pytest.raises(workbooks.WorkbookError):
        taken(cast, FAHD, head=head)
    assert not PeopleImport.objects.exists()


def test_a_trial_saves_nobody(cast):
    brought = tried(cast, SARA, FAHD)
    assert outcomes(brought) == [Outcome.READY, Outcome.READY]
    assert not Person.objects.exists()


def test_whoever_is_sound_gets_a_file_as_at_the_counter(cast):
    brought_in(cast, SARA, FAHD)
    sara, fahd = Person.objects.order_by("pk")
    assert (sara.first_name, sara.father_name, sara.family_name) == ("سارة", "علي", "الشهري")
    assert (sara.sex, sara.mobile, sara.birth_date_typed) == ("female", "+966550000081", "14/8/1412")
    assert (fahd.father_name, fahd.grandfather_name, fahd.branch) == ("عبد الله", "محمد", cast.noura.branch)
    assert AuditRow.objects.filter(verb="enrolled", actor="noura").count() == 2


def test_what_was_typed_is_kept_no_longer_once_it_is_brought_in(cast):
    brought = brought_in(cast, SARA)
    assert brought.rows.get().cells == []


@pytest.mark.parametrize(
    ("place", "value", "column"),
    [
        (0, "سارة", "father_name"),
        (1, "1000000000", "national_id"),
        (2, "0112345678", "mobile"),
        (3, "؟", "sex"),
        (4, "31/2/2020", "birth"),
        (4, "1/1/2099", "birth"),
        (0, "سارة\u202eعلي الشهري", "first_name"),
    ],
)
def test_a_wrong_cell_is_said_in_arabic_and_the_row_stays_behind(cast, place, value, column):
    row = [*SARA]
    row[place] = value
    brought = tried(cast, row, FAHD)
    wrong, sound = brought.rows.all()
    assert (wrong.outcome, sound.outcome) == (Outcome.WRONG, Outcome.READY)
    assert column in [name for name, _sentence in wrong.errors]
    assert all("\u0600" <= sentence[0] <= "\u06ff" for _name, sentence in wrong.errors)


def test_an_id_twice_in_the_workbook_is_taken_once(cast):
    brought = tried(cast, SARA, [FAHD[0], SARA[1], *FAHD[2:]])
    assert outcomes(brought) == [Outcome.READY, Outcome.WRONG]
    assert "2" in brought.rows.last().errors[0][1]


def test_an_id_twice_is_seen_across_batches(cast, monkeypatch):
    monkeypatch.setattr(actions, "BATCH", 1)
    assert outcomes(tried(cast, SARA, [FAHD[0], SARA[1], *FAHD[2:]])) == [Outcome.READY, Outcome.WRONG]


def test_whoever_has_a_file_is_left_as_they_are(cast):
    person = new_person(by=cast.noura, national_id=SARA[1], first_name="سارة")
    brought = tried(cast, SARA)
    assert outcomes(brought) == [Outcome.KNOWN]
    with pytest.raises(Refused):
        actions.begin(brought, by=cast.noura)
    person.refresh_from_db()
    assert person.family_name == "العنزي"


def test_a_file_opened_between_trial_and_saving_is_no_fault(cast):
    brought = tried(cast, SARA, FAHD)
    new_person(by=cast.noura, national_id=SARA[1])
    finish(actions.begin(brought, by=cast.noura))
    assert outcomes(brought) == [Outcome.KNOWN, Outcome.BROUGHT]


def test_the_number_of_a_file_that_was_merged_is_known_too(cast):
    kept = new_person(by=cast.noura)
    merged = new_person(by=cast.noura, national_id=SARA[1])
    merge_files(propose_merge(kept=kept, merged=merged, by=cast.noura, why="بطاقتان", numbers="mistyped"), by=cast.saad)
    assert outcomes(tried(cast, SARA, FAHD)) == [Outcome.KNOWN, Outcome.READY]


def test_a_second_matching_begins_without_what_the_first_looked_up(cast):
    brought = tried(cast, SARA, [FAHD[0], SARA[1], *FAHD[2:]])
    assert not brought.rows.filter(id_lookup="").exists()
    actions.match(brought, by=cast.noura, mapping=brought.mapping)
    assert set(brought.rows.values_list("outcome", "id_lookup")) == {(Outcome.WAITING, "")}
    finish(brought)
    assert outcomes(brought) == [Outcome.READY, Outcome.WRONG]


def test_what_was_forgotten_is_not_tried_again(cast, day_one):
    brought = tried(cast, SARA)
    day_one.shift(timedelta(days=31))
    actions.forget()
    actions.match(brought, by=cast.noura, mapping=brought.mapping)
    assert outcomes(brought) == [Outcome.FORGOTTEN]


def test_a_needed_column_that_is_matched_to_nothing_is_asked_for(cast):
    brought = taken(cast, SARA)
    with pytest.raises(Refused, match="الجوال"):
        actions.match(brought, by=cast.noura, mapping={"full_name": 0, "national_id": 1, "sex": 3})


def test_rows_are_not_brought_in_before_they_are_tried(cast):
    brought = taken(cast, SARA)
    with pytest.raises(Refused):
        actions.begin(brought, by=cast.noura)


def test_an_undone_import_leaves_nobody(cast):
    brought = brought_in(cast, SARA, FAHD)
    assert brought.state == State.DONE
    finish(actions.undo(brought, by=cast.saad, why="رُفع الملف الخطأ"))
    assert not Person.objects.exists()
    assert outcomes(brought) == [Outcome.UNDONE, Outcome.UNDONE]
    assert AuditRow.objects.filter(verb="import_taken_back").count() == 2


def test_a_file_used_since_stays_when_its_import_is_undone(cast, day_one):
    brought = brought_in(cast, SARA, FAHD)
    new_case(by=cast.noura, person=Person.objects.get(first_name="سارة"))
    finish(actions.undo(brought, by=cast.noura, why="رُفع الملف الخطأ"))
    assert outcomes(brought) == [Outcome.KEPT, Outcome.UNDONE]
    assert [person.first_name for person in Person.objects.all()] == ["سارة"]


def test_what_its_own_officer_did_by_hand_later_stays(cast, day_one):
    """What the import wrote, to the moment it ended, is undone; a minute later it is somebody's work."""
    category = Category.objects.filter(is_sensitive=False).first()
    brought = brought_in(cast, SARA, FAHD)
    sara, fahd = Person.objects.order_by("pk")
    categorise(fahd, by=cast.noura, primary=category)
    day_one.shift(timedelta(minutes=1))
    categorise(sara, by=cast.noura, primary=category)
    finish(actions.undo(brought, by=cast.noura, why="رُفع الملف الخطأ"))
    assert outcomes(brought) == [Outcome.KEPT, Outcome.UNDONE]
    assert Person.objects.get().categories.get().category == category


def test_what_another_did_at_that_moment_stays(cast, day_one):
    brought = brought_in(cast, SARA)
    categorise(Person.objects.get(), by=cast.saad, primary=Category.objects.filter(is_sensitive=False).first())
    finish(actions.undo(brought, by=cast.noura, why="رُفع الملف الخطأ"))
    assert outcomes(brought) == [Outcome.KEPT]


def test_an_import_is_undone_once(cast):
    brought = brought_in(cast, SARA)
    actions.undo(brought, by=cast.noura, why="خطأ")
    with pytest.raises(Refused):
        actions.undo(brought, by=cast.noura, why="خطأ")


def test_a_delegate_and_another_branch_bring_nobody_in(cast):
    with pytest.raises(Refused):
        taken(cast, SARA, by=cast.huda)
    cast.saad.branch = cast.north
    with pytest.raises(Refused):
        actions.take(workbook(SARA), by=cast.saad, branch=cast.noura.branch, file_name="x", columns=offered())


def test_rows_left_behind_are_emptied_after_a_month(cast, day_one):
    brought = tried(cast, [*SARA[:1], "1000000000", *SARA[2:]])
    day_one.shift(timedelta(days=29))
    assert actions.forget() == 0
    day_one.shift(timedelta(days=2))
    assert actions.forget() == 1
    assert brought.rows.get().cells == []


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 torn", b"\x00" * 100])
def test_what_is_no_workbook_is_refused_in_a_sentence(content):
    with pytest.raises(workbooks.WorkbookError):
        workbooks.rows_of(io.BytesIO(content))


def test_a_workbook_far_larger_inside_is_not_opened(monkeypatch):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", b"0" * (workbooks.MAX_UNPACKED + 1))
    packed.seek(0)
    opened = []
    monkeypatch.setattr(workbooks, "read_apart", lambda content: opened.append(1))
    with pytest.raises(workbooks.WorkbookError):
        workbooks.rows_of(packed)
    assert opened == []


NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
TEXT = '<c t="s"><v>0</v></c>'
HOSTILE = {
    "a second row that says it is the billionth": f"<row>{TEXT}</row><row r='99999999999'>{TEXT}</row>",
    "one long text in every cell": f"<row>{TEXT * 60}</row>" * 200,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_small_workbook_that_asks_for_much_is_refused(name):
    with zipfile.ZipFile(workbook(["x"])) as sound:
        parts = {each: sound.read(each) for each in sound.namelist()}
    parts["xl/sharedStrings.xml"] = f"<sst {NAMES}><si><t>{'x' * 2000}</t></si></sst>".encode()
    sheet = f"<worksheet {NAMES}><sheetData>{HOSTILE[name]}</sheetData></worksheet>"
    parts["xl/worksheets/sheet1.xml"] = sheet.encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as hostile:
        for each, content in parts.items():
            hostile.writestr(each, content)
    packed.seek(0)
    with pytest.raises(workbooks.WorkbookError):
        workbooks.rows_of(packed)


def test_a_workbook_is_opened_in_a_process_of_its_own(monkeypatch):
    """Where a swarm of a few kilobytes asks for gigabytes, the ceiling of that process ends it."""
    monkeypatch.setattr("openpyxl.load_workbook", lambda *args, **options: pytest.fail("opened by the portal itself"))
    assert len(workbooks.rows_of(workbook(SARA))) == 2


@pytest.mark.parametrize("rows", [0, 1, workbooks.MAX_ROWS + 1])
def test_a_sheet_has_rows_and_not_too_many(rows, monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_ROWS", 20)
    rows = min(rows, 21)
    book = workbook(*[SARA] * rows)
    if rows == 1:
        assert len(workbooks.rows_of(book)) == 2
    else:
        with pytest.raises(workbooks.WorkbookError):
            workbooks.rows_of(book)


FORMULAS = ["=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://evil.example","x")', "\t=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_becomes_a_formula(text):
    content = workbooks.written("x", ["الاسم"], [[text]])
    cell = load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)


def test_a_formula_would_be_seen():
    """The control: written carelessly it is one."""
    book = workbook(["=1+1"])
    assert load_workbook(book).active["A2"].data_type == "f"


def exported(person, **sent) -> list[list]:
    reply = client_of(person).post(reverse("requests:people_export"), sent)
    assert reply.status_code == 200
    return [list(row) for row in load_workbook(io.BytesIO(reply.content)).active.iter_rows(values_only=True)]


def test_an_export_is_masked_and_leaves_a_row(cast):
    person = new_person(by=cast.noura, iban="SA0380000000608010167519")
    text = str(exported(cast.noura))
    for secret in (person.national_id, person.mobile[-8:], person.father_name, "608010167519", "14/8/1412"):
        assert secret not in text
    assert "محمد" in text
    assert AuditRow.objects.get(verb="exported_masked").changes == {"files": [None, 1]}


def test_a_manager_reads_nobody_by_name_in_a_masked_workbook_either(cast):
    person = new_person(by=cast.noura, first_name="سلمى", family_name="العنزي")
    text = str(exported(cast.manager))
    assert person.first_name not in text
    assert person.family_name not in text
    assert "'س.'" in text


def test_a_manager_takes_whole_data_out_with_a_reason(cast):
    person = new_person(by=cast.noura)
    assert person.national_id in str(exported(cast.manager, whole="on", why="طلب من جهة الإشراف"))
    row = AuditRow.objects.get(verb="exported_whole")
    assert (row.actor, row.why) == ("manager", "طلب من جهة الإشراف")


def test_whole_data_needs_the_permission_and_the_reason(cast):
    person = new_person(by=cast.noura)
    asked = {"whole": "on", "why": "طلب من جهة الإشراف"}
    assert person.national_id not in str(exported(cast.noura, **asked)), "an officer's tick is not there to be sent"
    reply = client_of(cast.manager).post(reverse("requests:people_export"), {"whole": "on", "why": ""})
    assert reply.status_code == 422
    assert not AuditRow.objects.filter(verb="exported_whole").exists()


def test_a_delegate_exports_their_own_branch_only(cast):
    new_person(by=cast.noura, first_name="سلمى")
    new_person(by=cast.huda, first_name="نجلاء")
    text = str(exported(cast.huda))
    assert "نجلاء" in text
    assert "سلمى" not in text


def test_the_whole_way_on_the_screen(cast):
    client = client_of(cast.noura)
    upload = SimpleUploadedFile("قائمة.xlsx", workbook(SARA, [*FAHD[:3], "؟", ""]).getvalue())
    began = client.post(reverse("requests:people_imports"), {"branch": cast.noura.branch_id, "workbook": upload})
    page = began["Location"]
    assert "14/8/1412" in client.get(page).content.decode(), "the first row helps to match the columns"
    mapping = {name: str(place) for name, place in PeopleImport.objects.get().mapping.items()}
    client.post(f"{page}match/", mapping)
    client.post(f"{page}progress/")
    assert "سطر واحد سليم" in client.get(page).content.decode()
    returned = load_workbook(io.BytesIO(client.get(f"{page}returned/").content)).active
    assert [cell.value for cell in returned[2]][-1] == 3
    assert ReadRow.objects.get().what == "rows returned"
    client.post(f"{page}bring/")
    client.post(f"{page}progress/", headers={"HX-Request": "true"})
    assert Person.objects.get().first_name == "سارة"
    client.post(f"{page}undo/", {"why": "رُفع الملف الخطأ"})
    client.post(f"{page}progress/")
    assert not Person.objects.exists()


def test_the_template_can_be_filled_in_and_sent_back(cast):
    content = client_of(cast.noura).get(reverse("requests:people_template")).content
    brought = actions.take(
        io.BytesIO(content), by=cast.noura, branch=cast.noura.branch, file_name="t.xlsx", columns=offered()
    )
    finish(actions.match(brought, by=cast.noura, mapping=brought.mapping))
    assert outcomes(brought) == [Outcome.READY]


def test_an_import_of_another_branch_is_not_there(cast):
    brought = taken(cast, SARA)
    cast.saad.branch = cast.north
    cast.saad.save()
    client = client_of(cast.saad)
    for name in ("people_import", "people_returned"):
        assert client.get(reverse(f"requests:{name}", args=[brought.pk])).status_code == 404
    for name in ("people_match", "people_bring", "people_progress", "people_undo"):
        assert client.post(reverse(f"requests:{name}", args=[brought.pk])).status_code == 404
