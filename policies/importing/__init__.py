"""Importing a board-approved policy document: a file becomes sections, clauses, facts and doubts.

Nothing is written here and no wording is mended: what looks damaged is a listed warning with a proposal
that a person accepts or not. `save.draft` makes a draft version of what was read.

    reader     one document from beginning to end  document   the result and its JSON
    files      bytes -> lines as printed           furniture  page furniture, tables of contents
    measure    the width lines were broken at      headings   which line opens which section
    sections   lines -> sections                   markers    «1-», «(٢)», «•», «أولًا:»
    joining    cells, lone and thrown numbers      lists      a section's lines -> clauses
    building   clauses and the levels they are on  identify   stable ids and codes
    facts      association, contacts, the person   approval   the board's approval and its signatories
    dates      both calendars, honest about doubt  periods    the waiting period
    wording    the common text of such policies    damage     words to doubt, and what they may have been
    order      lines whose ends changed places     doubts     every doubt about the document
    save       what was read -> a draft version
"""

from policies.importing.document import Imported
from policies.importing.reader import read

__all__ = ["Imported", "read"]
