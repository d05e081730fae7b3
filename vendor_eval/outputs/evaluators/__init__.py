"""What a panel is sent: a workbook for each evaluator, and the agenda of the meeting."""
