from celery import shared_task

from channels import delivery


@shared_task
def sweep_outbox() -> int:
    return delivery.sweep()
