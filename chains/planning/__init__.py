"""What will be said, kind by kind: a `Book`, a `Request` and the practices come in, `Point`s go out."""
