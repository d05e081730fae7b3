"""`python -m vendor_eval`: the command line."""

from vendor_eval.cli import start

if __name__ == "__main__":
    start()
