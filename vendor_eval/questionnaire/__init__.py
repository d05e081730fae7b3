"""What vendors are asked: the parts of a response workbook, as data."""
