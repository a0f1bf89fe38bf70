"""The web chat, over HTTP and in a browser."""
