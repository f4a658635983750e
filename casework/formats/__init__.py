"""The formats in which casework takes and gives data."""
