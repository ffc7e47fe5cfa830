"""How likely something is, learned from labelled notes: named traits come in, the log of the odds goes out.

The weights stand in a YAML file beside the rules that use them; `scripts/train_reader.py` makes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from chains.wordfiles import load


@dataclass(frozen=True, slots=True)
class Odds:
    """Weigh traits by what was learned of each; one that was not learned says nothing."""

    bias: float
    weights: Mapping[str, float]

    def of(self, traits: Mapping[str, float]) -> float:
        """Return the log of the odds: above 0 where it is likelier than not."""
        weights = self.weights
        return self.bias + sum(weights[t] * value for t, value in traits.items() if t in weights)


@cache
def learned_odds(package: str, name: str) -> Odds:
    """Return what one file holds, loaded once; raise PromptError where it cannot be read."""
    data = load(package, name)
    return Odds(float(data["bias"]), {str(trait): float(weight) for trait, weight in data["weights"].items()})
