"""The report: one file a section, its sentence, figure and table together."""
