"""Documents as they are written: Markdown, a page, and for Word."""
