"""Loads Celery with Django, so that `@shared_task` in every app belongs to it."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
