from celery import shared_task

from committee.meetings import reminding
from committee.seats import actions
from policies.rules import writes_now


@shared_task
def sweep_terms() -> int:
    return actions.sweep_terms()


@shared_task
def sweep_reminders() -> int:
    return reminding.sweep() if writes_now() else 0


@shared_task
def sweep_ties() -> int:
    return actions.sweep_ties()
