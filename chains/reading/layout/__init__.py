"""How notes are laid out, from characters to clauses: text comes in, tokens, lines, units and cues go out."""
