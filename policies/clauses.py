"""Finding the clause that something in the portal carries out."""

from policies.models import Clause, PolicyVersion


def clause_of(version: PolicyVersion | None, name: str) -> Clause | None:
    """The version's clause that carries out `name` (a `Clause.code`), or whose id it is; None where there is none.

    The clauses are read once for a version object, however many controls of a page ask.
    """
    if version is None:
        return None
    known: dict[str, Clause] | None = vars(version).get("_clauses_by_name")
    if known is None:
        rows = list(version.clauses.all())
        known = {row.clause_id: row for row in rows} | {row.code: row for row in reversed(rows) if row.code}
        vars(version)["_clauses_by_name"] = known
    return known.get(name)
