"""Calendar: what stands in that of a team or of one person, and the link by which their own program reads it."""
