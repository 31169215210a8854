"""A picture as PNG, with a font of our own, so that it looks the same on a machine that has none."""

from __future__ import annotations

from importlib.resources import as_file, files


def as_png(svg: str, zoom: int = 2) -> bytes:
    """The picture in dots, so many to each of its own."""
    import resvg_py

    with as_file(files("joinedup.report.pictures").joinpath("font/DejaVuSans.ttf")) as font:
        return bytes(
            resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, font_files=[str(font)], font_family="DejaVu Sans")
        )
