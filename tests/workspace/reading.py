"""Reading pages as people do: their text, their buttons, and the forms behind the buttons."""

import html
import re

from django.db import connection
from django.test.utils import CaptureQueriesContext


def text_of(response) -> str:
    """The words on a page, as they would be read out."""
    return plain(response.content.decode())


def plain(page: str) -> str:
    body = re.sub(r"<(script|style|head).*?</\1>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def section(response, heading_id: str) -> str:
    """The words of the part of a page whose heading has this id."""
    page = response.content.decode()
    match = re.search(rf'<section[^>]*aria-labelledby="{heading_id}".*?</section>', page, flags=re.DOTALL)
    assert match is not None, f"no part of the page is headed by {heading_id}"
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", match.group(0))))


def has_form(response, action: str) -> bool:
    """Whether there is a form on the page that posts to an address."""
    return f'action="{action}"' in response.content.decode()


def queries_of(client, address: str) -> int:
    """How many queries a page takes, once it has been read before."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
