"""Tasks: what somebody is to do before a moment, and how they are reminded of it."""
