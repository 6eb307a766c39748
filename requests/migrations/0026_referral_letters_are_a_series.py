from django.db import migrations

GO_ON = """
INSERT INTO core_series (name, last)
SELECT 'referral letters ' || year, max(serial) FROM requests_referralletter GROUP BY year
ON CONFLICT (name) DO UPDATE SET last = greatest(core_series.last, excluded.last);
"""


class Migration(migrations.Migration):
    """The next letter of a year goes on after those issued before its series was kept."""

    dependencies = [
        ("requests", "0025_a_conflict_is_told_in_sealed_words"),
        ("core", "0008_a_series_has_a_key"),
    ]

    operations = [migrations.RunSQL(GO_ON, migrations.RunSQL.noop)]
