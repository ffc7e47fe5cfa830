"""Labelled cases: a YAML file comes in, a validated `Case` goes out, with the `Book` its labels amount to."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from chains.deals import (
    Book,
    Conventions,
    Deal,
    Dependency,
    ExceptionWanted,
    Fact,
    Money,
    NextStep,
    Person,
    Risk,
)
from chains.errors import EvalsError
from chains.kinds import Basis, Category, ExceptionKind, RiskKind, Stage, Team, Topic
from chains.requests import Kind, ManagerProfile, Request


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CaseSettings(_Strict):
    """Hold what the rep of the case has set once."""

    currency: str = "USD"
    date_order: Literal["MDY", "DMY"] = "MDY"
    fiscal_year_start: int = 1


class LabelledStep(_Strict):
    """Hold a labelled next step."""

    action: str
    owner: str | None = None
    due: date | None = None


class LabelledDeal(_Strict):
    """Hold the labels of one deal."""

    account: str
    amount: Decimal | None = None
    currency: str = "USD"
    basis: Basis | None = None
    category: Category | None = None
    stage: Stage | None = None
    close_date: date | None = None
    previous_close_date: date | None = None
    next_step: LabelledStep | None = None
    champion: str | None = None
    economic_buyer: str | None = None
    risks: tuple[RiskKind, ...] = ()
    dependencies: tuple[Team, ...] = ()
    exceptions: tuple[ExceptionKind, ...] = ()

    def deal(self) -> Deal:
        """Return the deal these labels amount to, without spans."""
        people = [Fact(Person(self.champion, "champion"))] if self.champion else []
        people += [Fact(Person(self.economic_buyer, "economic_buyer"))] if self.economic_buyer else []
        step = self.next_step
        return Deal(
            account=Fact(self.account),
            amount=None if self.amount is None else Fact(Money(self.amount, self.currency, self.basis)),
            category=Fact(self.category) if self.category else None,
            stage=Fact(self.stage) if self.stage else None,
            close_date=Fact(self.close_date) if self.close_date else None,
            previous_close_date=Fact(self.previous_close_date) if self.previous_close_date else None,
            next_step=Fact(NextStep(step.action, step.owner, step.due)) if step else None,
            people=tuple(people),
            risks=tuple(Fact(Risk(k, k.value.replace("_", " "))) for k in self.risks),
            dependencies=tuple(Fact(Dependency(t, t.value.replace("_", " "))) for t in self.dependencies),
            exceptions=tuple(Fact(ExceptionWanted(k, k.value.replace("_", " "))) for k in self.exceptions),
        )


class LabelledManager(_Strict):
    """Hold how the manager of the case listens."""

    listens: str = ""
    priorities: tuple[str, ...] = ()
    asked_by_their_boss: tuple[str, ...] = ()


class LabelledRequest(_Strict):
    """Hold what is asked for in the case."""

    kind: Kind
    question: str | None = None
    manager: LabelledManager | None = None

    def request(self) -> Request:
        """Return the request as the pipeline takes it."""
        manager = ManagerProfile(**self.manager.model_dump()) if self.manager else ManagerProfile()
        return Request(self.kind, self.question or "", manager)


class LabelledScenarios(_Strict):
    """Hold the scenario sums by the product's rule."""

    worst: Decimal
    base: Decimal
    best: Decimal


class Expected(_Strict):
    """Hold what a good draft of the case states, leaves out and anticipates."""

    scenarios: LabelledScenarios | None = None
    must_state: tuple[tuple[str, ...], ...] = ()
    must_not_state: tuple[str, ...] = ()
    anticipates: tuple[Topic, ...] = ()


class Case(_Strict):
    """Hold one labelled case."""

    id: str
    as_of: date
    settings: CaseSettings = CaseSettings()
    style: str
    notes: str
    deals: tuple[LabelledDeal, ...]
    request: LabelledRequest
    expect: Expected

    def conventions(self) -> Conventions:
        """Return the conventions the notes were written with."""
        s = self.settings
        return Conventions(self.as_of, s.currency, s.date_order, s.fiscal_year_start)

    def book(self) -> Book:
        """Return the book that the labels amount to: no spans, statements or details."""
        return Book(self.notes, self.conventions(), tuple(d.deal() for d in self.deals))


def load_case(path: Path) -> Case:
    """Load one case; raise EvalsError where the file is not one."""
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return Case.model_validate(data)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        first = str(error).splitlines()
        where = " ".join(first[:3])
        raise EvalsError(f"{path.name} is not a case: {where}.", "Mend the file, or leave it out.") from error


def load_cases(folder: Path) -> tuple[Case, ...]:
    """Load every case of a folder in the order of their names; raise EvalsError where there is none."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise EvalsError(f"There is no case in {folder}.", "Give a folder with one .yaml file a case.")
    return tuple(load_case(p) for p in paths)
