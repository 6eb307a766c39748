"""What a volunteer proposes in these tests."""

from datetime import date

FACTS = {
    "volunteer_name": "سعيد الشهري",
    "mobile": "+966550000067",
    "title": "دروس العربية للجاليات",
    "about": "أربعة دروس أسبوعية.",
    "place": "مقر الجمعية",
    "starts_on": date(2027, 1, 10),
}
FORM = FACTS | {"mobile": "0550000067", "starts_on": "10/1/2027"}
