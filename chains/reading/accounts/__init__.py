"""Whom the notes are about: marked notes come in; accounts, their mentions and the words about each go out."""
