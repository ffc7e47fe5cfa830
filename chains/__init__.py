"""The way from rough deal notes to a checked draft: notes and a request come in, a `Draft` with findings goes out."""
