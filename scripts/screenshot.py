"""Make docs/page.png: serve the real page, load the sample notes, write the draft, press a sentence, take the picture.

Run it as `python scripts/screenshot.py` in an environment with the extra "test" and an installed Chrome or Chromium.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PORT = 8599
SETTLED = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"


def main() -> None:
    """Take the picture."""
    chrome = next((p for n in ("chromium", "google-chrome", "chrome") if (p := shutil.which(n))), None)
    if chrome is None:
        sys.exit("Install Chrome or Chromium first.")
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "foreword.toml"
        settings.touch()
        env = {k: v for k, v in os.environ.items() if not k.startswith("FOREWORD_")} | {
            "FOREWORD_SETTINGS": str(settings),
            "FOREWORD_DATA_FOLDER": folder,
            "STREAMLIT_SERVER_HEADLESS": "true",
        }
        command = [sys.executable, "-m", "chains.cli", "--port", str(PORT)]
        server = subprocess.Popen(command, env=env, start_new_session=True, stdout=subprocess.DEVNULL)
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chrome, args=["--no-sandbox", "--disable-gpu"])
                page = browser.new_page(viewport={"width": 1400, "height": 1180}, color_scheme="light")
                take(page)
                browser.close()
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait()


def take(page: Page) -> None:
    """Walk the page from the sample to a pressed sentence and save what it looks like."""
    for _ in range(100):
        try:
            page.goto(f"http://127.0.0.1:{PORT}")
            break
        except Exception:  # the server is not there yet
            page.wait_for_timeout(300)
    page.get_by_role("button", name="Try sample notes").click(delay=60)
    page.get_by_text("Where each fact stands").wait_for()
    page.get_by_role("button", name="Write the draft").click(delay=60)
    page.locator(".sentence").first.wait_for()
    page.locator(SETTLED).wait_for()
    page.locator(".sentence").filter(has_text="Brightwater").first.click()
    page.get_by_text("Where this sentence comes from").wait_for()
    page.locator(SETTLED).wait_for()
    page.mouse.move(5, 5)
    page.wait_for_timeout(500)
    page.screenshot(path=ROOT / "docs" / "page.png")
    smaller(ROOT / "docs" / "page.png")


def smaller(path: Path) -> None:
    """Save a picture of few colours with a palette: a third of the bytes."""
    from PIL import Image  # comes with streamlit

    Image.open(path).convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    main()
