"""Slack: the only place that imports its SDKs."""
