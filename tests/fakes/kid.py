"""A process that answers each line with itself, and meets with what models' processes meet with."""

from __future__ import annotations

import os
import sys

from services.platform.child import serve


def answer(line: str) -> str:
    match line.strip():
        case "print":
            sys.stdout.write("from Python\n")
            os.write(1, b"from C\n")
        case "complain":
            os.write(2, b"Oops \xff\xfe\n" * 10_000)
            os._exit(3)
    return line.strip()


def end_within_an_answer() -> None:
    for _ in sys.stdin:
        os.write(1, b'{"a": [1, 2')
        os._exit(0)


if __name__ == "__main__":
    end_within_an_answer() if "half" in sys.argv else serve(lambda: answer)
