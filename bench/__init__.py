"""How fast it is: each bench prints one table, with the date, the machine and the versions above it."""
