import pytest
from django.apps import apps
from django.core.management import call_command

OURS = "core accounts policies beneficiaries channels requests committee surveys oversight".split()
MODELS = [model for model in apps.get_models() if model._meta.app_label in OURS]


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def classified(model) -> list[str]:
    privacy = model.Privacy
    return [*privacy.personal, *privacy.sensitive, *privacy.neither]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_field_is_classified_once_as_personal_sensitive_or_neither(model):
    fields = [field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)]
    assert sorted(classified(model)) == sorted(fields)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_says_its_own_privacy(model):
    """Inherited silently, a new model's fields would be classified by accident."""
    owners = [base.__name__ for base in model.__mro__ if "Privacy" in vars(base)]
    assert owners
    assert owners[0] in (model.__name__, "Move")
