# Two commands do everything from a machine that has only Python 3.11 or newer and make:
#   make site   the site, in site/
#   make test   all tests, in a real browser too
# A third, which needs Node and Java (apt brings them where it can), looks at the built site with the tools of others:
#   make verify

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
VERIFY := tests/verify
BASE   ?= main
FORMAT ?= text

.PHONY: site addresses test verify reproduce serve check annotate diff changes links outdated publish bench release zensical screenshots lock clean

site: $(VENV)/site.done
	$(BIN)/catalogue build

test: $(VENV)/test.done
	scripts/browser.sh
	$(BIN)/ruff check generator tests benchmarks scripts
	$(BIN)/ruff format --check generator tests benchmarks scripts
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal

verify: site reproduce $(VERIFY)/node_modules/done
	scripts/tools.sh
	scripts/browser.sh
	$(BIN)/python -m scripts.verify

serve: $(VENV)/site.done
	$(BIN)/catalogue serve

check: $(VENV)/site.done
	$(BIN)/catalogue check

# On the lines of a pull request, and on the page of its job; BASE is the revision that it is compared with.
annotate: $(VENV)/site.done
	@status=0; \
	$(BIN)/catalogue check --format github $${BASE:+--base "$$BASE"} || status=$$?; \
	$(BIN)/catalogue check --format summary $${BASE:+--base "$$BASE"} >> "$${GITHUB_STEP_SUMMARY:-/dev/null}" || true; \
	exit $$status

# What changes for readers since BASE: `make diff BASE=origin/main`; FORMAT is text, markdown, html or json.
diff: $(VENV)/site.done
	$(BIN)/catalogue diff "$(BASE)" --format "$(FORMAT)"

# The same in every form, for a pull request: on the page of its job, and in build/changes/ for whoever takes it along.
# NUMBER is the pull request's.
changes: $(VENV)/site.done
	$(BIN)/catalogue diff "$(BASE)" --into build/changes
	printf '%s\n' "$${NUMBER:-}" > build/changes/number
	cat build/changes/changes.md >> "$${GITHUB_STEP_SUMMARY:-/dev/null}"

# Ask the addresses that records cite; what is left to do is told in build/weekly/.
links: $(VENV)/site.done
	$(BIN)/catalogue links --digest build/weekly/links.md
	cp ledger/links.json build/weekly/links.json

# Ask the registries for newer releases of what the lock files name.
outdated: $(VENV)/test.done
	mkdir -p build/weekly
	$(BIN)/python -m scripts.outdated > build/weekly/outdated.new
	mv build/weekly/outdated.new build/weekly/outdated.md

# After a deploy: note the addresses of the site that was built, so that no later build lets one die.
addresses: $(VENV)/site.done
	$(BIN)/catalogue addresses

# Carry the built site to a folder, a machine or a bucket: `make publish TO=me@host:/srv/www/catalogue`.
publish: site
	$(BIN)/python -m scripts.publish "$(TO)"

# The site made twice under all that may differ between two machines: it must be the same, byte for byte.
reproduce: $(VENV)/site.done
	$(BIN)/python -m scripts.reproduce

bench: $(VENV)/test.done
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.exports

# The data of this commit as one archive in dist/, the same bytes on every machine.
release: $(VENV)/site.done
	$(BIN)/python -m scripts.release

zensical: $(VENV)/test.done
	$(BIN)/python -m scripts.zensical_build

# For maintainers: take the pictures of the pages on contributing anew, after a change of what they show.
screenshots: $(VENV)/test.done site
	scripts/browser.sh
	$(BIN)/python -m scripts.screenshots

# For maintainers: write the lock files anew. Needs uv and npm.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --upgrade pyproject.toml -o requirements/site.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --upgrade --extra test pyproject.toml -o requirements/test.txt
	rm -f $(VERIFY)/package-lock.json
	npm install --prefix $(VERIFY) --package-lock-only --omit-lockfile-registry-resolved --ignore-scripts --no-audit
	node scripts/lock_without_addresses.js $(VERIFY)/package-lock.json

clean:
	rm -rf build dist site $(VENV) $(VERIFY)/node_modules

$(VENV)/made:
	PYTHON=$(PYTHON) scripts/venv.sh $(VENV)
	touch $@

$(VENV)/site.done: $(VENV)/made requirements/site.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/test.done: $(VENV)/site.done requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	touch $@

$(VERIFY)/node_modules/done: $(VERIFY)/package-lock.json
	scripts/tools.sh
	npm ci --prefix $(VERIFY) --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@
