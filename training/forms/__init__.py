"""What people may type in training."""
