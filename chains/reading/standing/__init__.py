"""Where a deal stands: its ground comes in; category, odds, stage, signatures and losses go out."""
