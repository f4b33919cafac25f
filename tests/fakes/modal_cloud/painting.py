"""The stand-in with painters in it that wait for the test, for tests of the product in front of it."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.fakes.modal_cloud import TOKEN, Call, ModalCloud
from tests.fakes.modal_cloud.records import UNFINISHED, Faults

APP = Path(__file__).with_name("painting_app.py")
MODEL = "flux2-klein-4b"
USD_A_PICTURE = "0.000271"
"""Half a second of an L40S."""
PATIENCE_SECONDS = 30


def until(condition: Callable[[], object], seconds: float = PATIENCE_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "this never came true"
        time.sleep(0.02)


class PaintingCloud(ModalCloud):
    """`hold` keeps every call that is given to a container from its end until `let_go`."""

    def __init__(self, home: Path) -> None:
        self._before = 0
        """The calls that `begin_anew` forgot."""
        self._notes = home / "notes"
        self._notes.mkdir(parents=True)
        super().__init__(home / "cloud", machine={"NOTES": str(self._notes)})

    def deploy_painters(self, **env: str) -> str:
        return self.deploy(APP, **env)

    def settings(self, **more: str) -> dict[str, str]:
        """What makes the product paint here."""
        ours = {"MODAL_SERVER_URL", "MODAL_CONFIG_PATH"}
        address = {name: value for name, value in self.environment().items() if name in ours}
        return (
            address | {"MODAL_TOKEN_ID": TOKEN[0], "MODAL_TOKEN_SECRET": TOKEN[1], "PENTAGRAM_ENGINE": "modal"} | more
        )

    def begin_anew(self) -> None:
        """As if nobody had ever called: what still runs is ended and forgotten."""
        vars(self.faults).update(vars(Faults()))
        self.let_go()
        if self._public is None:
            self.start()
        self.wait_until_idle()
        (self._notes / "painted").unlink(missing_ok=True)
        (self._notes / "health.json").unlink(missing_ok=True)
        self._before = len(self.calls)

    def hold(self) -> None:
        (self._notes / "hold").touch()

    def let_go(self) -> None:
        (self._notes / "hold").unlink(missing_ok=True)

    def tell_of_health(self, **told: object) -> None:
        (self._notes / "health.json").write_text(json.dumps(told))

    @property
    def asked(self) -> list[Call]:
        """For pictures, since `begin_anew`."""
        return [call for call in self.calls[self._before :] if call.name == "Images.paint"]

    @property
    def running(self) -> list[Call]:
        return [call for call in self.asked if call.state == "running"]

    @property
    def unfinished(self) -> list[Call]:
        return [call for call in self.asked if call.state in UNFINISHED]

    @property
    def painted(self) -> Counter[str]:
        """How often each key was painted."""
        file = self._notes / "painted"
        return Counter(file.read_text().split()) if file.exists() else Counter()
