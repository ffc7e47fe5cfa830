"""A language model of random weights, half a megabyte: a path comes in, a GGUF file that llama.cpp can run is there."""

from pathlib import Path

WIDTH, LAYERS, HEADS, INNER = 64, 2, 4, 128
UNKNOWN, CONTROL, NORMAL, BYTE = 2, 3, 1, 6  # token types of GGUF


def write_tiny_model(path: Path, context: int) -> None:
    """Write a model that puts out characters at random; `context` is how many tokens it takes."""
    import gguf
    import numpy as np

    chance = np.random.default_rng(7)
    letters = [chr(c) for c in range(33, 127)] + ["▁", "▁the", "▁deal", "ing"]
    tokens = ["<unk>", "<s>", "</s>", *(f"<0x{b:02X}>" for b in range(256)), *letters]
    # bytes from 0x80 on are control tokens, so that what comes out is valid UTF-8
    types = [UNKNOWN, CONTROL, CONTROL, *(BYTE if b < 128 else CONTROL for b in range(256)), *[NORMAL] * len(letters)]

    file = gguf.GGUFWriter(str(path), "llama")
    file.add_context_length(context)
    file.add_embedding_length(WIDTH)
    file.add_block_count(LAYERS)
    file.add_feed_forward_length(INNER)
    file.add_head_count(HEADS)
    file.add_head_count_kv(HEADS)
    file.add_layer_norm_rms_eps(1e-5)
    file.add_rope_dimension_count(WIDTH // HEADS)
    file.add_vocab_size(len(tokens))
    file.add_tokenizer_model("llama")
    file.add_tokenizer_pre("default")
    file.add_token_list(tokens)
    file.add_token_scores([0.0] * 259 + [-float(n) for n in range(len(letters))])
    file.add_token_types(types)
    file.add_bos_token_id(1)
    file.add_eos_token_id(2)
    file.add_unk_token_id(0)
    file.add_add_bos_token(True)
    file.add_chat_template("{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}")

    def random(*shape: int, spread: float = 0.1) -> "np.ndarray":
        return chance.normal(0, spread, shape).astype(np.float32)

    file.add_tensor("token_embd.weight", random(len(tokens), WIDTH, spread=1.0))
    file.add_tensor("output.weight", random(len(tokens), WIDTH, spread=0.2))
    file.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    for layer in range(LAYERS):
        for norm in ("attn_norm", "ffn_norm"):
            file.add_tensor(f"blk.{layer}.{norm}.weight", np.ones(WIDTH, np.float32))
        for part in ("attn_q", "attn_k", "attn_v", "attn_output"):
            file.add_tensor(f"blk.{layer}.{part}.weight", random(WIDTH, WIDTH))
        for part, shape in (("ffn_gate", (INNER, WIDTH)), ("ffn_up", (INNER, WIDTH)), ("ffn_down", (WIDTH, INNER))):
            file.add_tensor(f"blk.{layer}.{part}.weight", random(*shape))
    file.write_header_to_file()
    file.write_kv_data_to_file()
    file.write_tensors_to_file()
    file.close()
