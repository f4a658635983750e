"""What training shows of its rows: gathered, put in order, without a query of its own in a page."""
