"""What beat calls is there, and each sweep may run twice."""

import pytest
from celery import current_app
from django.conf import settings

from config import celery  # noqa: F401  (the app with its tasks)


@pytest.mark.parametrize("name", [entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()])
def test_every_scheduled_task_exists_and_runs_twice(pack, name):
    current_app.loader.import_default_modules()
    task = current_app.tasks[name]
    task()
    assert task() == 0
