"""The pipeline that writes, put together once for all sessions: settings come in, a runnable goes out."""

from functools import cache
from typing import TYPE_CHECKING

from chains.settings import Settings

if TYPE_CHECKING:
    from langchain_core.runnables import Runnable

    from chains.pipeline import Job, Outcome


@cache
def pipeline_for(settings: Settings) -> "Runnable[Job, Outcome]":
    """Return the pipeline that the settings ask for."""
    from chains.start import ready

    return ready(settings)


def warm_up() -> None:
    """Load what the first press needs: write a draft of two invented lines and drop it."""
    from dataclasses import replace

    import pandas  # noqa: F401  the table of deals

    from chains.errors import ForewordError
    from chains.pipeline import Job
    from chains.requests import Request
    from chains.settings import load_settings

    try:
        settings = replace(load_settings(), model="")
        notes = "Marlowe Freight 120k commit, close 3/27\nKestrel Air 90k best case"
        pipeline_for(settings).invoke(Job(notes, settings.conventions(), Request("update")))
    except ForewordError:
        return  # the page says what is wrong once somebody looks at it
