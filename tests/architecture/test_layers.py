"""A module imports from its own app and from layers below; never up (docs: the house)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = "core accounts policies beneficiaries channels requests committee surveys oversight config".split()


def modules():
    return [path for app in LAYERS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module.split(".")[0])
    return names & set(LAYERS)


def upward(app: str, names: set[str]) -> set[str]:
    return {name for name in names if LAYERS.index(name) > LAYERS.index(app)}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_down(path):
    app = path.relative_to(ROOT).parts[0]
    assert upward(app, imported(path)) == set()


def test_an_import_upward_would_be_seen():
    assert upward("core", {"requests"}) == {"requests"}


def test_foreign_keys_point_down_too():
    from django.apps import apps

    wrong = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in LAYERS
        for field in model._meta.get_fields()
        if field.concrete
        and field.is_relation
        and field.related_model._meta.app_label in LAYERS
        and upward(model._meta.app_label, {field.related_model._meta.app_label})
        and field.name != "owner"  # a draft's owner: AUTH_USER_MODEL, as every Django app may name it
    ]
    assert wrong == []
