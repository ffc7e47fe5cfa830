"""What several test modules share: an environment of their own, the page served, a browser to look at it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# the browser itself is to be silent too: what leaves the machine is counted
BROWSER_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def own_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment with no setting of the machine in it: an empty settings file, a data folder of its own."""
    folder = tmp_path_factory.mktemp("foreword")
    (folder / "foreword.toml").write_text("")
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("FOREWORD_", "STREAMLIT_")) and k != "OPENAI_API_KEY"
    }
    return kept | {"FOREWORD_SETTINGS": str(folder / "foreword.toml"), "FOREWORD_DATA_FOLDER": str(folder / "data")}


@pytest.fixture
def in_own_environment(own_environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the test in that environment."""
    for name in set(os.environ) - set(own_environment):
        monkeypatch.delenv(name)
    for name, value in own_environment.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="session")
def page_address(own_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page as `foreword` does, from a folder elsewhere, and return its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (tmp_path_factory.mktemp("server") / "log.txt").open("w+b")
    server = subprocess.Popen(
        [sys.executable, "-m", "chains.cli", "--port", str(port)],
        env=own_environment | {"STREAMLIT_SERVER_HEADLESS": "true"},
        cwd=tmp_path_factory.mktemp("elsewhere"),
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/_stcore/health", server)
        yield address
    finally:
        os.killpg(server.pid, 15)
        server.wait(10)
        log.close()


def _wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended before the page was there"
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.read() == b"ok":
                    return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the page was not there after 30 seconds")


@pytest.fixture(scope="module")  # a running one keeps an event loop that later modules would meet
def browser() -> Iterator[Any]:
    """Start an installed Chrome or Chromium; without one the test is skipped, or fails where a browser is a must."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path is None:
        reason = "no Chrome or Chromium is installed"
        if os.environ.get("FOREWORD_TESTS_NEED_BROWSER"):
            pytest.fail(f"{reason}, and FOREWORD_TESTS_NEED_BROWSER is set")
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(BROWSER_FLAGS))
        yield started
        started.close()
