"""What came in: tables, workbooks, and what the buyer decided of them."""
