#!/bin/sh
# Make the virtual environment. Debian keeps the venv module in a package of its own: apt brings it where it can.
set -eu
python=${PYTHON:-python3}
target=$1

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "Python 3.11 or newer is needed; $("$python" --version) is here. Name another with: make PYTHON=python3.12 site" >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
  if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Python's venv module is missing; installing $version with apt." >&2
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$version" >/dev/null
  else
    echo "Python's venv module is missing. Install it, on Debian or Ubuntu with: sudo apt install $version" >&2
    exit 1
  fi
fi
"$python" -m venv "$target"
