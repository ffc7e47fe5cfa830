"""The parts of the check: how a text falls into pieces, what the notes bear out, and one module for each kind of
finding."""
