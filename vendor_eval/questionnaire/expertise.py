"""The sheet *Expertise*: what a vendor has done before, and what it commits itself to."""

from vendor_eval.questionnaire.sheet import Form

EXPERTISE = Form("expertise", "Expertise", "Expertise", fields=())
