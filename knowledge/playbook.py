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
from typing import NamedTuple

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


class Taken(NamedTuple):
    """A file that was added, and the number of its passages."""

    name: str
    passages: int


class Skipped(NamedTuple):
    """A file that was not added, and why, in a few words."""

    name: str
    reason: str


@dataclass(frozen=True)
class Added:
    """What adding did: the files added, the names of those that were there before, all passages, files skipped."""

    files: tuple[Taken, ...]
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


def read_files(paths: Sequence[Path], today: date) -> tuple[tuple[Kept, ...], tuple[Skipped, ...]]:
    """Read files and folders; return those that can be used and those that cannot, with the reason."""
    files: dict[str, Kept] = {}
    skipped: list[Skipped] = []
    for name, path in _found(paths, skipped):
        if name in files and files[name].origin != str(path):
            name = f"{path.parent.name}/{path.name}"
        try:
            passages = read_passages(path)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        except Unreadable as error:
            skipped.append(Skipped(name, str(error)))
        except OSError:
            skipped.append(Skipped(name, "it cannot be opened"))
        else:
            files[name] = Kept(name, str(path), digest, today, passages)
    return tuple(files.values()), tuple(skipped)


def take_in(held: Sequence[Kept], fresh: Sequence[Kept], skipped: Sequence[Skipped]) -> tuple[tuple[Kept, ...], Added]:
    """Join what was read into a playbook; return the new playbook and what was done.

    A file that has the name or the place of one already held replaces it; one that has the same content as another is
    skipped.
    """
    files = {one.name: one for one in held}
    taken: list[Taken] = []
    replaced: list[str] = []
    left = list(skipped)
    for new in fresh:
        before = [one.name for one in files.values() if new.name == one.name or new.origin == one.origin]
        twin = next((one for one in files.values() if one.digest == new.digest and one.name not in before), None)
        if twin is not None:
            left.append(Skipped(new.name, f"it has the same content as {twin.name}"))
            continue
        for old in before:
            del files[old]
        if before:
            replaced.append(new.name)
        files[new.name] = new
        taken.append(Taken(new.name, len(new.passages)))
    return tuple(files.values()), Added(tuple(taken), tuple(replaced), sum(one.passages for one in taken), tuple(left))


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
