"""Parliament: what it publishes is kept, told to whom it concerns, and answered for in time."""
