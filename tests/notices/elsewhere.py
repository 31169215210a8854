"""
Somebody telling people what waits for them, in another process, on the database of the test that starts it.

    python -m tests.notices.elsewhere WHERE     says "round" on a line before each round

WHERE is "anywhere", or a moment at which the process kills itself as kill -9 would: "claimed" (a letter is claimed, and
not sent), "taken" (the server took it, and that is not written down), "noted" (notices and the place read up to are
about to be committed), "written" (letters are about to be).
"""

import os
import signal
import subprocess
import sys
from datetime import timedelta

from tests.log.elsewhere import ROOT, address

MOMENTS = ("claimed", "taken", "noted", "written")


def teller(mail: str, where: str = "anywhere") -> "subprocess.Popen[str]":
    environment = {
        **os.environ,
        "MANYHANDS_DATABASE": address(),
        "MANYHANDS_MAIL": mail,
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.notices.elsewhere", where],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(where: str) -> None:
    import django

    django.setup()

    from manyhands.exchange.email import rounds
    from manyhands.notices import models

    if where in ("claimed", "taken"):
        handing = rounds.hand_over

        def dying(message: object) -> object:
            if where == "taken":
                handing(message)  # type: ignore[arg-type]
            return die()

        rounds.hand_over = dying  # type: ignore[assignment]
    if where == "noted":
        models.ReadUpTo.objects.bulk_update = lambda *_, **__: die()  # type: ignore[method-assign, assignment]
    if where == "written":
        models.Letter.objects.bulk_create = lambda *_, **__: die()  # type: ignore[method-assign, assignment]

    def again(_: float) -> bool:
        print("round", flush=True)
        return False

    print("round", flush=True)
    rounds.keep_going(timedelta(0), again)


if __name__ == "__main__":
    main(sys.argv[1])
