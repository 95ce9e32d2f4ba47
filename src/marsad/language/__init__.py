"""Text as text: script normalisation, sentences, digits, calendars, language identification."""
