"""The edge: everything that touches Slack, Teams, a browser, a clock or a port."""
