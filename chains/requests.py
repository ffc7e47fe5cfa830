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
class Manager:
    """Hold whom a text is for, by the request or the notes; `forms` are the names in the notes, longest first."""

    name: str = ""  # as a greeting says it
    forms: tuple[str, ...] = ()
    pronoun: str = ""  # "she", "he" or "" where the notes do not tell
    spoken_to: bool = False  # the notes already say "you"
    sure: bool = False  # the request or the head of the notes says it, and nothing speaks against it
    called: str = ""  # the name with its title, where it is sure


NOBODY = Manager()


@dataclass(frozen=True, slots=True)
class Request:
    """Hold one request for a draft; `question` is what the manager asked, empty where nothing was asked."""

    kind: Kind
    question: str = ""
    manager: ManagerProfile = ManagerProfile()
