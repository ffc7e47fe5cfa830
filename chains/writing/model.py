"""A `Plan` worded by a model: the plan goes out through a prompt file, text streams back, a `Draft` is made of it.

Any server that speaks the chat completions of OpenAI will do. Whatever goes wrong on the way comes out as ModelError:
the pipeline then takes the embedded writer.
"""

import time
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from chains.accounts import names_account
from chains.deals import Book
from chains.drafts import Draft, Plan
from chains.errors import ModelError, PromptError
from chains.settings import Settings
from chains.tracing import no_tracing
from chains.writing import faults
from chains.writing.answers import Answer, blocks
from chains.writing.names import joined
from chains.writing.sourcing import Sources, left_out, raised
from chains.writing.told import values
from prompts import Prompt, PromptFault, load_prompt

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk, BaseMessage
    from langchain_openai import ChatOpenAI

PROMPTS = {"update": "update.v1", "ask": "ask.v1", "feedback": "feedback.v1"}
NEEDS_KEY = "api.openai.com"
RETRIES = 2
FIRST_WAIT = 0.25  # seconds before the first retry; four times as long before each further one
MOST_TOKENS = 4_000  # of one answer; a model that reasons needs most of them before it writes
MOST_TEXT = 8_000  # characters of text to show; a draft has about 1,200
MOST_RAW = 60_000  # characters of the whole answer, thinking included
TEMPERATURE = 0.2


class ModelWriter:
    """Word plans with the model `name` at the base URL of the settings."""

    def __init__(self, name: str, settings: Settings) -> None:
        self.name = name
        self._settings = settings
        parts = urlsplit(settings.base_url)
        self._server = parts.hostname or "the base URL"  # without user, password, path and query
        if parts.hostname and parts.port:
            self._server += f":{parts.port}"
        self._refused: set[str] = set()  # parameters that this server does not take

    def write(self, plan: Plan, book: Book) -> Iterator[str | Draft]:
        """Yield the text as it comes in and last the draft; raise ModelError where no usable text comes."""
        if self._server == NEEDS_KEY and not self._settings.api_key:
            raise ModelError(
                f"There is no key for the model {self.name}.",
                "Set OPENAI_API_KEY, or FOREWORD_BASE_URL to a server that needs none.",
            )
        if not plan.points:
            raise ModelError("There is nothing to word: no deal was found.", "Paste notes that name an account.")
        prompt = _prompt(plan.request.kind)
        answer = Answer()
        shown = 0
        for piece in self._listen(_messages(prompt, plan, book)):
            more = answer.add(piece)
            shown += len(more)
            if answer.length > MOST_RAW or shown > MOST_TEXT:
                raise faults.too_long(self.name)
            if more:
                yield more
        text = answer.text()
        self._refuse_unusable(text, plan, book)
        missing = left_out(text, plan, book)
        yield Draft(
            request=plan.request,
            sections=Sources(plan, book).sections(blocks(text)),
            writer=self.name,
            topics=raised(text, plan, book),
            practices=plan.practices,
            scenarios=plan.scenarios,
            prompt=prompt.id,
            remark=f"{self.name} left out {joined(missing)}." if missing else "",
        )

    def _refuse_unusable(self, text: str, plan: Plan, book: Book) -> None:
        if not any(c.isalnum() for c in text):
            raise ModelError(f"{self.name} wrote nothing.", "Draft again, or set another model.")
        if len(text) > MOST_TEXT:
            raise faults.too_long(self.name)
        planned = {a for p in plan.points for a in p.accounts}
        deals = [d for d in book.deals if d.name in planned]
        if deals and not any(names_account(text, d) for d in deals):
            raise ModelError(
                f"{self.name} wrote about none of the deals in the plan.", "Draft again, or set another model."
            )

    def _listen(self, messages: "list[BaseMessage]") -> Iterator[str]:
        """Yield the raw answer; ask again where a fault passes before anything has come."""
        no_tracing()
        import langchain_openai  # noqa: F401  before the clock starts: it takes seconds the first time

        end = time.monotonic() + self._settings.timeout
        tries = 0
        while True:
            begun = False
            left = end - time.monotonic()
            try:
                for piece in self._stream(messages, max(left, 0.1), end):
                    begun = begun or bool(piece)
                    yield piece
                return
            except ModelError:
                raise
            except Exception as error:  # whatever a client library makes of what a server sends
                refused = None if begun else faults.rejected(error, self._limits())
                if refused:
                    self._refused.add(refused)
                    continue
                wait = faults.wait_asked(error)
                wait = FIRST_WAIT * 4**tries if wait is None else wait
                tries += 1
                if begun or tries > RETRIES or not faults.is_passing(error) or time.monotonic() + wait >= end:
                    raise faults.fault(error, self.name, self._server, begun) from error
            time.sleep(wait)

    def _stream(self, messages: "list[BaseMessage]", left: float, end: float) -> Iterator[str]:
        """Yield the pieces of one answer; raise ModelError where it does not come to its proper end in time."""
        finish = ""
        # a generator in fact, though LangChain declares less
        chunks: Any = self._client(left).stream(messages)
        with closing(chunks):
            chunk: AIMessageChunk
            for chunk in chunks:
                if time.monotonic() > end:
                    raise faults.too_slow(self.name, self._server)
                finish = chunk.response_metadata.get("finish_reason") or finish
                yield _text(chunk.content)
        match finish:
            case "stop":
                return
            case "length":
                raise faults.too_long(self.name)
            case "content_filter":
                raise faults.filtered(self.name)
        raise faults.broken_off(self.name)

    def _client(self, timeout: float) -> "ChatOpenAI":
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        return ChatOpenAI(
            model=self.name,
            base_url=self._settings.base_url,  # always: several variables of the environment redirect it otherwise
            api_key=SecretStr(self._settings.api_key or "none"),
            timeout=timeout,
            max_retries=0,  # retries are counted here, where a used-up quota and the time left are known
            stream_usage=False,
            use_responses_api=False,
            openai_proxy="",
            **self._parameters(),
        )

    def _parameters(self) -> dict[str, Any]:
        """Return the parameters to send, without those that this server has refused."""
        wanted: dict[str, Any] = {}
        for name in self._limits():
            match name:
                case "temperature":
                    wanted[name] = TEMPERATURE
                case "max_completion_tokens":
                    wanted[name] = MOST_TOKENS
                case "max_tokens":  # what older servers call it; LangChain would rename it
                    wanted["extra_body"] = {name: MOST_TOKENS}
        return wanted

    def _limits(self) -> list[str]:
        cap = "max_tokens" if "max_completion_tokens" in self._refused else "max_completion_tokens"
        return [name for name in ("temperature", cap) if name not in self._refused]


def _prompt(kind: str) -> Prompt:
    try:
        return load_prompt(PROMPTS[kind])
    except PromptFault as error:
        raise PromptError(error.problem, error.way_out) from error


def _messages(prompt: Prompt, plan: Plan, book: Book) -> "list[BaseMessage]":
    no_tracing()
    from langchain_core.messages import HumanMessage, SystemMessage

    try:
        system, user = prompt.fill(values(plan, book))
    except PromptFault as error:
        raise PromptError(error.problem, error.way_out) from error
    return [SystemMessage(system), HumanMessage(user)]


def _text(content: object) -> str:
    """Return the text of a chunk, which some servers send as a list of parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return "".join(p if isinstance(p, str) else str(p.get("text", "")) for p in parts if isinstance(p, str | dict))
