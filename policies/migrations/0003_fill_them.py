from django.db import migrations

STEPS = {
    "PS-1": "receive",
    "PS-2": "verify_data",
    "PS-3": "clarify_via_social_research",
    "PS-4": "attest_and_sign",
    "PS-5": "inform_committee_and_period",
    "PS-6": "complete_registration",
    "PS-7": "deliver_service",
    "PS-D1": "volunteer_programme_proposal_permits",
    "PS-D2": "answer_inquiries_without_delay",
    "PS-D3": "complaints_and_remarks",
    "PS-D4": "official_permit_requests_via_tayseer",
}


def fill(apps, schema_editor):
    """Versions of before came from packs: their name, what each clause carries out, and the signatories as rows."""
    association = apps.get_model("policies", "Association").objects.order_by("pk").first()
    for version in apps.get_model("policies", "PolicyVersion").objects.exclude(state="draft"):
        version.pack = association.pack if association else "before"
        version.save(update_fields=["pack"])
    for version in apps.get_model("policies", "PolicyVersion").objects.all():
        codes = STEPS | {channel["clause"]: channel["code"] for channel in version.channels if "clause" in channel}
        codes |= dict(version.tools.values_list("clause_id", "code"))
        for clause in version.clauses.filter(clause_id__in=codes):
            clause.code = codes[clause.clause_id]
            clause.save(update_fields=["code"])
    signatory = apps.get_model("policies", "Signatory")
    for approval in apps.get_model("policies", "Approval").objects.all():
        for position, person in enumerate(approval.signatories_before, 1):
            signatory.objects.create(
                approval=approval, position=position, title=person.get("title", ""), name=person.get("name") or ""
            )


def back(apps, schema_editor):
    for approval in apps.get_model("policies", "Approval").objects.all():
        approval.signatories_before = [
            {"order": person.position, "title": person.title, "name": person.name}
            for person in approval.signatories.all()
        ]
        approval.save(update_fields=["signatories_before"])


class Migration(migrations.Migration):
    dependencies = [("policies", "0002_columns_of_a_versions_life")]

    operations = [migrations.RunPython(fill, back)]
