from celery import shared_task

from core import housekeeping


@shared_task
def sweep_spent() -> int:
    return housekeeping.sweep()
