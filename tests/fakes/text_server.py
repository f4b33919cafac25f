"""Servers that speak OpenAI's chat, on loopback.

`LlamaServer` is llama.cpp's own server, from a wheel, in a process of its own. Only its model is made up here: a Llama
of random weights over printable characters, which says nothing, in any form that a grammar holds it to.

`ScriptedServer` is a stand-in: it answers what the test gives it, right or wrong, and nothing of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from services.settings import ROOT

KEY = "a-key-that-only-this-server-knows"
MODEL = "tiny"
WIDTH, HEADS, HIDDEN, LAYERS = 64, 4, 128, 2
SPECIAL = ["<unk>", "<s>", "</s>"]
TOKENS = SPECIAL + [f"<0x{byte:02X}>" for byte in range(256)]
NEVER, RATHER = -20.0, 1.0


def write_tiny_model(path: Path, seed: int = 0) -> None:
    """A Llama in llama.cpp's file format, half a megabyte. The first number of every token's vector is the same all
    the way through, so the first column of the output matrix says how likely each token is."""
    chance = np.random.default_rng(seed)
    likely = np.full(len(TOKENS), NEVER, np.float32)
    likely[len(SPECIAL) + ord(" ") : len(SPECIAL) + ord("~")] = 0
    likely[len(SPECIAL) + ord('"')] = RATHER

    def weights(*shape: int, first: Any = None) -> np.ndarray:
        drawn = (chance.standard_normal(shape) * 0.3).astype(np.float32)
        if first is not None:
            drawn[:, 0] = first
        return drawn

    def silent(*shape: int) -> np.ndarray:
        drawn = weights(*shape)
        drawn[0] = 0
        return drawn

    file = _header(path)
    file.add_tensor("token_embd.weight", weights(len(TOKENS), WIDTH, first=3))
    file.add_tensor("output.weight", weights(len(TOKENS), WIDTH, first=likely))
    file.add_tensor("output_norm.weight", np.ones(WIDTH, np.float32))
    for layer in (f"blk.{number}." for number in range(LAYERS)):
        for norm in ("attn_norm", "ffn_norm"):
            file.add_tensor(f"{layer}{norm}.weight", np.ones(WIDTH, np.float32))
        for part in ("attn_q", "attn_k", "attn_v"):
            file.add_tensor(f"{layer}{part}.weight", weights(WIDTH, WIDTH))
        for part in ("ffn_gate", "ffn_up"):
            file.add_tensor(f"{layer}{part}.weight", weights(HIDDEN, WIDTH))
        file.add_tensor(f"{layer}attn_output.weight", silent(WIDTH, WIDTH))
        file.add_tensor(f"{layer}ffn_down.weight", silent(WIDTH, HIDDEN))
    file.write_header_to_file()
    file.write_kv_data_to_file()
    file.write_tensors_to_file()
    file.close()


def _header(path: Path) -> gguf.GGUFWriter:
    file = gguf.GGUFWriter(path, "llama")
    file.add_context_length(8192)
    file.add_embedding_length(WIDTH)
    file.add_block_count(LAYERS)
    file.add_feed_forward_length(HIDDEN)
    file.add_head_count(HEADS)
    file.add_head_count_kv(HEADS)
    file.add_layer_norm_rms_eps(1e-5)
    file.add_rope_dimension_count(WIDTH // HEADS)
    file.add_vocab_size(len(TOKENS))
    file.add_tokenizer_model("llama")
    file.add_token_list(TOKENS)
    file.add_token_scores([0.0] * len(TOKENS))
    kinds = gguf.TokenType
    file.add_token_types([kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL] + [kinds.BYTE] * 256)
    file.add_unk_token_id(0)
    file.add_bos_token_id(1)
    file.add_eos_token_id(2)
    file.add_chat_template("{% for each in messages %}{{ each.role }}: {{ each.content }}\n{% endfor %}assistant:")
    return file


class LlamaServer:
    """`with LlamaServer(folder) as server:` answers below `server.url` for who has `KEY`."""

    def __init__(self, folder: Path) -> None:
        self._model = folder / "tiny.gguf"
        write_tiny_model(self._model)

    def __enter__(self) -> LlamaServer:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.text_server", str(self._model)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
        )  # fmt: skip
        self.url = self._process.stdout.readline().strip()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()


def serve(model: str) -> None:
    """Until the one who started it goes away."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = model
    params.model_alias = {MODEL}
    params.api_keys = [KEY]
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.n_ctx, params.n_parallel = 16384, 2
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.warmup = False
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)  # noqa: T201
    sys.stdin.read()
    os._exit(0)


@dataclass(frozen=True)
class Answer:
    """One reply; an endless one repeats its last bytes until nobody listens."""

    body: bytes
    status: int = 200
    endless: bytes = b""
    after_s: float = 0


def saying(content: Any, *, after_s: float = 0, **beside: Any) -> Answer:
    message = {"role": "assistant", "content": content, **beside}
    return Answer(json.dumps({"choices": [{"message": message}]}).encode(), after_s=after_s)


def refusing(status: int, message: str = "no") -> Answer:
    return Answer(json.dumps({"error": {"message": message}}).encode(), status)


class ScriptedServer:
    """Gives each chat the next answer, the last one again and again; without any it never answers."""

    def __init__(self, *answers: Answer, models: Answer | None = None) -> None:
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.paths: list[str] = []
        self.answers = deque(answers)
        self._models = models or refusing(404)
        self._stopping = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> ScriptedServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def chat(self, body: bytes, key: str | None) -> Answer | None:
        self.asked.append(json.loads(body))
        self.keys.append(key)
        if not self.answers:
            self._stopping.wait()
            return None
        return self.answers.popleft() if len(self.answers) > 1 else self.answers[0]

    def models(self) -> Answer:
        return self._models

    def chunks(self, answer: Answer) -> Iterator[bytes]:
        self._stopping.wait(answer.after_s)
        yield answer.body
        while answer.endless and not self._stopping.wait(0.02):
            yield answer.endless


def _handler(server: ScriptedServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.paths.append(self.path)
            self._reply(lambda: server.chat(body, self.headers["Authorization"]))

        def do_GET(self) -> None:
            self._reply(server.models)

        def _reply(self, find: Callable[[], Answer | None]) -> None:
            answer = find()
            if answer is None:
                return
            with suppress(OSError):
                self.send_response(answer.status)
                if not answer.endless:
                    self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                for chunk in server.chunks(answer):
                    self.wfile.write(chunk)

        def log_message(self, *_: object) -> None:
            """Nobody reads it."""

    return Handler


if __name__ == "__main__":
    serve(sys.argv[1])
