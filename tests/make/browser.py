"""The browser on this machine, driven by Playwright, which downloads none of its own."""

import contextlib
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = (
    *("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    *("microsoft-edge", "microsoft-edge-stable", "msedge"),
)
ELSEWHERE = (  # where installers put them without telling the search path
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    *(
        str(Path(os.environ.get(root, "C:/")) / program)
        for root in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        for program in (
            "Google/Chrome/Application/chrome.exe",
            "Microsoft/Edge/Application/msedge.exe",
        )
    ),
)
PATIENCE = 300_000  # milliseconds: a busy machine is slow, and only a hang takes as long
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def found() -> str | None:
    """The path of a Chromium, Chrome or Edge, or None where there is none."""
    on_path = filter(None, map(shutil.which, NAMES))
    return next(on_path, next(filter(os.path.isfile, ELSEWHERE), None))


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A running headless browser."""
    path = found()
    if path is None:
        raise FileNotFoundError(f"no browser found; install one of {', '.join(NAMES)}")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        running.on("context", lambda context: context.set_default_timeout(PATIENCE))
        yield running
        running.close()


if __name__ == "__main__":
    path = found()
    sys.stdout.write(f"{path or 'no browser found'}\n")
    sys.exit(path is None)
