"""Tests of the Eerste Kamer as a source."""
