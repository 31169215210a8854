"""What tests of notices can ask for."""

from collections.abc import Iterator
from typing import Any

import pytest

from manyhands.site import mail
from tests.notices.mailbox import Mailbox
from tests.story import Story, with_the_team
from tests.workspace.workplace import Workplace, workplace


@pytest.fixture
def story() -> Story:
    """The team in place."""
    return with_the_team()


@pytest.fixture
def place(db: None, settings: Any, mailbox: Mailbox) -> Workplace:
    """The team in place and recorded, with people who have addresses, and a mail server to send to."""
    return _placed(settings, mailbox)


@pytest.fixture
def committed(transactional_db: None, settings: Any, mailbox: Mailbox) -> Workplace:
    """The same, really committed, for what other threads and processes are to see."""
    return _placed(settings, mailbox)


def _placed(settings: Any, mailbox: Mailbox) -> Workplace:
    story = workplace()
    settings.MAIL = f"smtp+plain://127.0.0.1:{mailbox.port}"
    for name, value in mail.from_address(settings.MAIL).items():
        setattr(settings, name, value)
    return story


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server on this machine that keeps what it is given, and can be told to refuse."""
    with Mailbox() as started:
        yield started
