#!/bin/sh
# Makes sure that there is a Chromium for the journeys: one on the PATH, else Debian's where we are root.
set -eu
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" >/dev/null; then
        exit 0
    fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    mkdir -p build
    echo "Installing Chromium for the browser tests (apt-get)…"
    if (apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y chromium) >build/chromium.log 2>&1; then
        exit 0
    fi
    echo "Chromium could not be installed: build/chromium.log says why." >&2
    exit 1
fi
echo "The browser tests need Chromium: install it so that \`chromium\` is on the PATH, then run \`make test\` again." >&2
exit 1
