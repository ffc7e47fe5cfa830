"""When a deal closes: its ground comes in, the close date and the one before it go out."""
