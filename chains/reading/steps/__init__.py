"""What happens next in a deal: its ground comes in; the next step with its owner and day goes out."""
