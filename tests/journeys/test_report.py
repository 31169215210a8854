"""The report of a place, opened as a file: by axe, on a phone, by keyboard, without scripts, and on paper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from joinedup.records.load import load
from joinedup.records.store import Store
from joinedup.report.page import page as report_of
from tests.joinedup.conftest import shared_folder
from tests.journeys.keyboard import Keyboard


@pytest.fixture(scope="module")
def report(store: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Its address; with practitioners, so that every part of it is there."""
    file = tmp_path_factory.mktemp("report") / "report.html"
    with Store(store) as opened:
        file.write_text(report_of(opened, "Hathermere", None, practitioners=True), encoding="utf-8")
    return file.as_uri()


def test_axe_finds_nothing_wrong(page: Page, axe: Callable[..., None], report: str) -> None:
    page.goto(report)

    axe(page)


def test_nothing_but_tables_and_pictures_is_wider_than_a_phone(
    phone: Page, axe: Callable[..., None], report: str
) -> None:
    phone.goto(report)

    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    axe(phone, "320 wide")


def test_it_is_all_there_without_scripts(without_scripts: Page, report: str) -> None:
    without_scripts.goto(report)

    expect(without_scripts.get_by_role("heading", level=1)).to_have_text("How joined up care is: Hathermere")
    assert without_scripts.get_by_role("img").count() >= 8
    assert without_scripts.get_by_role("table").count() >= 12


def test_a_wide_picture_is_moved_sideways_by_keyboard(page: Page, keyboard: type[Keyboard], report: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(report)

    keyboard(page).to("region", "Hand-offs between organisations, Hathermere").press("ArrowRight")

    region = page.get_by_role("region", name="Hand-offs between organisations, Hathermere")
    page.wait_for_function("element => element.scrollLeft > 0", arg=region.element_handle())


def test_on_paper_nothing_is_cut_off_at_the_side(page: Page, report: str) -> None:
    page.set_viewport_size({"width": 680, "height": 960})  # A4 between margins of 15 mm, at 96 dots to the inch
    page.goto(report)
    page.emulate_media(media="print")

    cut = "[...document.querySelectorAll('svg, table')].filter(e => e.getBoundingClientRect().right > 681).length"
    assert page.evaluate(cut) == 0


RECORDS = {
    "sepsis": ("A sepsis pathway", "eventlog-sepsis/sepsis.xes.gz"),
    "hospital": ("A hospital, 2005 to 2008", "eventlog-hospital-2011/hospital_events.csv.gz"),
}


@pytest.mark.parametrize("name", [*RECORDS, "hathermere"])
def test_reports_of_other_records_are_as_good(
    page: Page, axe: Callable[..., None], picture: Callable[..., None], store: Path, tmp_path: Path, name: str
) -> None:
    title = "Hathermere"
    if name in RECORDS:
        title, file = RECORDS[name]
        folder, _, log = file.partition("/")
        load([str(shared_folder(folder) / log)], tmp_path / "store")
    with Store(tmp_path / "store" if name in RECORDS else store) as opened:
        html = report_of(opened, title, None if name in RECORDS else 24)
    (tmp_path / "report.html").write_text(html, encoding="utf-8")
    page.set_viewport_size({"width": 1100, "height": 1250})

    page.goto((tmp_path / "report.html").as_uri())

    axe(page)
    picture(page, f"report-{name}")
