"""What parliament publishes: sources that yield items. Imports nothing of ours, writes nothing, knows no user."""
