from dataclasses import dataclass
from policies.importing.document import Imported, Warning
from policies.importing.files import Line
@dataclass
class Turned:
    lines: list
    warnings: list
def turned_back(lines): return Turned(lines, [])
def warnings(found, laid, parted): return []
