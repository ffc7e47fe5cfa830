"""What can go wrong with a model: an exception of its client comes in, a `ModelError` with a way out goes out.

Messages of a server can hold pieces of the notes or of the key; none is passed on. What is told is its class.
"""

import json
import re
from collections.abc import Collection

from chains.errors import ModelError

LATER = "Try again later; until then the embedded writer does the job."
_OVERFLOW = re.compile(
    r"context[ _](?:length|size|window)|maximum context|too many tokens|prompt is too long|input is too long",
    re.IGNORECASE,
)
_QUOTA = re.compile(r"quota|billing|credit|balance|payment", re.IGNORECASE)
_FILTER = re.compile(r"content[ _]?(?:filter|policy)|responsible.?ai", re.IGNORECASE)


def fault(error: BaseException, model: str, server: str, begun: bool = False) -> ModelError:
    """Return what to tell the rep; `server` is host and port, `begun` whether part of the answer was there."""
    import openai

    if is_overflow(error):
        return ModelError(
            f"The notes are too long for the model {model}.", "Paste fewer notes, or set a model with a longer context."
        )
    if _FILTER.search(_codes(error)) or isinstance(error, openai.ContentFilterFinishReasonError):
        return filtered(model)
    if isinstance(error, openai.APITimeoutError):
        return too_slow(model, server)
    if isinstance(error, openai.APIConnectionError):
        if begun:
            return broken_off(model)
        return ModelError(
            f"No model can be reached at {server}.", "Check the connection, FOREWORD_BASE_URL and that the server runs."
        )
    status = status_of(error)
    match status:
        case 401:
            return ModelError(f"{server} does not accept the key.", "Check OPENAI_API_KEY.")
        case 403:
            return ModelError(
                f"{server} does not let this key use the model {model}.",
                "Check the rights of the key, or set another model.",
            )
        case 404:
            return ModelError(
                f"There is no model {model} at {server}.",
                "Check FOREWORD_MODEL, and FOREWORD_BASE_URL, which mostly ends in /v1.",
            )
        case 402:
            return used_up(server)
        case 408:
            return too_slow(model, server)
        case 429:
            if is_used_up(error):
                return used_up(server)
            return ModelError(
                f"{server} takes no more requests for now (rate limit).", "Wait a minute and draft again."
            )
    if status is not None and status >= 500:
        return ModelError(f"The server of the model has a fault of its own (HTTP {status}).", LATER)
    if status is not None:
        return ModelError(
            f"{server} refused the request (HTTP {status}).", "Check that the model writes text, or set another one."
        )
    if isinstance(error, json.JSONDecodeError | UnicodeDecodeError):
        return ModelError(
            f"The answer of {model} arrived damaged.", "Draft again; if it stays so, check FOREWORD_BASE_URL."
        )
    if begun:
        return broken_off(model)
    return ModelError(
        f"What {server} sent is no answer of a model.", "Check FOREWORD_BASE_URL, which mostly ends in /v1."
    )


def broken_off(model: str) -> ModelError:
    """Return the fault of an answer without its end."""
    return ModelError(f"The answer of {model} broke off before its end.", "Draft again.")


def too_slow(model: str, server: str) -> ModelError:
    """Return the fault of an answer that did not come in time."""
    return ModelError(f"{model} at {server} did not answer in time.", "Draft again, or set FOREWORD_TIMEOUT higher.")


def too_long(model: str) -> ModelError:
    """Return the fault of a text that does not end."""
    return ModelError(f"{model} wrote on without coming to an end.", "Draft again, or set another model.")


def filtered(model: str) -> ModelError:
    """Return the fault of a text that the server's filter held back."""
    return ModelError(
        f"A content filter held back the text of {model}.",
        "Take what could have set it off out of the notes, or set another model.",
    )


def used_up(server: str) -> ModelError:
    """Return the fault of an account without credit."""
    return ModelError(f"The quota of the key at {server} is used up.", "Add credit there, or set another key.")


def is_overflow(error: BaseException) -> bool:
    """Tell whether the request was longer than the model can take."""
    from langchain_core.exceptions import ContextOverflowError

    if isinstance(error, ContextOverflowError) or status_of(error) == 413:
        return True
    if status_of(error) not in (None, 400, 422, 500):
        return False
    return bool(_OVERFLOW.search(f"{_codes(error)} {_message(error)}"))


def is_used_up(error: BaseException) -> bool:
    """Tell a used-up quota from a rate limit: waiting does not help."""
    return bool(_QUOTA.search(_codes(error)))


def is_passing(error: BaseException) -> bool:
    """Tell whether the same request can succeed a moment later."""
    import openai

    if isinstance(error, openai.APITimeoutError):
        return False  # the time is used up
    if isinstance(error, openai.APIConnectionError):
        return True
    status = status_of(error)
    return status in (409, 425, 500, 502, 503, 504, 529) or (status == 429 and not is_used_up(error))


def rejected(error: BaseException, sent: Collection[str]) -> str | None:
    """Return which of the parameters in `sent` the server does not take, or None."""
    status = status_of(error)
    if status is None or status not in (400, 422, 500, 501) or is_overflow(error):
        return None
    told = f"{getattr(error, 'param', None) or ''} {_message(error)}"
    return next((name for name in sent if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told)), None)


def status_of(error: BaseException) -> int | None:
    """Return the HTTP status of an answer, or None where there was none."""
    status = getattr(error, "status_code", None)
    return status if isinstance(status, int) else None


def wait_asked(error: BaseException) -> float | None:
    """Return the seconds that the server asks to wait, or None."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            return max(0.0, float(headers.get(name, "")) / unit)
        except ValueError:
            continue
    return None


def _codes(error: BaseException) -> str:
    body = getattr(error, "body", None)
    found = [getattr(error, "code", None), getattr(error, "type", None)]
    if isinstance(body, dict):
        inner = body.get("error")
        found += [body.get("code"), body.get("type")]
        found += [inner.get("code"), inner.get("type")] if isinstance(inner, dict) else []
    return " ".join(str(f) for f in found if f)


def _message(error: BaseException) -> str:
    return str(getattr(error, "message", "") or error)
