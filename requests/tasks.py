from celery import shared_task

from requests import reminding


@shared_task
def sweep_reminders() -> int:
    return reminding.sweep()
