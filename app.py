"""`streamlit run app.py`: the screens of shell.py, with HTTP routes beside them and the house opened before the door."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st

from routes import MIDDLEWARE, ROUTES
from services import bootstrap
from services.errors import ConfigurationError, Unavailable


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict[str, Any]]:
    try:
        house = await asyncio.to_thread(bootstrap.pentagram)
    except (ConfigurationError, Unavailable) as error:
        # Raised out of here, the one line that helps would drown in the server's own traceback.
        print(f"Pentagram cannot start: {error}", file=sys.stderr, flush=True)  # noqa: T201
        os._exit(1)
    house.serves_routes = True
    await asyncio.to_thread(house.start_worker)
    yield {}
    await asyncio.to_thread(house.close)


app = st.App("shell.py", lifespan=lifespan, routes=ROUTES, middleware=MIDDLEWARE)
