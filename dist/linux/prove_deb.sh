#!/bin/bash
# Install the .deb in a clean Debian 11 root (glibc 2.31, no Python 3), run the self-test there as an ordinary user with
# an empty environment, look at menu entry and icons, show the window on a virtual screen, remove the package.
# Needs root, debootstrap.  usage: prove_deb.sh PACKAGE.deb ROOT     ROOT is made anew; put it outside the project
set -euo pipefail
DEB=$(realpath "$1"); ROOT=$(realpath -m "$2"); MIRROR=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
HOME_DIR=/home/clerk; PLACE="$HOME_DIR/工作 文件夹"

[ -e "$ROOT" ] && { echo "$ROOT is there already; a clean root is made anew" >&2; exit 2; }
debootstrap --variant=minbase \
  --include=libegl1,libgl1,libfontconfig1,xvfb,xauth,xdotool,desktop-file-utils bullseye "$ROOT" "$MIRROR" >/dev/null
mkdir -p "$ROOT/proc"; mount -t proc proc "$ROOT/proc"; trap 'umount "$ROOT/proc"' EXIT
cp "$DEB" "$ROOT/fengong.deb"
inside() { chroot "$ROOT" "$@"; }

inside sh -c '! command -v python3'
inside dpkg -i /fengong.deb
inside useradd -m clerk
inside su clerk -c "mkdir -p '$PLACE'"
inside desktop-file-validate /usr/share/applications/fengong.desktop
inside test -s /usr/share/icons/hicolor/scalable/apps/fengong.svg
inside grep -q fengong.desktop /usr/share/applications/mimeinfo.cache
inside su clerk -c "cd '$PLACE' && env -i /usr/bin/fengong selftest"
# The window: found by its class on a virtual screen, with Qt's xcb plugin; a click ends the wait, not the program.
inside su clerk -c "xvfb-run -a sh -c '
  fengong-desktop >$HOME_DIR/desktop.log 2>&1 & program=\$!
  timeout 120 xdotool search --sync --onlyvisible --class fengong >/dev/null && echo window shown
  kill \$program'"
inside dpkg --purge fengong
inside sh -c '! test -e /opt/fengong && ! test -e /usr/bin/fengong'
echo "installed, self-tested, shown and removed on $(inside cat /etc/debian_version), $(inside ldd --version | head -1)"
