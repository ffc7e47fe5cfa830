"""The error tree. Each says in one sentence what is wrong and in one what to do; neither holds a key or customer text.

ForewordError
├── NotesError         the notes cannot be read (empty, too large, binary, a folder, a broken document)
├── SettingsError      a setting or an option has a value that is not one
├── KnowledgeFault     the knowledge base cannot be opened or written
├── ModelError         the model did not answer, or not with a usable text
├── PromptError        a prompt or word file is missing, broken or lacks a field
└── EvalsError         a case or a floor of the prompt evaluation cannot be used

Pages and the command line catch the root alone. Bugs stay plain exceptions.
"""


class ForewordError(Exception):
    """Say what is wrong and the way out of it."""

    def __init__(self, problem: str, way_out: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.way_out = way_out

    def __str__(self) -> str:
        return f"{self.problem} {self.way_out}"


class NotesError(ForewordError):
    """Say that notes cannot be read."""


class SettingsError(ForewordError):
    """Say that a setting or an option has a value that is not one."""


class KnowledgeFault(ForewordError):
    """Say that the knowledge base cannot be opened or written."""


class ModelError(ForewordError):
    """Say that the model did not give a usable text."""


class PromptError(ForewordError):
    """Say that a prompt or a word file cannot be used."""


class EvalsError(ForewordError):
    """Say that a case or a floor of the prompt evaluation cannot be used."""
