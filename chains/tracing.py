"""Tracing of LangChain: nothing comes in; afterwards no run of a chain is reported to anybody.

LangSmith looks at these variables when a chain runs, and with any of them on it sends the notes out.
"""

import os

_OFF = ("LANGSMITH_TRACING_V2", "LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_HANDLER")


def no_tracing() -> None:
    """Switch tracing off for this process, whatever the environment says."""
    for name in _OFF:
        os.environ[name] = "false"
