"""Tests of what parliament publishes."""
