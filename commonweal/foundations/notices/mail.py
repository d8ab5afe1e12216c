"""The demonstration's post office: nothing leaves the machine, every mail can be read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as Console


def throw_away_kept() -> None:
    """Remove what the demonstration kept of its mail: somebody is forgotten, and it may speak of them to others too."""
    folder = Path(settings.MAIL_FOLDER)
    for kept in [*folder.glob("*.eml"), *folder.glob("*.txt")]:
        kept.unlink(missing_ok=True)


class ConsoleAndFiles(BaseEmailBackend):
    """Says one short line on the console for each mail, and writes the mail as .eml and .txt into MAIL_FOLDER."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.folder = Path(settings.MAIL_FOLDER)
        self.console = Console(*args, **kwargs).stream

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            self._keep(message)
        return len(email_messages)

    def _keep(self, message: EmailMessage) -> None:
        eml = message.message()
        name = eml["Message-ID"].strip("<>").partition("@")[0].replace("/", "-")
        (self.folder / f"{name}.eml").write_bytes(eml.as_bytes())
        text = f"To: {', '.join(message.to)}\nSubject: {message.subject}\n\n{message.body}"
        kept = self.folder / f"{name}.txt"
        kept.write_text(text, encoding="utf-8")
        self.console.write(f"mail to {', '.join(message.to)}: {message.subject} ({kept})\n")
        self.console.flush()
