#!/bin/sh
# The checks of `make verify` need Node 18.16 or newer, npm and Java. Use what is there; else let apt bring Debian's.
set -eu
missing=""
if ! command -v node >/dev/null 2>&1; then missing="$missing nodejs"; fi
if ! command -v npm >/dev/null 2>&1; then missing="$missing npm"; fi
if ! command -v java >/dev/null 2>&1; then missing="$missing default-jre-headless"; fi
if [ -n "$missing" ]; then
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Missing here:$missing; installing with apt." >&2
    # shellcheck disable=SC2086  # one word a package
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  else
    echo "make verify needs Node, npm and Java. Install them, on Debian or Ubuntu with: sudo apt install$missing" >&2
    exit 1
  fi
fi
if ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 18 || (+a === 18 && +b >= 16) ? 0 : 1)'; then
  echo "make verify needs Node 18.16 or newer; $(node --version) is here." >&2
  exit 1
fi
