"""Importing a board-approved policy document: a file becomes sections, clauses, facts and doubts.

Nothing is written here and no wording is mended: what looks damaged is a listed warning with a proposal
that a person accepts or not. `save.draft` makes a draft version of what was read.

    files      bytes -> lines as printed          sections   lines -> clauses with children
    furniture  page furniture, tables of contents  facts      association, contacts, person's word
    markers    «1-», «(٢)», «•», «أولًا:»          approval   the board's approval and its signatories
    headings   which line opens which section      damage     what to doubt, and what it may have been
    wording    the common text of such policies    document   the result and its JSON
"""

from policies.importing.document import Imported
from policies.importing.reader import read

__all__ = ["Imported", "read"]
