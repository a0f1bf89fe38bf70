"""The crash matrix: reminders that fall due while things break, counted from what the platforms received."""
