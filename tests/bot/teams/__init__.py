"""Tests of what Teams gets."""
