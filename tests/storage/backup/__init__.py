"""Tests of storage/backup.py and the two kinds of copy below it."""
