"""What is wanted: a kind of text, the question that was asked (A) and how the manager listens come in; a frozen
`Request` goes out."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["update", "ask", "feedback"]


@dataclass(frozen=True, slots=True)
class ManagerProfile:
    """Hold how a manager listens, what they care about first and what their own boss asks them."""

    listens: str = ""
    priorities: tuple[str, ...] = ()
    asked_by_their_boss: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """Hold one request for a draft; `question` is what the manager asked, empty where nothing was asked."""

    kind: Kind
    question: str = ""
    manager: ManagerProfile = ManagerProfile()
