"""
Fetch the NHS design system and htmx by name from npm, and put what pages need of them into the package.

    make assets

Nobody who installs Manyhands needs this: the files are in the repository. It is for taking a new version: change
package.json, run `npm install --package-lock-only --ignore-scripts` here, run this, and look at the difference.
The digests of what was written are kept in static/digests.json, which tests/promises/test_assets.py holds the
files against.

Left out on purpose: the Frutiger font and the NHS icons, whose use needs permission, and source maps.
"""

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE.parent.parent / "manyhands" / "workspace" / "static"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(HERE / name, folder)
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("npm is not installed. It is needed only to take a new version of the assets.")
        subprocess.run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
        modules = Path(folder) / "node_modules"
        nhsuk(modules / "nhsuk-frontend" / "dist" / "nhsuk")
        write("htmx/htmx.min.js", (modules / "htmx.org" / "dist" / "htmx.min.js").read_bytes())
        shutil.copy(modules / "htmx.org" / "LICENSE", STATIC / "htmx" / "LICENCE.txt")
    (STATIC / "digests.json").write_text(json.dumps(digests(), indent=2) + "\n")


def nhsuk(built: Path) -> None:
    """The style sheet without fonts, with addresses that hold wherever it is served; the script; four icons."""
    style = (built / "nhsuk-frontend.min.css").read_text()
    style = re.sub(r"@font-face\{[^}]*\}", "", style)
    style = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", style)
    icons = sorted(set(re.findall(r"url\(/assets/images/([\w.-]+)\)", style)))
    style = style.replace("url(/assets/images/", "url(images/")
    if left := re.findall(r"url\((?!images/|#)[^)]*\)", style):
        raise SystemExit(f"The style sheet asks for addresses that rebuild.py does not know: {left}")
    write("nhsuk/nhsuk-frontend.min.css", style.strip().encode() + b"\n")
    script = (built / "nhsuk-frontend.min.js").read_text()
    write("nhsuk/nhsuk-frontend.min.js", re.sub(r"//# sourceMappingURL=.*", "", script).strip().encode() + b"\n")
    for icon in icons:
        write(f"nhsuk/images/{icon}", (built / "assets" / "images" / icon).read_bytes())


def write(name: str, content: bytes) -> None:
    (STATIC / name).parent.mkdir(parents=True, exist_ok=True)
    (STATIC / name).write_bytes(content)


def digests() -> dict[str, str]:
    """SHA-256 of each file that came from elsewhere, by its name within static/."""
    files = [file for part in ("htmx", "nhsuk") for file in (STATIC / part).rglob("*") if file.is_file()]
    return {
        file.relative_to(STATIC).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(files)
    }


if __name__ == "__main__":
    main()
