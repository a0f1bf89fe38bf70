"""Tests of tasks: their ladder, their rhythm, what is said of them and when."""
