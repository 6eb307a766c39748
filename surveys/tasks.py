from celery import shared_task

from policies.rules import writes_now
from surveys import actions


@shared_task
def sweep_deliveries() -> int:
    return actions.sweep_deliveries() if writes_now() else 0


@shared_task
def sweep_reminders() -> int:
    return actions.sweep_reminders(remind=writes_now())
