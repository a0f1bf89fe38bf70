"""The handlers of parliament, as conversations."""
