# `make help` lists what there is. Everything is installed into .venv, in this folder.

.DEFAULT_GOAL := help
.PHONY: help install demo test soak mutants format lock assets bench docs clean

help: ## what there is
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "  make %-10s %s\n", $$1, $$2 }'

install: ## put everything into .venv; nothing to do where it is there
	@.ci/install

demo: install ## open the demo at http://localhost:8000; PORT=8001, PEOPLE=3000 and RECORDS=folder change it
	@.venv/bin/manyhands demo $(if $(PORT),--port "$(PORT)") $(if $(PEOPLE),--people "$(PEOPLE)") $(if $(RECORDS),--records "$(RECORDS)")

test: install ## every check and every test
	@.ci/chromium
	@.ci/spark
	@.ci/test

soak: install ## kill it, cut its power, race for it, send it nonsense, crowd it: an hour and a half; WHICH="kills --kills 50"
	@.venv/bin/python -m tests.soak $(or $(WHICH),--keep)

mutants: install ## change what decides, a place at a time, and count what the tests notice: an hour and a half
	@.venv/bin/mutmut run
	@.venv/bin/mutmut export-cicd-stats
	@cat mutants/mutmut-cicd-stats.json

format: install ## put code into the one form
	@.venv/bin/ruff check --fix --quiet .; .venv/bin/ruff format --quiet .

lock: install ## lock the newest versions that requirements*.in allow, with hashes and without addresses
	@.ci/lock

assets: ## fetch the NHS design system and htmx again (needs npm; see deploy/assets)
	@python3 deploy/assets/rebuild.py

bench: install ## measure against peers and limits, half an hour; LONG=1 also takes a hundred million contacts
	@.ci/peers
	@.venv/bin/python -m benchmarks $(if $(LONG),--long)

docs: install ## write what is generated of docs/ and the bill of materials, and take the pictures
	@.venv/bin/python -m docs.generate
	@.venv/bin/pytest --quiet --pictures tests/journeys

clean: ## remove what was installed and what the demo made
	rm -rf .venv var mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build *.egg-info
