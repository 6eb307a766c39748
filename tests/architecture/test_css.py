"""Right to left is not an afterthought: our own css and templates name no physical side."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PHYSICAL = re.compile(
    r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b"
    r"|(?:^|[;{\s])(?:left|right|top|bottom|width|height|min-width|max-width|min-height|max-height)\s*:"
    r"|(?:float|clear)\s*:\s*(?:left|right)|text-align\s*:\s*(?:left|right)",
)
COMMENT = re.compile(r"/\*.*?\*/", re.S)
MEDIA = re.compile(r"@(?:media|container|page)[^{]*")


def physical(css: str) -> list[str]:
    return [match[0].strip() for match in PHYSICAL.finditer(MEDIA.sub("", COMMENT.sub("", css)))]


@pytest.mark.parametrize("path", sorted((ROOT / "static/css").glob("*.css")), ids=lambda path: path.name)
def test_css_is_logical(path):
    assert physical(path.read_text(encoding="utf-8")) == []


def test_a_physical_side_would_be_seen():
    assert physical("a { margin-left: 1px } b { text-align: right } c { left: 0 }") == [
        "margin-left",
        "text-align: right",
        "left:",
    ]


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_carry_no_inline_style_or_script(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\b(?:[mp][se]?-(?:l|r)|text-(?:left|right)|float-(?:left|right))\b", text)
