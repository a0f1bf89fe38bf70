"""The digest: one screen a working day of what parliament does that concerns a team, true about its sources."""
