"""Servers for the tests: real ones on 127.0.0.1, with a ledger of what reached them."""
