"""`python -m tests.template`: a database with its tables made, that each process of the suite begins with a copy of."""

import os

import django
from django.conf import settings


def make() -> None:
    """Made anew each time, under the name TEST_TEMPLATE: nobody has to know which migrations it has seen."""
    django.setup()
    from django.db import connection

    of_tests = settings.DATABASES["default"]["TEST"]
    of_tests["NAME"], of_tests["TEMPLATE"] = os.environ["TEST_TEMPLATE"], None
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()


if __name__ == "__main__":
    make()
