"""The parts of `./portal`: standard library only, because they run before anything is installed.

Read in this order: `cli` (the verbs), `up` and `verify` (what two of them do), then the parts they put
together: `checks`, `virtualenv`, `frontend`, `engine` (which PostgreSQL), `postgres` (the cluster), `broker`,
`environment`.
`provision` alone needs a library (psycopg), so `postgres` runs it with the Python of `.venv`.
"""
