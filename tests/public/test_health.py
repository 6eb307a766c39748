from django.db import DatabaseError

from oversight import rules


def test_healthz_answers_without_the_database(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_readyz_says_what_is_ready_and_nothing_personal(client, case):
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {"database": True, "migrations": True, "outbox_lag_seconds": 0, "outbox_late": False}


def test_readyz_says_how_late_messages_are(client, case, day_one):
    day_one.shift(11 * 60)
    state = client.get("/readyz").json()
    assert (state["outbox_lag_seconds"], state["outbox_late"]) == (660, True)


def test_readyz_fails_while_migrations_are_missing(client, db, monkeypatch):
    monkeypatch.setattr(rules.MigrationExecutor, "migration_plan", lambda self, targets: [("one", False)])
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["migrations"] is False


def test_readyz_fails_without_a_database(client, db, monkeypatch):
    def broken():
        raise DatabaseError

    monkeypatch.setattr(rules, "readiness", broken)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json() == {"database": False, "migrations": False}
