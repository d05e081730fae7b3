"""Makes the six returned workbooks of `data/customer-support`: constructed bids, mess and all.

Each vendor's answers stand in `customer_support/`, one file a vendor; what is done to its workbook
afterwards, as people do, is its `mess`. The same bytes come out each time.
"""

import sys
from pathlib import Path

from customer_support import VENDORS
from customer_support.filling import filled

from vendor_eval.outputs.scorecard.book import as_bytes
from vendor_eval.tender.folder import read_rules

EVALUATION = Path(__file__).resolve().parent.parent / "data" / "customer-support"


def main(folder: Path) -> None:
    """Writes `proposals/*.xlsx` into an evaluation folder with these rules."""
    rules = read_rules(EVALUATION)
    (folder / "proposals").mkdir(parents=True, exist_ok=True)
    for name, bid in VENDORS.items():
        book = filled(rules, bid.NAME, bid.FORMS, bid.TABLES)
        bid.mess(book)
        content = as_bytes(book)
        (folder / "proposals" / name).write_bytes(bid.finish(content))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else EVALUATION)
