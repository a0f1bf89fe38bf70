"""What the bot does: decisions; no platform, no network, no clock of its own, no SQL."""
