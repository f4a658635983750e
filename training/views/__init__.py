"""The public and the mediators' pages of training."""
