"""Tests of what Slack gets."""
