"""Bytes and requests of the public pages of a running portal: `python benchmarks/page_sizes.py http://127.0.0.1:8000`.

Counts what a browser fetches first: the page, its style sheets, scripts, pictures and the fonts its text needs.
"""

import json
import os
import sys

from playwright.sync_api import sync_playwright

PAGES = ("/", "/policy/", "/services/", "/apply/", "/status/")
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def measure(page, url: str) -> tuple[int, int]:
    """(requests, bytes as they crossed the wire) of one first visit."""
    sizes: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(url, wait_until="networkidle")
    session.detach()
    return len(sizes), sum(sizes)


def main(address: str, paths: list[str]) -> None:
    browser_path = os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path, args=FLAGS)
        # a production server behind its proxy answers only what came by https
        page = browser.new_page(
            viewport={"width": 320, "height": 700}, extra_http_headers={"X-Forwarded-Proto": "https"}
        )
        rows = [(path, *measure(page, address + path)) for path in paths]
        browser.close()
    for path, requests, size in rows:
        print(f"{path:<40} {requests:>3} requests {size / 1024:>8.1f} KB")
    print(json.dumps({path: size for path, _requests, size in rows}))


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), sys.argv[2:] or list(PAGES))
