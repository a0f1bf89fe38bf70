"""Eerste Kamer: its days, bills and votes, read from its pages by their labels; there is no API."""

from parliament.eerstekamer.bill import bill
from parliament.eerstekamer.days import committee_day, committee_page, plenary_day
from parliament.eerstekamer.site import URL, EersteKamer
from parliament.eerstekamer.votes import votes_page

__all__ = ["URL", "EersteKamer", "bill", "committee_day", "committee_page", "plenary_day", "votes_page"]
