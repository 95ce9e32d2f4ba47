"""Text as text: script normalisation, sentences, digits, calendars, language identification. Knows nothing of events."""
