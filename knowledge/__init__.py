"""What is known about managing up: situations in, the practices and the team's own playbook passages that fit out."""
