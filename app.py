"""The Streamlit entry: `streamlit run app.py` serves the page in pages/shell.py, to this machine's browser alone.

Nothing that the page shows can load from elsewhere: the policy below holds even where notes smuggle in a picture.
"""

import gc
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware

_POLICY = "; ".join(
    (
        "default-src 'self'",
        # the hash is that of the one inline line in Streamlit's own page
        "script-src 'self' blob: 'sha256-THxz9J9+wf7rhwR2YkXJoSZ13UCmYyC+3lNDv2+8ugA='",
        "worker-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "form-action 'none'",
    )
)
_HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


class PrivateHeaders:
    """Send with each answer that nothing may be loaded from or told to another place."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass the request on and add the headers to its answer."""

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                ours = {name for name, _ in _HEADERS}
                message["headers"] = [h for h in message.get("headers", []) if h[0].lower() not in ours] + list(
                    _HEADERS
                )
            await send(message)

        await self._app(scope, receive, send_with_headers)


@asynccontextmanager
async def warmed(app: Any) -> AsyncIterator[dict[str, Any]]:
    """Load what the first press needs while the rep is still pasting."""
    threading.Thread(target=_load, name="warm-up", daemon=True).start()
    yield {}


def _load() -> None:
    from pages.pipelines import warm_up

    warm_up()
    gc.collect()
    gc.freeze()  # Streamlit collects after each run; what was loaded at the start need not be gone through again


app = st.App(
    Path(__file__).resolve().parent / "pages" / "shell.py",
    lifespan=warmed,
    middleware=[Middleware(PrivateHeaders)],
)
