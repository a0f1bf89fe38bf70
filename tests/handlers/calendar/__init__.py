"""Tests of handlers.calendar."""
