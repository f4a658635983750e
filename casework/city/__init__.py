"""The casework of the demo city: invented rows in every state, made by the acts of the office."""
