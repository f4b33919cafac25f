"""`streamlit run app.py`: the screens of shell.py, with HTTP routes beside them and the house opened first."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

from routes import MIDDLEWARE, routes_below
from services import bootstrap
from services.bootstrap import Pentagram
from services.errors import ConfigurationError, Unavailable


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    try:
        house = await asyncio.to_thread(open_house)
    except (ConfigurationError, Unavailable) as error:
        # Raised out of here, the one line that helps would drown in the server's own traceback.
        print(f"Pentagram cannot start: {error}", file=sys.stderr, flush=True)  # noqa: T201
        os._exit(1)
    try:
        yield {}
    finally:
        await asyncio.to_thread(house.close)


def open_house() -> Pentagram:
    house = bootstrap.pentagram()
    house.serves_routes = True
    try:
        house.start_worker()
    except BaseException:
        house.close()
        raise
    return house


app = st.App(
    "shell.py", lifespan=lifespan, routes=routes_below(st.get_option("server.baseUrlPath")), middleware=MIDDLEWARE
)
