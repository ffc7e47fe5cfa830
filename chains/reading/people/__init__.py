"""Who is in a deal, on both sides: the ground of a deal comes in, people with their parts and teams go out."""
