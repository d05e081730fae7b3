"""The weights notebook as people meet it: from a parameter, on a phone, without a network."""

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

from make.browser import browser
from make.running import invoked

TOP = '"top": {"rank_order_centroid": {"expertise": 1, "cost": 2, "security": 3, "location": 4, '
GIVEN = f'judgements={{"stakeholders": [{{"name": "Board <b>", {TOP}"language": 5}}}}}}]}}'


def test_given_judgements_reach_a_page_that_everybody_can_read(data: Path, tmp_path: Path) -> None:
    run = ("run", data / "customer-support", "--notebook", "weights", "-p", "draws=500")
    done = invoked(*run, "-p", GIVEN, "--out", "out", cwd=tmp_path)
    assert done.exit_code == 0, done.stderr
    with browser() as running:
        for width in (360, 1280):
            page = running.new_context(
                viewport={"width": width, "height": 800}, offline=True
            ).new_page()
            page.goto((tmp_path / "out" / "report.html").as_uri())
            page.wait_for_selector("html[data-drawn]", state="attached")
            assert page.locator("figure .js-plotly-plot").count() == 2
            assert page.evaluate("document.documentElement.scrollWidth") == width
            text = page.locator("body").inner_text()
            assert "Board <b>: the top level" in text
            assert "Data protection" not in text
            assert re.search(r"from €23,000,000 to €13,000,000", text)
            violations = Axe().run(page).response["violations"]
            assert [v["id"] for v in violations if v["impact"] in ("serious", "critical")] == []


def test_judgements_given_wrong_are_refused_with_the_nearest_name(
    data: Path, tmp_path: Path
) -> None:
    run = ("run", data / "customer-support", "--notebook", "weights", "--out", "out")
    done = invoked(*run, "-p", GIVEN.replace("cost", "cots"), cwd=tmp_path)
    assert done.exit_code == 2
    assert "did you mean 'cost'" in done.stderr
    assert not (tmp_path / "out").exists()
