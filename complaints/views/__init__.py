"""Pages of the public and of mediators."""
