"""`throughline serve`: make the data ready, take the place of the one web process, listen."""

from __future__ import annotations

import os
import signal
import socket
import sys
from errno import EADDRINUSE
from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, flock
from typing import IO

from throughline.config.backups import swapping
from throughline.demo import apart
from throughline.foundation.encryption.installation import installation_key
from throughline.foundation.environment import ENV

SECONDS_TO_FINISH = 5


OTHER_KEY = (
    "The installation's key is not the one that this data was sealed with: nothing that people wrote can be opened. "
    f"Put the right one back, as THROUGHLINE_KEY or the file {ENV.data / 'keys/installation.key'}."
)


class CannotStartError(Exception):
    """Why nothing is started: one sentence that says what to do."""


def serve() -> int:
    """Listens until told to stop. Raises CannotStartError."""
    for asked in (signal.SIGTERM, signal.SIGINT):
        # Before it listens there is nothing to end. uvicorn takes both signals over, ends cleanly, and raises the one
        # that came once more: having been asked to stop is no failure.
        signal.signal(asked, lambda *_: end_now(0))
    signal.signal(signal.SIGHUP, lambda *_: _start_anew() if swapping.note() else end_now(0))
    _the_key_is_good()
    place = _the_only_place()
    _demonstration_and_real_life_stay_apart()
    door = _door()
    configured()
    make_ready()
    if ENV.demo:
        _make_the_demonstration()
    sys.stdout.write(f"Throughline is at {ENV.base_url}\n")
    sys.stdout.flush()
    if _listen(door):
        _start_anew()
    place.close()
    return 0


def configured() -> None:
    """Django with our settings. Raises CannotStartError for a variable that cannot be understood."""
    import django

    try:
        django.setup()
        from throughline.foundation.files.store import files

        files()
    except ValueError as error:
        raise CannotStartError(str(error)) from None


def _the_key_is_good() -> None:
    try:
        ENV.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        installation_key()
    except ValueError as error:  # says what is wrong with THROUGHLINE_KEY
        raise CannotStartError(str(error)) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise CannotStartError(f"{ENV.data} cannot be used ({reason}): set THROUGHLINE_DATA.") from None


def _the_only_place() -> IO[str]:
    """Held until the process ends, however it ends: the hub of one process reaches its own sockets alone."""
    file = (ENV.data / "serving.lock").open("a")
    how = (LOCK_SH if ENV.redis_url else LOCK_EX) | LOCK_NB
    try:
        try:
            flock(file, how)
        except BlockingIOError:
            with swapping.alone_with_swaps():  # not held by a server, perhaps, but by a restore that is just ending
                flock(file, how)
    except BlockingIOError:
        raise CannotStartError(
            f"Throughline already serves from {ENV.data}. Stop the other one first; or set REDIS_URL in both, "
            "so that several web processes can pass messages to each other."
        ) from None
    file.truncate(0)
    if not ENV.redis_url:
        file.write(str(os.getpid()))  # whom `throughline restore` asks to make way
        file.flush()
    return file


def _demonstration_and_real_life_stay_apart() -> None:
    if reason := apart.reason_to_refuse():
        raise CannotStartError(reason)
    if ENV.demo:
        apart.begin_where_nothing_is_finished()


def _make_the_demonstration() -> None:
    """Once; a second start finds it made."""
    if apart.is_made():
        return
    from throughline.demo.actions import make_demonstration

    sys.stdout.write("Living through twelve weeks of mentoring for the demonstration, once…\n")
    sys.stdout.flush()
    make_demonstration()


def make_ready(*, migrate: bool = True) -> None:
    """Bring the database to where this program expects it; without `migrate`, only say if it is not."""
    from django.db import Error, connections

    from throughline.config import schema, upgrading

    try:
        found = schema.state()
        if found.unknown:
            raise CannotStartError(
                "The database was made by a newer Throughline than this one. Start the newer version, "
                "or restore a backup from before the upgrade."
            )
        if not found.current and not migrate:
            raise CannotStartError("The database is not up to date yet: `throughline serve` does that when it starts.")
        if not found.current:
            schema.bring_up_to_date()
        _the_key_fits()
    except upgrading.CannotUpgradeError as error:
        raise CannotStartError(str(error)) from None
    except Error as error:
        raise CannotStartError(f"The database cannot be used ({type(error).__name__}): check DATABASE_URL.") from error
    finally:
        connections.close_all()


def _the_key_fits() -> None:
    """With another key every page would fail, and what is written meanwhile could not be read with the right one."""
    from throughline.relationships.queries import key_fits

    if not key_fits():
        raise CannotStartError(OTHER_KEY)


def _door() -> socket.socket:
    """Taken before anything is made ready, so that a busy port is said at once; it listens only when all is."""
    family = socket.AF_INET6 if ":" in ENV.host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((ENV.host, ENV.port))
    except PermissionError:
        raise CannotStartError(f"Port {ENV.port} needs more rights. Set PORT to one above 1023.") from None
    except OSError as error:
        if error.errno == EADDRINUSE:
            raise CannotStartError(
                f"Port {ENV.port} of {ENV.host} is in use. Set PORT to another one, or stop what listens there."
            ) from None
        raise CannotStartError(f"{ENV.host} is no address of this machine: set HOST.") from None
    return door


def _listen(door: socket.socket) -> bool:
    """Until told to stop. Returns whether to start anew: a restored installation waits to take our place (SIGHUP)."""
    import uvicorn

    config = uvicorn.Config(
        "throughline.config.asgi:app",
        lifespan="on",
        # Paths carry invitations and password resets: no access log at all. A proxy's log is the operator's choice.
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips=[str(network) for network in ENV.proxies],
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
        ws="websockets-sansio",  # says 1012 (restarting) to sockets when it stops, so that clients come back at once
        ws_max_size=4 * 1024 * 1024,
        ws_per_message_deflate=False,  # costs CPU and memory for each socket; what we send is short
    )
    server, anew = uvicorn.Server(config), []

    def make_way(*_: object) -> None:
        if swapping.note():  # else a terminal was closed
            anew.append(True)
        server.should_exit = True

    signal.signal(signal.SIGHUP, make_way)
    server.run(sockets=[door])
    return bool(anew)


def _start_anew() -> None:
    """The same process with nothing in memory; what it held (the place, the port, connections) is let go."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "throughline.config.command", "serve"])  # noqa: S606  ourselves


def end_now(code: int) -> None:
    """Leave without waiting for pool threads that serve clients who are gone."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
