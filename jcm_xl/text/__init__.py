"""Words for people: phrases, languages, symbols, days, and text as it is shown."""
