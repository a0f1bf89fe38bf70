"""The digest: its days, what stands in it, and how it is set."""
