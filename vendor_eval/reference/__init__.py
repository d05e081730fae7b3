"""Facts about countries, with year, source and licence; a blank is "not listed", never zero."""
