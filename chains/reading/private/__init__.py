"""What must not travel: marked notes come in, the ranges of private remarks go out."""
