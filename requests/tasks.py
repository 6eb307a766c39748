from celery import shared_task

from policies.rules import writes_now
from requests import reminding
from requests.appeal import drafts
from requests.outreach import reminding as outreach
from requests.visits import reminding as visits


@shared_task
def sweep_reminders() -> int:
    return reminding.sweep() if writes_now() else 0


@shared_task
def sweep_objection_drafts() -> int:
    return drafts.sweep()


@shared_task
def plan_outreach() -> int:
    return outreach.plan()


@shared_task
def sweep_outreach() -> int:
    return outreach.sweep() if writes_now() else 0


@shared_task
def sweep_visits() -> int:
    return visits.sweep() if visits.is_evening() else 0
