"""
From a button to the log: make the act, record it, and go on; or show the page again with every reason against it,
and with what was typed.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from manyhands import acts
from manyhands.log.record import Refused, TryAgain, record
from manyhands.workspace.asking import Asking

ShowAgain = Callable[[list[str]], HttpResponse]


def press(asking: Asking, *doing: acts.AnyAct, said: str, then: str, otherwise: ShowAgain) -> HttpResponse:
    """
    Record the acts together, all or none, say what was done, and go to the page `then`. Where the rules refuse,
    `otherwise` shows the form again with the reasons in words (answered with 422, so that nobody takes it for done).
    """
    try:
        record(*doing)
    except Refused as refused:
        again = otherwise([refusal.say(asking.names) for refusal in refused.refusals])
        again.status_code = 422
        return again
    except TryAgain:
        again = otherwise(["Many people are working in this team just now, and nothing was kept. Press again."])
        again.status_code = 503
        return again
    messages.success(asking.request, said)
    return redirect(then)
