from celery import shared_task

from committee.seats import actions


@shared_task
def sweep_terms() -> int:
    return actions.sweep_terms()
