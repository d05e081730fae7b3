"""Response workbooks: the template that is sent out, and what comes back."""
