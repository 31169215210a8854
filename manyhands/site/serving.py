"""
Serving the site from this machine: the web server, and whether its port is free.

The server is a process that watches over one or more others; they all end together, on Ctrl-C or SIGTERM.
"""

import atexit
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing import resource_tracker
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from manyhands.site.databases import AT_ONCE

SECONDS_FOR_LAST_PAGES = 5  # a page takes milliseconds; a stream that never ends is cut off after this


class Together(Server):  # type: ignore[misc, valid-type]  # which of granian's servers it is depends on Python's build
    """
    granian's server, whose workers leave Ctrl-C to it. A terminal tells every process of Ctrl-C; a worker that hears
    of it before it is quite there dies of it, and the server takes that for a failure. It ends its workers itself.
    The first process started starts another, which keeps count of what is shared, and lets interrupts in again when it
    has: that one is there before they are kept out.
    """

    def _spawn_worker(self, *arguments: Any, **named: Any) -> Any:
        worker = super()._spawn_worker(*arguments, **named)
        start = worker.start

        def start_without_interrupts() -> None:
            resource_tracker.ensure_running()
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # a new process inherits it
            try:
                start()
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)

        worker.start = start_without_interrupts
        return worker


def port_is_free(host: str, port: int) -> bool:
    """Whether nothing listens there. Asked before any work, since the server itself would share the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as ours:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just given up is free
        try:
            ours.bind((host, port))
        except OSError:
            return False
        return True


def serve(host: str, port: int, *, workers: int, when_ready: Callable[[], None]) -> None:
    """Serve until told to stop; say `when_ready` once the first page could be asked for."""
    # New processes, not forks: a fork would share this one's connection to SQLite, which loses locks, and have none of
    # the threads that DuckDB may have started in it, for which it would wait for ever.
    multiprocessing.set_start_method("spawn", force=True)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manyhands.site.settings")
    server = Together(
        "manyhands.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=AT_ONCE,
        workers=workers,
        websockets=False,
        respawn_failed_workers=workers > 1,
        workers_kill_timeout=SECONDS_FOR_LAST_PAGES,
        log_level=LogLevels.warning,
        process_name=None,
    )
    server.on_startup(lambda: threading.Thread(target=_say, args=(host, port, when_ready), daemon=True).start())
    server.serve(target_loader=_application, wrap_loader=False)


def _application() -> WSGIHandler:
    """What each worker serves, all of it read before the first page is asked for, and how it ends."""
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    # When its work is done a worker ends at once: while Python takes itself apart, a thread of granian's that asks
    # for it again would abort the process with a message about a panic.
    atexit.register(os._exit, 0)
    from manyhands.site.wsgi import application

    get_resolver().check()  # reads every page's code: the first to ask would wait a second for it
    return application


def _end_with_the_server() -> None:
    """A worker whose server was killed outright ends as if told to, or else is made to, and gives its port up."""
    server = multiprocessing.parent_process()
    assert server is not None
    server.join()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(SECONDS_FOR_LAST_PAGES)
    os._exit(1)


def _say(host: str, port: int, when_ready: Callable[[], None]) -> None:
    for _ in range(600):  # a minute, at most
        try:
            with socket.create_connection((host, port), timeout=1):
                break
        except OSError:
            time.sleep(0.1)
    when_ready()
    sys.stdout.flush()
