"""Training in the demo city: invented people, original texts."""
