"""The files of a small evaluation: two vendors, two criteria."""

RULES = """title: T
decision: D?
currency: EUR
price: cost
criteria:
  - {id: q, label: Q, weight: 1, answer: q, value: {levels: {lo: 0, hi: 100}}}
  - {id: c, label: C, weight: 1, answer: cost, value: {linear: {worst: 10, best: 0}}}
"""
TABLE = "vendor,q,cost\nA,hi,3\nB,lo,4\n"
