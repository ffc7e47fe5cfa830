"""What a deal is worth: its ground comes in; the amount, the one before and what it is an amount of go out."""
