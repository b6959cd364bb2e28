#!/bin/sh
# Brings .venv to what uv.lock says: quietly first; if that fails, aloud, and trusting the certificates of this
# machine, which a company's network may need. Arguments go to `uv sync`.
set -u
sync() {
    env -u VIRTUAL_ENV .tools/uv sync --locked --quiet --python "$(cat .tools/python)" "$@"
}
mkdir -p build
sync "$@" 2>build/sync.log || sync --system-certs "$@"
