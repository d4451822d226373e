"""Every mail that leaves, ours and the sign-in pages', is a row first. In a live market a job
carries it to the mail server; in a demo the rows are shown on a page and go nowhere.

The application's edge: Django calls it without a time, so it reads the market's clock itself.
"""

from collections.abc import Sequence
from datetime import datetime
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils.translation import get_language
from procrastinate.contrib.django import app

from enishi.accounts.models import Account
from enishi.events.models import Event
from enishi.kit import clock, quarantine, trace
from enishi.kit.failpoints import failpoint

from . import smtp
from .models import OutgoingMail

JOB = "notifications.send"  # the task in tasks.py, which calls back into this module
NO_SERVER = "No mail server: set ENISHI_MAIL_URL."
WITHOUT_JOB = """
    select id from notifications_outgoingmail mail
     where sent_at is null and last_error = '' and not exists (
        select from procrastinate_jobs
         where task_name = %s and (args ->> 'mail_id')::bigint = mail.id
           and status in ('todo', 'doing', 'failed'))
     order by id
       for update"""  # two releases at once would each make a job
FOR_GOOD = 500  # answers of mail servers from here on mean: never


class Outbox(BaseEmailBackend):
    """Django's `EMAIL_BACKEND`. One row for each address."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        at = clock.now()
        for message in email_messages:
            for address in message.recipients():
                put(
                    to=address,
                    subject=" ".join(message.subject.split()),
                    text=str(message.body),
                    html=_html(message),
                    language=(get_language() or "ja")[:2],
                    at=at,
                )
        return len(email_messages)


@transaction.atomic
def put(
    *,
    to: str,
    subject: str,
    text: str,
    html: str,
    language: str,
    at: datetime,
    event: Event | None = None,
    account: Account | None = None,
) -> OutgoingMail:
    """Keep a mail. Its job is deferred in the same transaction, so neither is without the other."""
    mail = OutgoingMail.objects.create(
        to=to,
        subject=subject,
        text=text,
        html=html,
        language=language,
        created_at=at,
        event=event,
        account=account,
    )
    if settings.LIVE:
        app.configure_task(JOB).defer(mail_id=mail.pk)
    return mail


def send(mail_id: int, *, at: datetime) -> None:
    """Carry one mail to the server. Called by its job, outside any transaction; a fault is kept
    on the row and raised, so that the job is tried again. In a restored copy the job ends without a
    try; `resume` makes it anew."""
    mail = OutgoingMail.objects.select_related("event").get(pk=mail_id)
    trace.take_up(mail.event.trace if mail.event else "")
    if mail.sent_at:
        return
    if quarantine.stands():
        OutgoingMail.objects.filter(pk=mail_id).update(last_error="")  # not refused: held
        return
    mail.attempts += 1
    mail.save(update_fields=["attempts"])
    try:
        if not settings.MAIL_URL:
            raise OSError(NO_SERVER)
        failpoint("mails.sending")
        smtp.deliver(_message(mail), settings.MAIL_URL)
        failpoint("mails.sent")
    except (SMTPException, OSError) as fault:
        mail.last_error = str(fault)[:500]
        mail.save(update_fields=["last_error"])
        if not _is_final(fault):
            raise
    else:
        mail.sent_at, mail.last_error, mail.text, mail.html = at, "", "", ""
        mail.save(update_fields=["sent_at", "last_error", "text", "html"])
        failpoint("mails.noted")


@transaction.atomic
def resume() -> int:
    """A copy was released: mails whose job ended while it was held get one again, once."""
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT_JOB, [JOB])
        waiting = [mail_id for (mail_id,) in cursor.fetchall()]
    for mail_id in waiting:
        app.configure_task(JOB).defer(mail_id=mail_id)
    return len(waiting)


def _is_final(fault: Exception) -> bool:
    """An address that does not exist will not exist later; a busy server will have time."""
    return isinstance(fault, SMTPRecipientsRefused) and all(
        code >= FOR_GOOD for code, _ in fault.recipients.values()
    )


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The same id on each try lets the receiving side recognise a repeated mail."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to],
        headers={
            "Message-ID": f"<mail-{mail.pk}@{domain}>",
            "Auto-Submitted": "auto-generated",
            "Content-Language": mail.language,
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _html(message: EmailMessage) -> str:
    alternatives = getattr(message, "alternatives", [])
    return next((str(part.content) for part in alternatives if part.mimetype == "text/html"), "")
