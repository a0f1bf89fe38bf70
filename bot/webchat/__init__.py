"""The same bot in a browser page on 127.0.0.1: for a demo, for development, and as proof that the core is neutral."""
