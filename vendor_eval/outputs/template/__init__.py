"""The response workbook that is sent out: what is asked, with nothing of how it is judged."""
