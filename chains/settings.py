"""One frozen object of settings: the environment and a TOML file come in, `Settings` go out, read once.

A variable of the environment wins over the file; the file is `FOREWORD_SETTINGS`, else `foreword.toml` in the
user's configuration folder. Each setting stands in the README with its default.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Literal, cast

from chains.deals import Conventions, DateOrder
from chains.errors import SettingsError

# asked first, so that the currency table is loaded for rare codes only
COMMON_CURRENCIES = frozenset(
    ("USD", "EUR", "GBP", "INR", "CAD", "AUD", "NZD", "CHF", "JPY", "SEK", "NOK", "DKK", "PLN", "BRL", "MXN", "SGD")
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Hold what a rep sets once."""

    data_folder: Path
    currency: str = "USD"
    date_order: DateOrder = "MDY"
    fiscal_year_start: int = 1
    model: str = ""  # empty: the embedded writer
    base_url: str = "https://api.openai.com/v1"
    timeout: float = 60.0  # seconds for one call of the model
    api_key: str = field(default="", repr=False)

    def conventions(self, as_of: date | None = None) -> Conventions:
        """Return the conventions for notes written on `as_of`, today where it is None."""
        return Conventions(as_of or date.today(), self.currency, self.date_order, self.fiscal_year_start)


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raise SettingsError naming the setting whose value is not one."""
    env = os.environ if environment is None else environment
    given: dict[str, object] = dict(_from_file(env))
    for name in _names():
        value = env.get(f"FOREWORD_{name.upper()}")
        if value is not None and value.strip():
            given[name] = value.strip()
    given["api_key"] = env.get("OPENAI_API_KEY", "").strip()
    folder = given.get("data_folder")
    return Settings(
        data_folder=Path(str(folder)).expanduser() if folder else _default_folder(),
        currency=currency_code(str(given.get("currency", "USD"))),
        date_order=date_order(str(given.get("date_order", "MDY"))),
        fiscal_year_start=fiscal_year_start(given.get("fiscal_year_start", 1)),
        model=str(given.get("model", "")),
        base_url=str(given.get("base_url", "https://api.openai.com/v1")),
        timeout=_seconds(given.get("timeout", 60)),
        api_key=str(given["api_key"]),
    )


def currency_code(text: str) -> str:
    """Return `text` as an ISO 4217 code; raise SettingsError where there is no such currency."""
    code = text.strip().upper()
    if code in COMMON_CURRENCIES:
        return code
    from babel.numbers import is_currency

    if not is_currency(code):
        raise SettingsError(f"There is no currency {text!r}.", "Give its three-letter code, such as USD, EUR or INR.")
    return code


def date_order(text: str) -> Literal["MDY", "DMY"]:
    """Return MDY or DMY; raise SettingsError for anything else."""
    order = text.strip().upper()
    if order not in ("MDY", "DMY"):
        raise SettingsError(
            f"The date order {text!r} is not known.", "Use MDY (3/4 is March 4) or DMY (3/4 is 3 April)."
        )
    return cast(DateOrder, order)


def fiscal_year_start(value: object) -> int:
    """Return a month number from 1 to 12; raise SettingsError for anything else."""
    text = str(value).strip()
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 12:
        raise SettingsError(f"The fiscal year cannot start in month {text!r}.", "Give the number of a month, 1 to 12.")
    return int(text)


def _seconds(value: object) -> float:
    try:
        seconds = float(str(value))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 600:
        raise SettingsError(f"The timeout {value!r} is not one.", "Give seconds, more than 0 and at most 600.")
    return seconds


def _names() -> tuple[str, ...]:
    return tuple(f.name for f in fields(Settings) if f.name != "api_key")


def _default_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("foreword", appauthor=False)


def _from_file(env: Mapping[str, str]) -> Mapping[str, object]:
    named = env.get("FOREWORD_SETTINGS", "").strip()
    if named:
        path = Path(named).expanduser()
    else:
        from platformdirs import user_config_path

        path = user_config_path("foreword", appauthor=False) / "foreword.toml"
        if not path.is_file():
            return {}
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"The settings file {path} cannot be read.", "Mend it, or unset FOREWORD_SETTINGS."
        ) from error
    unknown = sorted(set(found) - set(_names()))
    if unknown:
        raise SettingsError(
            f"The settings file {path} has an unknown setting {unknown[0]!r}.", f"Known are: {', '.join(_names())}."
        )
    return found
