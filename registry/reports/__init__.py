"""What the register shows as figures and drawings."""
