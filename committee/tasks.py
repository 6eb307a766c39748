from celery import shared_task

from committee.meetings import reminding
from committee.seats import actions


@shared_task
def sweep_terms() -> int:
    return actions.sweep_terms()


@shared_task
def sweep_reminders() -> int:
    return reminding.sweep()


@shared_task
def sweep_ties() -> int:
    return actions.sweep_ties()
