"""How likely something is, learned from labelled notes: named traits come in, the log of the odds goes out.

The weights stand in a YAML file beside the rules that use them; `scripts/train_reader.py` makes it.
"""

from collections.abc import Mapping

from chains.wordfiles import load


class Odds:
    """Weigh traits by the weights of one file."""

    def __init__(self, package: str, name: str) -> None:
        """Take the file's package and name; raise PromptError where it cannot be read."""
        data: Mapping[str, object] = load(package, name)
        self._bias = float(str(data["bias"]))
        weights = data["weights"]
        assert isinstance(weights, Mapping)
        self._weights: dict[str, float] = {str(trait): float(weight) for trait, weight in weights.items()}

    def of(self, traits: Mapping[str, float]) -> float:
        """Return the log of the odds: above 0 where it is likelier than not."""
        weights = self._weights
        return self._bias + sum(weights[t] * value for t, value in traits.items() if t in weights)
