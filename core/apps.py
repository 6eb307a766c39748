from django.apps import AppConfig
from django.core.checks import Error, Tags, register
from django.db import connection


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        register(arabic_trigrams_work, Tags.database)


def arabic_trigrams_work(app_configs, databases, **kwargs):
    """Under LC_CTYPE=C PostgreSQL finds no trigram in Arabic, silently: search would find nobody."""
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        (ctype,) = cursor.fetchone()
    if ctype in ("C", "POSIX"):
        return [
            Error(
                f"The database's LC_CTYPE is {ctype}: Arabic name search would find nothing.",
                hint="Create the database with a UTF-8 locale, for example --locale=C.UTF-8.",
                id="core.E001",
            )
        ]
    return []
