# make demo    the whole chain on a bundled notice          make test       everything a newcomer runs
# make lint    ruff, mypy --strict, import-linter           make test-long  what takes longer than a coffee
# make corpus  the score on the notices beside the project  make bench      timings, as ratios against peers
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
DEV_INSTALLED := .venv/.installed-dev
SYSTEM_PACKAGES := libreoffice-calc libreoffice-writer libreoffice-dev libreoffice-script-provider-python python3-uno \
  nodejs chromium fonts-noto-cjk \
  poppler-utils p7zip-full xvfb xdotool openbox imagemagick \
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0 \
  libxcb-xinerama0 libxkbcommon-x11-0 libegl1 libgl1

# make exe     the packaged program for this system        make deb      the same for older Linux, and its .deb (root)
# make exe-windows   the Windows program and its installer, under wine (some 900 MB of packages)
# make docs    the reference pages                         make manual   its pictures, and the manual as PDF
.PHONY: addins exe deb exe-windows docs demo test test-long lint corpus bench system requirements clean

demo: $(INSTALLED)
	$(BIN)/fengong demo -o demo

test: $(DEV_INSTALLED) system lint
	$(BIN)/python -m pytest -m "not long" -n auto --dist loadgroup

test-long: $(DEV_INSTALLED) system
	$(BIN)/python -m pytest -m long -s
	$(BIN)/python -m pytest -m "hypothesis and not long" --hypothesis-profile=hunt -n auto --dist loadgroup

# Roots and Windows' Python are large: they stay outside the project.
PACKAGING ?= /tmp/fengong-packaging
MKWINPY ?= ../shared/packaging/mkwinpy.sh
OLD_LINUX := dist/out/linux-debian11

exe: $(DEV_INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r dist/requirements.txt
	$(BIN)/python dist/build.py

deb: $(DEV_INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r dist/requirements.txt
	$(BIN)/python dist/build.py --only parts
	dist/linux/old_root.sh $(PACKAGING)/debian11
	dist/linux/old_build.sh $(PACKAGING)/debian11 $(OLD_LINUX)
	$(BIN)/python dist/build.py --only prove --out $(OLD_LINUX)
	$(BIN)/python dist/linux/deb.py $(OLD_LINUX)/fengong dist/out
	rm -rf --one-file-system $(PACKAGING)/clean
	dist/linux/prove_deb.sh dist/out/fengong_*.deb $(PACKAGING)/clean

# Wants: wine wine64 gcc-mingw-w64-x86-64-win32 nsis, and this Python to be 3.11.7 like the Windows one.
exe-windows: $(DEV_INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r dist/requirements.txt
	$(BIN)/python dist/windows/cross.py --root $(PACKAGING)/windows --mkwinpy $(MKWINPY)

lint: $(DEV_INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The add-ins of Excel, LibreOffice and WPS, into dist/out/macros.
addins: $(DEV_INSTALLED)
	$(BIN)/python -m macros.build

docs: $(DEV_INSTALLED)
	$(BIN)/python docs/build.py

manual: $(DEV_INSTALLED) system
	$(BIN)/python docs/screenshots.py

corpus: $(DEV_INSTALLED)
	$(BIN)/python -m benchmarks.corpus

bench: $(DEV_INSTALLED)
	$(BIN)/python -m benchmarks

$(INSTALLED): requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

$(DEV_INSTALLED): $(INSTALLED) requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# The tests open every workbook in a real spreadsheet program. Where it cannot be installed they say so and skip.
system:
	@missing=""; for p in $(SYSTEM_PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q "ok installed" || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ]; then root=""; elif sudo -n true 2>/dev/null; then root="sudo"; else root="no"; fi; \
	  if [ "$$root" = no ] || ! command -v apt-get >/dev/null; then \
	    echo "*** not installed and not installable here:$$missing; tests that need them will be SKIPPED ***"; \
	  else \
	    $$root apt-get update -qq && \
	    DEBIAN_FRONTEND=noninteractive $$root apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  fi; fi

# Pins without the name of any package registry.
requirements: $(DEV_INSTALLED)
	$(BIN)/pip-compile --quiet --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --strip-extras --no-header --no-annotate --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean:
	rm -rf .venv demo dist/build dist/out .mypy_cache .ruff_cache .pytest_cache .hypothesis
