"""What the running site tells of itself: how it is, and nothing about anybody."""

import gzip
import http.client
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import urlopen

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.test import Client
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind
from prometheus_client.parser import text_string_to_metric_families as read_measures

from manyhands.site import telemetry
from tests.soak.place import environment, free_port, made_elsewhere, served

PERSON = "4d3c2b1a-0000-4000-8000-9991234567ff"
PERSONAL = ("person-0-0", "team-0", PERSON, "9991234567", "jones", "Jones", "example.org")
SAID_OF_A_PAGE = {"http.request.method", "http.route", "http.response.status_code", "error.type"}
SAID_OF_A_QUESTION = {"db.system.name", "db.operation.name", "db.collection.name", "error.type"}


class Collector:
    """What OpenTelemetry sends its traces to."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        collector = self

        class Taking(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                collector.bodies.append(gzip.decompress(body) if self.headers.get("Content-Encoding") else body)
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *arguments: object) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Taking)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def spans(self) -> list:
        requests = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [s for r in requests for of in r.resource_spans for scope in of.scope_spans for s in scope.spans]

    def until(self, name: str) -> list:
        """All spans, once one is called so."""
        until = time.monotonic() + 20
        while time.monotonic() < until and name not in [span.name for span in self.spans()]:
            time.sleep(0.1)
        return self.spans()


@pytest.fixture
def collector() -> Iterator[Collector]:
    taking = Collector()
    yield taking
    taking.server.shutdown()
    taking.server.server_close()


def test_a_served_site_tells_prometheus_and_opentelemetry_of_its_pages_and_of_nobody(collector, tmp_path):
    port = free_port()
    surroundings = environment(f"sqlite:///{tmp_path}/told.sqlite3", tmp_path) | {
        "MANYHANDS_METRICS": f"127.0.0.1:{port}",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{collector.server.server_address[1]}",
        "OTEL_BSP_SCHEDULE_DELAY": "100",
    }
    (browser, *_) = made_elsewhere(surroundings, teams=1, people=2)
    with served(surroundings, workers=2) as site:
        for address, status in (
            ("/teams/team-0/", 200),
            (f"/teams/team-0/people/{PERSON}?nhs=9991234567", 404),
            ("/mrs-jones?nhs=9991234567", 404),
        ):
            for _ in range(4):  # on both processes, as like as not
                line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
                assert browser.get(line, address)[0] == status, address
        line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
        assert browser.post(line, "/teams/team-0/matters/falls", comment="About Mrs Jones")[0] == 302
        line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
        line.request("JONES", "/", headers={"Host": "localhost"})
        line.getresponse()
        measured = urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10).read().decode()
        spans = collector.until("POST /teams/<str:team>/matters/<str:matter>")

    labels = ("http_request_method", "http_route", "http_response_status_code")
    counted = {
        tuple(sample.labels[label] for label in labels): sample.value
        for family in read_measures(measured)
        for sample in family.samples
        if sample.name == "http_server_request_duration_seconds_count"
    }
    assert counted["GET", "/teams/<str:team>/", "200"] == 4
    assert counted["GET", "no such page", "404"] == 4
    assert sum(number for (method, _, _), number in counted.items() if method == "_OTHER") == 1
    assert "manyhands_database_ready 1.0" in measured
    assert "manyhands_acts_not_read " in measured
    assert [said for said in PERSONAL if said in measured] == []

    pages = [span for span in spans if span.kind == SpanKind.SERVER.value + 1]
    questions = [span for span in spans if span.kind == SpanKind.CLIENT.value + 1]
    assert {"GET /teams/<str:team>/", "GET no such page"} <= {span.name for span in pages}
    assert {key.key for span in pages for key in span.attributes} <= SAID_OF_A_PAGE
    assert {key.key for span in questions for key in span.attributes} <= SAID_OF_A_QUESTION
    assert any(span.name == "INSERT log_entry" for span in questions)
    assert {span.parent_span_id for span in questions} <= {span.span_id for span in pages}
    sent = b"".join(collector.bodies)
    assert [said for said in PERSONAL if said.encode() in sent] == []


@pytest.mark.urls("tests.site.addresses")
@pytest.mark.django_db
def test_an_error_is_told_by_its_status_and_never_by_its_message(monkeypatch):
    kept, provider = InMemorySpanExporter(), TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    monkeypatch.setattr(telemetry, "traced", lambda: provider)

    Client(raise_request_exception=False).get("/failing/mrs-jones?nhs=9991234567")

    (span,) = (each for each in kept.get_finished_spans() if each.kind == SpanKind.SERVER)
    assert span.name == "GET /failing/<str:name>"
    assert (span.attributes["error.type"], span.status.is_ok, span.events) == ("500", False, ())
    assert "ones" not in kept.get_finished_spans()[0].to_json() + span.to_json()


def test_where_nobody_asked_nothing_is_measured_and_nothing_sent(monkeypatch):
    monkeypatch.delenv("OTEL_EXPORTER_OTLP_ENDPOINT", raising=False)

    assert telemetry.traced() is None
    with pytest.raises(telemetry.MiddlewareNotUsed):
        telemetry.requests_told(lambda request: None)


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_said_to_prometheus(monkeypatch):
    from manyhands.exchange.email import rounds

    def away() -> None:
        raise DatabaseError("about Mrs Jones")

    monkeypatch.setattr(rounds, "status", away)

    (said,) = telemetry.HowThingsStand().collect()
    assert (said.name, said.samples[0].value) == ("manyhands_database_ready", 0)


@pytest.mark.parametrize("address", ["9464", "localhost", "127.0.0.1:http", "127.0.0.1:99999", ":9464"])
def test_an_address_for_measures_that_is_none_is_refused_with_one_that_is(address):
    with pytest.raises(ImproperlyConfigured, match=r"like 127\.0\.0\.1:9464"):
        telemetry.where(address)


def test_an_address_for_measures_that_is_taken_is_refused(settings):
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as taken:
        settings.METRICS = f"127.0.0.1:{taken.server_address[1]}"
        with pytest.raises(ImproperlyConfigured, match="where nothing can be answered"), telemetry.answered():
            pass


def test_either_way_of_writing_an_address_is_understood():
    assert telemetry.where("127.0.0.1:9464") == ("127.0.0.1", 9464)
    assert telemetry.where("[::1]:9464") == ("::1", 9464)
