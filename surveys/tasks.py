from celery import shared_task

from surveys import actions


@shared_task
def sweep_deliveries() -> int:
    return actions.sweep_deliveries()


@shared_task
def sweep_reminders() -> int:
    return actions.sweep_reminders()
