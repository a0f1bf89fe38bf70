"""Contacts: logging them (log, form), showing them (card), finding them (find)."""
