#!/bin/sh
# Puts uv at .tools/uv, given nothing but Python 3.11 or newer. Ways, in order: a private virtual environment,
# pip beside the system, the system's own packages where we are root or Homebrew is there, else one sentence.
set -eu
VERSION=0.13.9

python=""
for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        # Its own word for where it is: a shim on the PATH is no interpreter that uv would know again.
        python=$("$name" -c 'import sys; print(sys.executable)')
        break
    fi
done
if [ -z "$python" ]; then
    echo "Throughline needs Python 3.11 or newer: install it, or say where it is with PYTHON=/path/to/python3." >&2
    exit 1
fi

if [ "$(.tools/uv --version 2>/dev/null | cut -d ' ' -f 2)" = "$VERSION" ] && "$(cat .tools/python)" -c '' 2>/dev/null; then
    touch .tools/python
    exit 0
fi

echo "Preparing the tools (first start only)…"
mkdir -p .tools
log=.tools/uv.log

in_a_virtual_environment() {
    rm -rf .tools/pip
    "$python" -m venv .tools/pip && .tools/pip/bin/python -m pip install --quiet "uv==$VERSION" &&
        ln -sfn pip/bin/uv .tools/uv
}

beside_the_system() {
    rm -rf .tools/pip
    "$python" -m pip install --quiet --target .tools/pip "uv==$VERSION" && ln -sfn pip/bin/uv .tools/uv
}

after_apt() {
    [ "$(id -u)" = 0 ] && command -v apt-get && apt-get update -q &&
        apt-get install -q -y python3-venv && python=$(command -v python3) && in_a_virtual_environment
}

from_homebrew() {
    command -v brew && brew install uv && ln -sfn "$(brew --prefix uv)/bin/uv" .tools/uv
}

: >"$log"
for way in in_a_virtual_environment beside_the_system after_apt from_homebrew; do
    if "$way" >>"$log" 2>&1 && .tools/uv --version >>"$log" 2>&1; then
        echo "$python" >.tools/python
        touch .tools/python
        exit 0
    fi
done
echo "uv could not be installed: install Python's venv module (on Debian: apt install python3-venv), then try again; $log has the details." >&2
exit 1
