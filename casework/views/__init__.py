"""The public pages of casework, and those of the mediators."""
