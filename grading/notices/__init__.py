"""What people are told in words: clauses with their numbers, and the rows behind them."""
