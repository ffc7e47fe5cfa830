"""The team's own playbook: paths in, files with their passages kept in one JSON file in the data folder.

That file is the playbook; what the index holds of it is made from it and can be made again.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from knowledge.errors import KnowledgeError, unwritable
from knowledge.passages import Passage, Unreadable, read_passages

NAME = "playbook.json"


@dataclass(frozen=True)
class Kept:
    """One file of the playbook: its name as cited, where it came from, the day it was added, its passages."""

    name: str
    origin: str
    digest: str
    added: date
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Skipped:
    """A file that was not added, and why, in a few words."""

    name: str
    reason: str


@dataclass(frozen=True)
class Added:
    """What adding did: names of the files added, those of them that were there before, passages, files skipped."""

    files: tuple[str, ...]
    replaced: tuple[str, ...]
    passages: int
    skipped: tuple[Skipped, ...]


def read_playbook(folder: Path) -> tuple[Kept, ...]:
    """Read the playbook of a data folder; none is an empty one, a damaged one raises KnowledgeError."""
    path = folder / NAME
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return tuple(
            Kept(
                name=one["name"],
                origin=one["origin"],
                digest=one["digest"],
                added=date.fromisoformat(one["added"]),
                passages=tuple(Passage(passage["heading"], passage["text"]) for passage in one["passages"]),
            )
            for one in data["files"]
        )
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnowledgeError(
            f"The playbook {path} cannot be read.", "Move it elsewhere, then add the team's files again."
        ) from error


def write_playbook(folder: Path, files: Sequence[Kept]) -> None:
    """Replace the playbook of a data folder in one step, so that a crash leaves the old one or the new one."""
    path = folder / NAME
    data = {"files": [{**asdict(one), "added": one.added.isoformat()} for one in files]}
    fresh = path.with_suffix(".new")
    try:
        fresh.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(fresh, path)
    except OSError as error:
        raise unwritable(folder) from error


def take_in(held: Sequence[Kept], paths: Sequence[Path], today: date) -> tuple[tuple[Kept, ...], Added]:
    """Read files and folders into a playbook; return the new playbook and what was done.

    A file that has the name or the place of one already held replaces it; one that has the same content as another is
    skipped.
    """
    files = {one.name: one for one in held}
    added: dict[str, int] = {}
    replaced: list[str] = []
    skipped: list[Skipped] = []
    for name, path in _found(paths, skipped):
        if name in added and files[name].origin != str(path):
            name = f"{path.parent.name}/{path.name}"
        try:
            passages = read_passages(path)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except (Unreadable, OSError) as error:
            reason = str(error) if isinstance(error, Unreadable) else "it cannot be opened"
            skipped.append(Skipped(name, reason))
            continue
        before = [one.name for one in files.values() if one.name == name or one.origin == str(path)]
        twin = next((one for one in files.values() if one.digest == digest and one.name not in before), None)
        if twin is not None:
            skipped.append(Skipped(name, f"it has the same content as {twin.name}"))
            continue
        for old in before:
            del files[old]
        if before and name not in added:
            replaced.append(name)
        files[name] = Kept(name, str(path), digest, today, passages)
        added[name] = len(passages)
    done = Added(tuple(added), tuple(replaced), sum(added.values()), tuple(skipped))
    return tuple(files.values()), done


def _found(paths: Sequence[Path], skipped: list[Skipped]) -> Iterator[tuple[str, Path]]:
    """Yield each file with the name it is cited by: its own, or its place in the folder that was given."""
    for path in paths:
        whole = Path(os.path.abspath(path))
        if whole.is_file():
            yield whole.name, whole
        elif whole.is_dir():
            inside = sorted(one for one in whole.rglob("*") if one.is_file() and not _hidden(one.relative_to(whole)))
            if not inside:
                skipped.append(Skipped(str(path), "there are no files in this folder"))
            for one in inside:
                yield one.relative_to(whole.parent).as_posix(), one
        else:
            skipped.append(Skipped(str(path), "there is no such file or folder"))


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$", "__")) for part in path.parts)
