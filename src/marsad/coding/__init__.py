"""Text to events: find actors, tell status, type the act, resolve, merge what is one event."""
