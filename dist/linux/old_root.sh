#!/bin/bash
# An older-Debian root whose programs start on glibc 2.31 (UOS, Kylin class): Debian 11 with CPython 3.11 compiled in it.
# Debian 11's own Python is 3.9, so Debian 12's source package of 3.11 is built there.  Needs root and debootstrap.
# usage: old_root.sh ROOT      does only what is not done yet
# ROOT is about 2.5 GB with what is built in it: put it outside the project.
set -euo pipefail
ROOT=$(realpath -m "$1"); MIRROR=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
PREFIX=/opt/python3.11
BUILD=build-essential,pkg-config,zlib1g-dev,libssl-dev,libffi-dev,libsqlite3-dev,libbz2-dev,liblzma-dev,uuid-dev
BUILD=$BUILD,libexpat1-dev,ca-certificates,binutils,xz-utils
# What Qt's xcb platform plugin is linked against; without them the window dies although "offscreen" works.
QT=libxcb-cursor0,libxcb-icccm4,libxcb-image0,libxcb-keysyms1,libxcb-randr0,libxcb-render-util0,libxcb-render0
QT=$QT,libxcb-shape0,libxcb-shm0,libxcb-sync1,libxcb-xfixes0,libxcb-xinerama0,libxcb-xkb1,libxkbcommon-x11-0
QT=$QT,libxkbcommon0,libx11-xcb1,libegl1,libgl1,libfontconfig1,libdbus-1-3,libglib2.0-0

if [ ! -e "$ROOT/etc/debian_version" ]; then
  debootstrap --variant=minbase --include="$BUILD,$QT" bullseye "$ROOT" "$MIRROR"
fi
cp -L /etc/resolv.conf "$ROOT/etc/resolv.conf"
cp /etc/ssl/certs/ca-certificates.crt "$ROOT/etc/ssl/certs/ca-certificates.crt"  # those of this machine

if [ ! -x "$ROOT$PREFIX/bin/pip3.11" ]; then
  echo "deb-src $MIRROR bookworm main" > "$ROOT/etc/apt/sources.list.d/python.list"
  chroot "$ROOT" sh -euc "
    apt-get -qq update
    mkdir -p /usr/src/python && cd /usr/src/python
    apt-get -qq source --download-only python3.11
    tar xf python3.11_*.orig.tar.* --strip-components=1
    tar xf python3.11_*.debian.tar.*
    # Debian's fixes; what stands before them in the series moves the installation to Debian's own places.
    sed -n '/^shutdown-deadlock/,\$p' debian/patches/series | while read -r fix; do
      patch --quiet -p1 < debian/patches/\$fix
    done
    # One fix counts on Debian's way of building this module into the interpreter.
    sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c
    ./configure --quiet --prefix=$PREFIX --enable-shared --with-ensurepip=install \
      LDFLAGS='-Wl,-rpath,$PREFIX/lib'
    make -s -j2 >make.log 2>&1
    make -s install >install.log 2>&1"
fi
chroot "$ROOT" $PREFIX/bin/python3.11 -c "import bz2, ctypes, lzma, sqlite3, ssl, sys, zlib; print('Python', sys.version)"
