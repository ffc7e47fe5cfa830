"""What notes hold beside deals: sentences come in; statements, promises and goals go out."""
