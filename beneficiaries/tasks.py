from celery import shared_task

from beneficiaries.exchange import actions as exchange


@shared_task
def sweep_imports() -> int:
    return exchange.sweep()
