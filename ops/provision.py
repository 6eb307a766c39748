"""Make the roles, the database and the extension. Run by `ops.postgres` with `.venv`, at each start.

`portal_owner` owns the tables and may create databases (the tests do). `portal_app` is what the web server
and the worker sign in as: it reads and writes rows and owns nothing, so it can neither drop a trigger nor
truncate a table.
"""

import json
import sys

import psycopg
from psycopg import sql

DATABASE, OWNER, APP = "portal", "portal_owner", "portal_app"
TRIGRAMS_WORK = "SELECT cardinality(show_trgm('محمد')) > 0 AND similarity('محمد', 'محمد أحمد') > 0"


def main() -> int:
    wanted = json.load(sys.stdin)
    keys = wanted["keys"]
    with _connect(wanted, "postgres") as server:
        _role(server, OWNER, password=keys["PORTAL_OWNER_PASSWORD"], may="CREATEDB")
        _role(server, APP, password=keys["PORTAL_APP_PASSWORD"], may="NOCREATEDB")
        # The owner may act as the application (SET ROLE): so the tests prove what the application may not do.
        server.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APP), sql.Identifier(OWNER)))
    # template1 first: the tests' databases, and ours, are copies of it.
    for database in ("template1", DATABASE):
        if database == DATABASE:
            with _connect(wanted, "postgres") as server:
                _database(server)
        with _connect(wanted, database) as inside:
            _contents(inside)
            if inside.execute(TRIGRAMS_WORK).fetchone() != (True,):
                sys.stderr.write("trigrams of Arabic are empty: the cluster's LC_CTYPE is not UTF-8\n")
                return 1
    return 0


def _connect(wanted: dict, database: str) -> psycopg.Connection:
    return psycopg.connect(
        host=wanted["host"],
        port=wanted["port"],
        user="postgres",
        password=wanted["keys"]["POSTGRES_PASSWORD"],
        dbname=database,
        autocommit=True,
    )


def _role(server: psycopg.Connection, name: str, *, password: str, may: str) -> None:
    known = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = "ALTER" if known else "CREATE"
    server.execute(
        sql.SQL("{} ROLE {} LOGIN NOSUPERUSER NOCREATEROLE {} PASSWORD {}").format(
            sql.SQL(verb), sql.Identifier(name), sql.SQL(may), sql.Literal(password)
        )
    )


def _database(server: psycopg.Connection) -> None:
    if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
        server.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


def _contents(inside: psycopg.Connection) -> None:
    """The extension, and the rows of every table the owner will ever make open to the application's role."""
    names = {"owner": sql.Identifier(OWNER), "app": sql.Identifier(APP)}
    for line in (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "ALTER SCHEMA public OWNER TO pg_database_owner",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
        "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}",
        "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {app}",
    ):
        inside.execute(sql.SQL(line).format(**names))


if __name__ == "__main__":
    sys.exit(main())
