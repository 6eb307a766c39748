#!/bin/sh
# Run once by the PostgreSQL image on an empty volume. The same roles and rights as ops/provision.py makes.
set -eu
export PGPASSWORD="$POSTGRES_PASSWORD"

psql --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres \
  --set=owner_password="$PORTAL_OWNER_PASSWORD" --set=app_password="$PORTAL_APP_PASSWORD" <<'SQL'
CREATE ROLE portal_owner LOGIN NOSUPERUSER NOCREATEROLE CREATEDB PASSWORD :'owner_password';
CREATE ROLE portal_app LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB PASSWORD :'app_password';
GRANT portal_app TO portal_owner;
SQL

contents() {
  psql --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname="$1" <<'SQL'
CREATE EXTENSION IF NOT EXISTS pg_trgm;
ALTER SCHEMA public OWNER TO pg_database_owner;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO portal_app;
ALTER DEFAULT PRIVILEGES FOR ROLE portal_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO portal_app;
SQL
}

# template1 first: our database is a copy of it.
contents template1
psql --quiet --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres \
  --command='CREATE DATABASE portal OWNER portal_owner'
contents portal
