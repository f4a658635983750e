"""What may be typed about the register."""
