"""What may be typed: the shape of forms."""
