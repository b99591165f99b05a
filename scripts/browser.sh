#!/bin/sh
# The tests need a Chromium or Chrome. Use one that is there; else let apt bring Debian's.
set -eu
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if command -v "$name" >/dev/null 2>&1; then exit 0; fi
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
  echo "No Chromium here; installing Debian's with apt." >&2
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
  exit 0
fi
echo "The tests need a browser. Install Chromium or Chrome, on Debian with: sudo apt install chromium" >&2
exit 1
