"""
What the running site tells those who look after it: traces by OpenTelemetry, measures for Prometheus.

Neither holds an identifier. A page goes by its pattern, never by its address; a question to the database by what it
does to which table; an error by its kind, not its message. Whose request it was is nowhere, nor which team's.

    OTEL_EXPORTER_OTLP_ENDPOINT  where traces go, by OTLP over HTTP; the other names of OpenTelemetry's hold too,
                                 OTEL_TRACES_SAMPLER for one (default: nothing is traced)
    MANYHANDS_METRICS            where Prometheus asks, an address and a port of this machine that people cannot get
                                 at, such as 127.0.0.1:9464 (default: nothing is measured)

Names are those of OpenTelemetry's conventions for HTTP servers and for databases.
"""

import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.db import DatabaseError, close_old_connections, connection
from django.http import HttpRequest, HttpResponseBase
from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from prometheus_client import CollectorRegistry, Histogram, start_http_server
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from manyhands.site.headers import GetResponse
from manyhands.site.logs import page_of

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
"""Anything else that somebody may send is "_OTHER": what is counted apart must not be theirs to choose."""

TABLE = re.compile(r'\b(?:FROM|INTO|UPDATE|JOIN)\s+"?(\w+)"?', re.IGNORECASE)
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "SAVEPOINT", "RELEASE", "SET")
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the processes that make pages put what they measured, for the one that watches over them to answer with."""

SECONDS = Histogram(
    "http_server_request_duration_seconds",
    "How long requests took to answer.",
    ["http_request_method", "http_route", "http_response_status_code"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)


# ---- each request --------------------------------------------------------------------------------------------------


def requests_told(get_response: GetResponse) -> GetResponse:
    """Measure and trace each request, where either is asked for."""
    tracer = trace.get_tracer("manyhands", tracer_provider=provider) if (provider := traced()) else None
    if not tracer and not settings.METRICS:
        raise MiddlewareNotUsed

    def measured(request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        response = get_response(request)
        method = request.method if request.method in METHODS else "_OTHER"
        SECONDS.labels(method, page_of(request), response.status_code).observe(time.perf_counter() - began)
        return response

    def told(request: HttpRequest) -> HttpResponseBase:
        assert tracer is not None
        method = request.method if request.method in METHODS else "_OTHER"
        with tracer.start_as_current_span(
            method, kind=trace.SpanKind.SERVER, record_exception=False, set_status_on_exception=False
        ) as span:
            if span.is_recording():
                with connection.execute_wrapper(_question(tracer)):
                    response = inner(request)
            else:
                response = inner(request)
            page = page_of(request)
            span.update_name(f"{method} {page}")
            span.set_attributes(
                {
                    "http.request.method": str(method),
                    "http.route": page,
                    "http.response.status_code": response.status_code,
                }
            )
            if response.status_code >= 500:
                span.set_attribute("error.type", str(response.status_code))
                span.set_status(trace.StatusCode.ERROR)
            return response

    inner = measured if settings.METRICS else get_response
    return told if tracer else measured


# ---- traces --------------------------------------------------------------------------------------------------------


def traced() -> TracerProvider | None:
    """What sends spans on their way from this process; None where nobody asked for them."""
    if not any(os.environ.get(f"OTEL_EXPORTER_OTLP_{which}ENDPOINT") for which in ("", "TRACES_")):
        return None
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # a tenth of a second to read

    name = os.environ.get("OTEL_SERVICE_NAME", "manyhands")
    provider = TracerProvider(resource=Resource.create({"service.name": name}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


def _question(tracer: trace.Tracer) -> Callable[..., Any]:
    """A span for each question to the database: what it does and to which of our tables, never what it asks for."""
    system = "sqlite" if settings.EMBEDDED else "postgresql"
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    def asked(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        verb = sql.split(None, 1)[0].upper() if sql.strip() else ""
        verb = verb if verb in VERBS else "_OTHER"
        table = next((name for name in TABLE.findall(sql) if name in tables), "")
        with tracer.start_as_current_span(
            f"{verb} {table}".rstrip(),
            kind=trace.SpanKind.CLIENT,
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            span.set_attributes({"db.system.name": system, "db.operation.name": verb})
            if table:
                span.set_attribute("db.collection.name", table)
            try:
                return execute(sql, params, many, context)
            except Exception as problem:
                span.set_attribute("error.type", type(problem).__name__)
                span.set_status(trace.StatusCode.ERROR)
                raise

    return asked


# ---- measures ------------------------------------------------------------------------------------------------------


class HowThingsStand(Collector):
    """What the database says at the moment of asking: is it there, and does anything wait that should have gone."""

    def collect(self) -> Iterator[Metric]:
        from manyhands.exchange.email import rounds

        ready = GaugeMetricFamily("manyhands_database_ready", "1 where the database answers, else 0.")
        try:
            now = rounds.status()
        except DatabaseError:
            ready.add_metric([], 0)
            yield ready
            return
        finally:
            close_old_connections()
        ready.add_metric([], 1)
        yield ready
        yield GaugeMetricFamily(
            "manyhands_acts_not_read", "Acts that the process for notices has not read yet.", now.behind
        )
        yield GaugeMetricFamily("manyhands_notices_to_send", "Notices in no message yet.", now.to_send)
        letters = GaugeMetricFamily("manyhands_messages", "Messages by how they stand.", labels=["state"])
        for state, number in now.letters.items():
            letters.add_metric([state], number)
        yield letters


@contextmanager
def answered() -> Iterator[None]:
    """Answer Prometheus, while what is inside goes on, with what every process of this server has measured."""
    if not settings.METRICS:
        yield
        return
    host, port = where(settings.METRICS)
    with tempfile.TemporaryDirectory(prefix="manyhands-measured-", ignore_cleanup_errors=True) as folder:
        os.environ[FOLDER] = folder  # before any process is started that measures
        registry = CollectorRegistry()
        MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
        registry.register(HowThingsStand())
        try:
            server, _ = start_http_server(port, host, registry)
        except OSError as problem:
            raise ImproperlyConfigured(
                f"MANYHANDS_METRICS is {settings.METRICS}, where nothing can be answered: {problem.strerror}."
            ) from problem
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()


def where(address: str) -> tuple[str, int]:
    """
    The host and port of an address like 127.0.0.1:9464 or [::1]:9464.

    Raises ImproperlyConfigured where it is none.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 65536:
        raise ImproperlyConfigured(f"MANYHANDS_METRICS is {address}: give an address and a port, like 127.0.0.1:9464.")
    return host.strip("[]"), int(port)
