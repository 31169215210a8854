"""A mail server on this machine, which speaks SMTP as others do, keeps what it is given, and can be told to refuse."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class AnyPort(Controller):
    """On a port that the system chooses; asking whether it is there needs to know which."""

    def _trigger_server(self) -> None:
        self.port = int(self.server.sockets[0].getsockname()[1])  # type: ignore[union-attr]
        super()._trigger_server()


class Mailbox:
    """`answers` are what the next messages are answered with; None hangs up without an answer, though it was taken."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.answers: list[str | None] = []
        self.refused_addresses: set[str] = set()
        self._server = AnyPort(self, hostname="127.0.0.1", port=0)

    @property
    def port(self) -> int:
        return int(self._server.port)

    def __enter__(self) -> "Mailbox":
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()

    async def handle_RCPT(  # noqa: N802 - the server's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused_addresses:
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer is None or answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        if answer is None:
            server.transport.abort()  # type: ignore[union-attr]
            return "250 said to nobody"
        return answer

    # ---- what was taken ------------------------------------------------------------------------------------------

    def to(self, person: str) -> list[EmailMessage]:
        return [message for message in self.taken if message["To"] == f"{person}@example.org"]


def text_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def page_of(message: EmailMessage) -> str:
    part = message.get_body(("html",))
    assert part is not None
    return str(part.get_content())
