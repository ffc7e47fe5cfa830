"""Figures and dates as people write them: the grammar that `chains.scan` and `chains.periods` are made of."""
