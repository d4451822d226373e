"""The mail server named by ENISHI_MAIL_URL: smtp://, smtp+tls:// (STARTTLS) or smtps://."""

from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
PATIENCE = 30  # seconds


def deliver(message: EmailMessage, url: str) -> None:
    """Hand one mail over, or raise what the server or the line said."""
    connection(url).send_messages([message])


def connection(url: str) -> EmailBackend:
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("ENISHI_MAIL_URL must read smtp://, smtp+tls:// or smtps://, then a host.")
    return EmailBackend(
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
        timeout=PATIENCE,
    )
