"""The Tweede Kamer: its members and fracties, as its open data gives them."""
