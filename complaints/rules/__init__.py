"""What the law and the procedure say of values."""
