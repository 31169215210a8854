"""
Asking the site on this machine whether it can answer people, as containers and supervisors do every few seconds.

It answers only to the names that it is set up for, so it is asked under the first of those.
"""

import http.client
import json

from django.conf import settings

SECONDS = 5
"""How long an answer may take before it counts as none."""


class NotReady(Exception):
    """The site is not there, or says why it cannot answer people now."""


def asked(host: str, port: int) -> str:
    """
    What the site says of itself.

    Raises NotReady with the reason.
    """
    line = http.client.HTTPConnection(host, port, timeout=SECONDS)
    name = settings.ALLOWED_HOSTS[0] if settings.ALLOWED_HOSTS else host
    try:
        line.request("GET", "/ready", headers={"Host": name})
        answer = line.getresponse()
        said = json.loads(answer.read())
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise NotReady(f"Nothing that is Manyhands answers at {host}:{port} ({type(problem).__name__}).") from problem
    finally:
        line.close()
    if answer.status != 200:
        raise NotReady(f"Not ready: {said['because']}.")
    return "Ready."
