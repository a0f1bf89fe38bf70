"""Tests of the Tweede Kamer as a source."""
