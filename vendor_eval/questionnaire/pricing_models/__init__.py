"""How a price is charged: what each basis that vendors may choose comes to in a month."""

# they register the pricing models
from vendor_eval.questionnaire.pricing_models import lines as lines
from vendor_eval.questionnaire.pricing_models import outcome as outcome
from vendor_eval.questionnaire.pricing_models import tier as tier
from vendor_eval.questionnaire.pricing_models import volume_band as volume_band
