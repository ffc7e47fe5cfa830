"""What could move a deal and what the buyer wants: its ground comes in; risks, rivals, wishes and details go out."""
