"""What a run came to: cases, results and failures come in, a table for the terminal or one HTML file goes out."""

import html
from collections.abc import Mapping, Sequence

from evals.gate import Failure, Floors, Result
from evals.scorers import SCORERS

NAMES = tuple(s.name for s in SCORERS)


def table(results: Sequence[Result], before: Sequence[Result] = ()) -> str:
    """Return one line a case and one column a scorer; where a baseline is given, "was" stands beside what changed."""
    old = {r.case: r for r in before}
    rows = [("case", *NAMES, "seconds")]
    for result in sorted(results, key=lambda r: r.case):
        cells = [_cell(result, name, old.get(result.case)) for name in NAMES]
        rows.append((result.case, *cells, "failed" if result.failed else f"{result.seconds:.2f}"))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def verdict(results: Sequence[Result], failures: Sequence[Failure]) -> str:
    """Return every reason to fail, one a line, and the verdict."""
    lines = [f"{f.case or 'run'}{f' {f.scorer}' if f.scorer else ''}: {f.reason}" for f in failures]
    cases = f"{len(results)} case{'s' if len(results) != 1 else ''}"
    if not failures:
        return f"{cases}, each at or above its floors."
    below = len({f.case for f in failures})
    return "\n".join([*lines, f"{cases}, {below} under {'its' if below == 1 else 'their'} floors."])


def changed_since(made_with: Mapping[str, object], now: Mapping[str, object]) -> tuple[str, ...]:
    """Return what a baseline was made with that is another now: writer, prompts, cases."""
    return tuple(name for name in ("writer", "prompts", "cases") if made_with.get(name) != now.get(name))


def page(title: str, results: Sequence[Result], failures: Sequence[Failure], floors: Floors) -> str:
    """Return one HTML file: failures by scorer, then the table, then each draft."""
    parts = [f"<h1>{_safe(title)}</h1>", f"<p>{_safe(verdict(results, ()) if not failures else _count(failures))}</p>"]
    for scorer in ("", *NAMES):
        mine = [f for f in failures if f.scorer == scorer]
        if mine:
            items = "".join(f"<li><b>{_safe(f.case or 'run')}</b>: {_safe(f.reason)}</li>" for f in mine)
            parts.append(f"<h2>{_safe(scorer or 'No result')}</h2><ul>{items}</ul>")
    head = "".join(f"<th>{_safe(n)}<br><small>{floors.default[n]:g}</small></th>" for n in NAMES)
    bad = {(f.case, f.scorer) for f in failures}
    rows = "".join(
        f"<tr><th>{_safe(r.case)}</th>"
        + "".join(f"<td{' class=bad' if (r.case, n) in bad else ''}>{_safe(_cell(r, n, None))}</td>" for n in NAMES)
        + f"<td>{'failed' if r.failed else f'{r.seconds:.2f} s'}</td></tr>"
        for r in results
    )
    parts.append(f"<h2>All cases</h2><table><tr><th>case</th>{head}<th>time</th></tr>{rows}</table>")
    parts += [
        f"<details><summary>{_safe(r.case)}</summary><pre>{_safe(r.text or r.failed)}</pre>"
        + "".join(f"<p><b>{_safe(n)}</b>: {_safe('; '.join(s.wrong))}</p>" for n, s in r.scores.items() if s.wrong)
        + "</details>"
        for r in results
    ]
    return _PAGE.replace("{title}", _safe(title)).replace("{body}", "\n".join(parts))


def _cell(result: Result, name: str, old: Result | None) -> str:
    if name in result.broken:
        return "broken"
    score = result.scores.get(name)
    if score is None:
        return "-"
    was = old.scores.get(name) if old else None
    return f"{score.value:.2f}" + (f" (was {was.value:.2f})" if was and was.value != score.value else "")


def _count(failures: Sequence[Failure]) -> str:
    return f"{len(failures)} reason{'s' if len(failures) != 1 else ''} to fail."


def _safe(text: str) -> str:
    return html.escape(text)


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1c1c1c }
table { border-collapse: collapse } th, td { border: 1px solid #ccc; padding: .3rem .6rem; text-align: left }
td.bad { background: #fbe3e0; font-weight: 600 } pre { white-space: pre-wrap; background: #f6f6f4; padding: .8rem }
</style></head><body>
{body}
</body></html>
"""
