"""A proxy before several servers: each request to the next of them, and to another where one is not there."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any


class Proxy(ThreadingHTTPServer):
    """`passed_on` says how many requests each server has answered."""

    daemon_threads = True

    def __init__(self, ports: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.ports, self.turn = ports, count()
        self.passed_on = dict.fromkeys(ports, 0)

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class Passing(BaseHTTPRequestHandler):
    server: Proxy
    protocol_version = "HTTP/1.1"

    def passed(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        first = next(self.server.turn)
        for after in range(len(self.server.ports)):
            port = self.server.ports[(first + after) % len(self.server.ports)]
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            try:
                line.connect()  # where nothing listens nothing was done, so that another can be asked
            except ConnectionRefusedError:
                continue
            line.request(self.command, self.path, body, dict(self.headers.items()))
            answer = line.getresponse()
            said = answer.read()
            line.close()
            self.server.passed_on[port] += 1
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "transfer-encoding", "content-length", "date", "server"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)
            return
        self.send_error(502)

    do_GET = do_POST = passed  # noqa: N815 - the names that http.server asks for

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


@contextmanager
def before(ports: list[int]) -> Iterator[Proxy]:
    proxy = Proxy(ports)
    going = threading.Thread(target=proxy.serve_forever, daemon=True)
    going.start()
    try:
        yield proxy
    finally:
        proxy.shutdown()
        proxy.server_close()
        going.join()
