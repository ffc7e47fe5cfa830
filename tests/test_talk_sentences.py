"""What single lines of an ask or a feedback talk are read for, and how they are told: a few lines in, the text out."""

from datetime import date

import pytest

from chains.deals import Conventions
from chains.formats import written
from chains.kinds import StatementKind as Kind
from chains.plan import plan
from chains.reading import read
from chains.requests import Kind as Wanted
from chains.requests import Request
from chains.writing.embedded import EmbeddedWriter

AS_OF = Conventions(date(2026, 4, 8))
DEALS = "\nOrrin Foundry 64k ARR, commit, 6/5, contract out\nQuay Lime 120k ARR, best case, 6/26, we wait for a rig\n"


def text_of(notes: str, kind: Wanted, conventions: Conventions = AS_OF) -> str:
    book = read(notes, conventions)
    *_, draft = EmbeddedWriter().write(plan(book, Request(kind)), book)
    return written(draft, "plain")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("notes", "kind", "words"),
    [
        ("tried: an agency for a month, it cost 6k and brought nothing", Kind.TRIED, "agency for a month"),
        ("I did try. Had two rigs trucked over in March, which cost 2,800", Kind.TRIED, "trucked over"),
        ("less? just the north, until 5/1", Kind.SMALLER_STEP, "just the north"),
        ("too much for her? then one rig, only in may", Kind.SMALLER_STEP, "one rig"),
        ("What Nina gets, I prep both of them and sit in", Kind.RETURN, "I prep both"),
        ("Need her word until 4/17 because the rota is fixed then", Kind.DECIDE_BY, "word until 4/17"),
        ("he needs to say by 4/17, rota", Kind.DECIDE_BY, "say by 4/17"),
        ("can we send two people from install for three days?", Kind.ASK, "send two people"),
        ("Could you give me 800 for a breakfast with six plants?", Kind.ASK, "800 for a breakfast"),
        ("price tag: the list is 4% up, so 16k we do not get", Kind.COST, "4% up"),
        (
            "step 1: half of Ana's time until June\nstep 2: a second rig, if four trials end",
            Kind.ASK,
            "half of Ana's time",
        ),
        (
            "step 1: half of Ana's time until June\nstep 2: a second rig, if four trials end",
            Kind.NEXT_STEPS,
            "a second rig",
        ),
        ("| ask | a rig for the north |\n| cost | 2k |\n| if no | I borrow one |", Kind.ASK, "a rig for the north"),
        ("if I want the lead job next year what would you need to see", Kind.QUESTION, "need to see"),
        ("my own guess: I never ask who signs", Kind.SHORTCOMING, "never ask who signs"),
        ("count: 14 quotes, 9 with finance first", Kind.EVIDENCE, "14 quotes"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.value,
)
def test_a_line_is_read_for_what_it_is_for(notes: str, kind: Kind, words: str) -> None:
    told = [s.value for s in read(f"for Ruth\n{notes}", AS_OF).statements]
    assert any(s.kind is kind and words in s.text for s in told), told


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        ("ask: a rig for the north\ncost: 6 x 1,450 = 8,700 with freight", "6 x 1,450 = 8,700"),
        ("ask: a rig for the north\ntried: two rigs from Leeds, both broke", "two rigs from Leeds"),
        (
            "Talking to Lamar at 4. ask: I need Nina to lend me a rig. Lamar can get her to say yes",
            "You can get her to",
        ),
        ("ask: a rig for the north\nif it's a no: I drop Quay Lime to Q3", "drop Quay Lime"),
        ("ask: we carry half of the trial", "carry half of the trial"),
        ("ask: a rig\ncost: ten days of Jordan, his boss Priscilla ok w it", "Priscilla is OK with it"),
        ("ask: a rig\nneed it by 4/17 bc I do 8 trials a month min", "a month minimum"),
    ],
    ids=["a sum", "what was tried", "somebody else by her", "what happens on no", "we", "his boss", "min"],
)
def test_an_ask_tells_it(notes: str, words: str) -> None:
    assert words in text_of(f"for Ruth\n{notes}{DEALS}" if notes.startswith("ask") else f"{notes}{DEALS}", "ask")


@pytest.mark.parametrize(
    ("notes", "words"),
    [
        (
            "qs\n- what would you cut?\n- one thing to get better at in Q3",
            "One thing to get better at in Q3: what would it be?",
        ),
        ("qs\n- do you use the plans? if not what's missing", "If not what's missing"),
        ("goal: no discount over 8%\nH1 14%\nQ3 11%\nqs: where do I give in", "14%. Q3 11%"),
        ("promised:\n- me: the sheet by 3/31, sent 4/2\n- him: share his own notes. not yet", "share your own notes"),
        ("missed w/c 3/2 and w/c 3/9, no excuse", "the week of"),
    ],
    ids=["a thing to name", "an answer asked on", "figures under the goal", "his promise", "weeks"],
)
def test_a_feedback_talk_tells_it(notes: str, words: str) -> None:
    assert words in text_of(f"1:1 with Hemi fri 4/10\n{notes}{DEALS}", "feedback")


@pytest.mark.parametrize(
    ("notes", "kind", "words"),
    [
        ("for Ruth, ask: a rig\nlast year one mill went three weeks without a reply", "ask", "1m"),
        ("ask: a rig for the north\n09:18 Gemma: anyone's oat milk??", "ask", "oat milk"),
        (
            "1:1 with Hemi fri 4/10\nqs\n- if you had to rank my... no, scrap that\n- what would you cut?",
            "feedback",
            "scrap",
        ),
        ("1:1 with Hemi fri 4/10\nfeb-mar 3 of 7, apr-jun 6 of 7\nqs: what would you cut?", "feedback", "3 March"),
    ],
    ids=["a mill is no million", "chatter", "a question taken back", "a range of months"],
)
def test_a_talk_never_says(notes: str, kind: Wanted, words: str) -> None:
    assert words not in text_of(notes + DEALS, kind)


@pytest.mark.parametrize(
    ("line", "private"),
    [
        ("6k, enough for Orrin maybe, not for Quay", False),
        ("then 38, so only Frost Lake, until 5/1", False),
        ("oh and don't say anything about Cindy leaving", True),
    ],
    ids=["for one and not the other", "a lake in a name", "not to be said"],
)
def test_what_stays_out_of_a_talk(line: str, private: bool) -> None:
    book = read(f"ask: a rig for the north\n{line}{DEALS}", AS_OF)
    assert any(p.text in line for p in book.private) is private


def test_a_chat_copied_with_its_stamps_has_its_speakers() -> None:
    notes = (
        "[24/11, 10:02] Me: i want two weeks more on the old price for Orrin\n"
        "[24/11, 10:05] Ritu: how much is it costing\n[24/11, 10:06] Me: 4% of 64k, so 2.6k\n"
        "[24/11, 10:15] Ritu: by when\n[24/11, 10:15] Me: thursday 26th, letters go on the 27th\n"
    )
    told = [(s.value.kind, s.value.text) for s in read(notes, Conventions(date(2026, 11, 24), "GBP", "DMY")).statements]
    assert (Kind.COST, "4% of 64k, so 2.6k") in told
    assert not [t for _, t in told if "Ritu" in t]
