"""Exports and tables in notes: pasted text comes in, rows as deals with the place of every cell go out."""
