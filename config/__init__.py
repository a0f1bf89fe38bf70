"""Settings, logs, and the words and dates an organisation fills in for itself."""
