#!/bin/bash
# Freeze the program in the root that old_root.sh made, so that it starts on glibc 2.31, and bring the folder back.
# Make the parts first (dist/build.py --only parts).  Needs root.
# usage: old_build.sh ROOT OUT       the program's folder lands in OUT/fengong
set -euo pipefail
ROOT=$(realpath "$1"); OUT=$(realpath -m "$2"); PROJECT=$(realpath "$(dirname "$0")/../..")
PYTHON=/opt/python3.11/bin/python3.11; PLACE=/usr/src/fengong

rm -rf "$ROOT$PLACE"; mkdir -p "$ROOT$PLACE/dist/out" "$OUT"
cp -r "$PROJECT"/{toolkit,templates,docs,macros,LICENSE,requirements.txt} "$ROOT$PLACE/"
cp -r "$PROJECT"/dist/{build.py,fengong.spec,entry,windows,requirements.txt} "$ROOT$PLACE/dist/"
cp -r "$PROJECT/dist/out/parts" "$ROOT$PLACE/dist/out/"
chroot "$ROOT" $PYTHON -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --only-binary=:all: \
  -r $PLACE/requirements.txt -r $PLACE/dist/requirements.txt
chroot "$ROOT" $PYTHON $PLACE/dist/build.py --only freeze
rm -rf "$OUT/fengong"
cp -a "$ROOT$PLACE/dist/out/linux/fengong" "$OUT/fengong"
