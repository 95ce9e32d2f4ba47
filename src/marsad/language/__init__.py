"""Text as text: script, sentences, digits, calendars, language identification. Knows nothing of events."""
