#!/bin/sh
# Makes Debian's Chromium available to the browser tests, with the fonts whose widths the layout
# is measured by, and rapper, the independent RDF parser that reads our dumps. Where they cannot
# be installed it says so and lets the other tests run.
set -u

have() { command -v "$1" >/dev/null 2>&1; }

missing() {
    have chromium || have chromium-browser || have google-chrome || echo chromium
    have rapper || echo raptor2-utils
    [ -d /usr/share/fonts/truetype/liberation ] || echo fonts-liberation
}

packages=$(missing)
[ -n "$packages" ] || exit 0

sudo=
[ "$(id -u)" = 0 ] || sudo="sudo -n"
if have apt-get; then
    echo "Installing" $packages "…"
    # The unquoted variables are lists of words.
    {
        $sudo apt-get update -qq
        DEBIAN_FRONTEND=noninteractive $sudo apt-get install -qq -y --no-install-recommends $packages
    } >/dev/null 2>&1
fi

for package in $(missing); do
    case $package in
        chromium) effect="the browser tests are left out" ;;
        raptor2-utils) effect="the tests with rapper are left out" ;;
        *) effect="the browser tests measure with other fonts" ;;
    esac
    echo "NOTE: $package is not installed and cannot be: $effect" >&2
done
