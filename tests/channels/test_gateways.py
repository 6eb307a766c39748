"""Each way out says exactly how it failed: certainly not sent, never will be, or nobody knows."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from channels import gateways

TEXT = "استلمنا طلبك.\nشكرًا لك."


@pytest.fixture(autouse=True)
def by_mail(settings):
    settings.SMS_MAIL_ADDRESS = "{mobile}@sms.example.org"


def failing(monkeypatch, moment: str, error: Exception) -> None:
    def fail(self, *args):
        raise error

    monkeypatch.setattr(EmailBackend, moment, fail)


def test_a_mobile_is_reached_through_the_associations_mail_to_sms_address():
    gateways.smtp("+966550000001", TEXT)
    assert (mail.outbox[0].to, mail.outbox[0].body) == (["966550000001@sms.example.org"], TEXT)


def test_a_mail_address_is_reached_as_it_is():
    gateways.smtp("person@example.org", TEXT)
    assert mail.outbox[0].to == ["person@example.org"]


def test_a_server_that_cannot_be_reached_has_certainly_not_sent(monkeypatch):
    failing(monkeypatch, "open", ConnectionRefusedError())
    with pytest.raises(gateways.NotSent):
        gateways.smtp("+966550000001", TEXT)


def test_a_refused_address_will_never_be_reached(monkeypatch):
    failing(monkeypatch, "send_messages", smtplib.SMTPRecipientsRefused({}))
    with pytest.raises(gateways.Rejected):
        gateways.smtp("+966550000001", TEXT)


def test_a_connection_lost_while_sending_leaves_a_doubt(monkeypatch):
    failing(monkeypatch, "send_messages", smtplib.SMTPServerDisconnected())
    with pytest.raises(gateways.Unsure):
        gateways.smtp("+966550000001", TEXT)


def test_the_console_prints_the_address_masked(capsys, settings):
    settings.DEMO, settings.DEBUG = False, True
    gateways.console("+966550000001", TEXT)
    printed = capsys.readouterr().out
    assert TEXT in printed
    assert "550000001" not in printed
