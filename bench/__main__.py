"""`python -m bench`: every bench, one table each. It fails when something does not run, never because it is slow."""

from datetime import UTC, datetime

from bench import finding, logging, places
from bench.corpus import entries
