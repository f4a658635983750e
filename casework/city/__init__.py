"""The casework of the demo city: invented, valid, and the same every time."""
