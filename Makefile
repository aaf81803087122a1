# SUS. `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

# Without a home folder to write in (a service account, a container) Go keeps its
# caches here.
HOME_OK := $(shell [ -n "$${HOME:-}" ] && [ -d "$${HOME:-}" ] && [ -w "$${HOME:-}" ] && echo ja)
ifneq ($(HOME_OK),ja)
export HOME := $(CURDIR)/.cache
export GOPATH := $(CURDIR)/.cache/go
export GOCACHE := $(CURDIR)/.cache/go-build
export GOMODCACHE := $(CURDIR)/.cache/go/pkg/mod
endif

export GOFLAGS := -mod=readonly -buildvcs=false
VERSION := $(shell git describe --tags --always 2>/dev/null || echo dev)
GO_FILES_DIRS := api backend
# More packages than there are processors as a rule: some of them wait for time.
# vet is a target of its own, and what is linked for one run needs no debugger's tables.
TEST_FLAGS ?= -p 4 -vet=off -ldflags=-s
# The longest first, so that none of them is left to end alone; go test runs each once.
TEST_PKGS ?= ./backend/prov ./backend/cmd/sus ./backend/httpapi ./backend/demo ./...

.PHONY: help
help: ## Visa målen
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: run
run: build ## Bygg och kör SUS med demodata på http://localhost:8080 (SUS_PORT, SUS_DATA_DIR)
	@exec ./bin/sus serve --demo

.PHONY: build
build: go-finns webb ## Bygg ./bin/sus med webbklienten
	@mkdir -p bin
	@go build -ldflags '-X main.version=$(VERSION)' -o bin/sus ./backend/cmd/sus

# The web client. npm ci when the lock file has changed, vite build when a source
# has; `go build` alone needs no Node and makes a program without web pages.
WEBB_KALLOR = $(shell find frontend/src frontend/public frontend/scripts -type f 2>/dev/null) frontend/index.html frontend/vite.config.ts frontend/package.json
WEBB_PAKET := frontend/node_modules/.sus-installerat
NPM := npm --prefix frontend

.PHONY: webb
webb: frontend/dist/index.html ## Bygg webbklienten (frontend/dist)

$(WEBB_PAKET): frontend/package-lock.json
	@$(MAKE) --no-print-directory node-finns
	$(NPM) ci --no-audit --no-fund
	@touch $@

frontend/dist/index.html: $(WEBB_PAKET) $(WEBB_KALLOR)
	@$(MAKE) --no-print-directory node-finns
	$(NPM) run --silent build -- --logLevel warn
	@touch $@

.PHONY: test
test: chromium-finns postgres-finns genererat format vet staticcheck webb-test build go-test e2e ## Allt som CI kräver: genererat, format, vet, staticcheck, tester, webbklienten, webbläsaren

# What takes one processor each, two at a time. That the generated types follow their sources is `genererat`.
.PHONY: webb-test
webb-test: $(WEBB_PAKET) ## Webbklientens typer, format, lint, tester och storlek
	@$(MAKE) --no-print-directory -j2 webb-lint webb-typer webb webb-format
	$(NPM) run --silent test
	$(NPM) run --silent size

.PHONY: webb-lint webb-typer webb-format
webb-lint: $(WEBB_PAKET)
	$(NPM) run --silent lint

webb-typer: $(WEBB_PAKET)
	$(NPM) run --silent typecheck

webb-format: $(WEBB_PAKET)
	$(NPM) run --silent format:check

.PHONY: e2e
e2e: build chromium-finns ## Webbläsartesterna, i Chromium mot en egen demo (E2E="utkast --project=mobil")
	@export SUS_E2E_PORT=$$(node -e 's=require("net").createServer().listen(0,()=>{console.log(s.address().port);s.close()})'); \
	cd frontend && npx playwright test $(E2E)

# Not in `make test`: some twenty minutes.
.PHONY: sidor
sidor: build chromium-finns ## Varje sida och läge i varje fönster: axe, sidled, kontrasttema, dubbel text, CLS, en bild av var (SUS_BILDER, annars frontend/sidbilder)
	@export SUS_E2E_PORT=$$(node -e 's=require("net").createServer().listen(0,()=>{console.log(s.address().port);s.close()})'); \
	cd frontend && npx playwright test --config playwright.sidor.config.ts $(E2E)

# Tests leave much that is soon of no use, and there is memory: a tenth of their time went to collecting it.
.PHONY: go-test
go-test: export GOGC ?= 400
go-test: go-finns ## Bara Go-testerna, mot en egen PostgreSQL
	go run ./backend/store/storetest/kluster go tool gotestsum --format pkgname-and-test-fails -- $(TEST_FLAGS) $(TEST_PKGS)

# The packages whose tests need no PostgreSQL, and beside them Vitest: what is worth
# running after each change.
UTAN_POSTGRES = $(shell go list -test -f '{{.ImportPath}} {{join .Deps " "}}' ./... | grep '^[^ ]*\.test ' | grep -v ' sus/backend/pgembed' | sed 's/\.test .*//' | grep -v '^sus/backend/prov$$')
.PHONY: snabb
snabb: go-finns format vet $(WEBB_PAKET) ## Det som är värt att köra efter varje ändring: format, vet, regler, arkitektur, Vitest
	go tool gotestsum --format pkgname-and-test-fails -- -vet=off $(UTAN_POSTGRES)
	$(NPM) run --silent test

# The tests of `make test` with numbers that make them proofs (storetest.Bevis), those
# of files with the build tag bevis, which only it sets (vet reads them all), and
# a seed that is new each time: make bevis FRO=… runs the same again.
FRO ?= $(shell od -An -N4 -tu4 /dev/urandom | tr -d ' ')
BEVIS_PAKET = $(shell grep -rl -e 'storetest[.]Bevis' -e 'storetest[.]Fro' backend --include=*_test.go | xargs -n1 dirname | sort -u | sed 's|^|./|')
EGENSKAPER = $(shell grep -rl 'rapid[.]Check' backend --include=*_test.go | xargs -n1 dirname | sort -u | sed 's|^|./|')
.PHONY: bevis
bevis: go-finns ## De långa bevisen: slump, kapplöpningar, dödade processer (FRO=frötal)
	$(eval FRO := $(FRO))
	@echo "Frötal: make bevis FRO=$(FRO)"
	go test -count=1 -vet=off -timeout 60m $(EGENSKAPER) -rapid.checks=10000 -rapid.seed=$(FRO)
	SUS_BEVIS=1 SUS_FRO=$(FRO) go run ./backend/store/storetest/kluster go tool gotestsum --format pkgname-and-test-fails -- \
		-count=1 -timeout 60m -tags bevis $(TEST_FLAGS) $(BEVIS_PAKET)

.PHONY: vet
vet: go-finns
	go vet -tags bevis ./...

.PHONY: staticcheck
staticcheck: go-finns
	go tool staticcheck -tags bevis ./...

.PHONY: format
format: go-finns
	@fel=$$(gofmt -l $(wildcard $(GO_FILES_DIRS))); \
	if [ -n "$$fel" ]; then echo "Oformaterat (kör make fmt):"; echo "$$fel"; exit 1; fi

# Compared before and after rather than with git: it holds for uncommitted work
# and outside a clone as well.
GENERERAT = cksum api/*.gen.go frontend/src/shared/api/*.gen.ts frontend/src/shared/api/*.d.ts 2>/dev/null
.PHONY: genererat
genererat: go-finns
	@fore=$$($(GENERERAT) || true); $(MAKE) --no-print-directory generate; efter=$$($(GENERERAT) || true); \
	if [ "$$fore" != "$$efter" ]; then \
		echo "Det genererade följde inte sina källor (openapi.yaml …); det är omgenererat nu. Granska och spara ändringen:"; \
		diff <(echo "$$fore") <(echo "$$efter") | sed -n 's/^> [0-9]* [0-9]* /  /p'; exit 1; fi

.PHONY: generate
generate: go-finns $(WEBB_PAKET) ## Generera api/ och webbklientens typer från openapi.yaml
	go generate ./...
	$(NPM) run --silent schema

.PHONY: fmt
fmt: go-finns ## Formatera Go-koden
	gofmt -w $(wildcard $(GO_FILES_DIRS))

.PHONY: bench
bench: build ## Mät SUS mot golvet (högst 12 minuter)
	@go run ./backend/bench

.PHONY: clean
clean: ## Ta bort det byggda; datamappen rörs inte
	rm -rf bin frontend/dist/assets frontend/dist/index.html frontend/dist/ikon.svg frontend/test-results

.PHONY: node-finns
node-finns:
	@node -e 'const [a,b]=process.versions.node.split(".").map(Number);process.exit(a>20||a===20&&b>=19?0:1)' 2>/dev/null && command -v npm >/dev/null || { \
		echo "Node 20.19 eller senare med npm saknas: installera från https://nodejs.org/ (Debian 13: apt-get install nodejs npm)" >&2; exit 1; }

.PHONY: chromium-finns
chromium-finns:
	@for f in /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do [ -x $$f ] && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium && [ -x /usr/bin/chromium ] && exit 0; fi; \
	echo "Chromium saknas för webbläsartesterna. Installera det som root: apt-get install chromium" >&2; exit 1

# The dump tests take server, pg_dump and pg_restore from one folder: pg_dump
# refuses a server newer than itself. npm's package has no clients. Debian's package
# makes and starts a cluster of its own when nobody tells it not to.
PG_MAPPAR = $(shell echo "$$PATH" | tr : ' ') /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin
.PHONY: postgres-finns
postgres-finns:
	@finns() { for d in $${SUS_PG_BIN:-} $(PG_MAPPAR); do \
		[ -x $$d/postgres ] && [ -x $$d/initdb ] && [ -x $$d/pg_dump ] && [ -x $$d/pg_restore ] && return 0; done; return 1; }; \
	finns && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		[ -d /etc/postgresql-common ] || { mkdir -p /etc/postgresql-common/createcluster.d && \
			echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.d/sus.conf; }; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql && finns && exit 0; fi; \
	echo "PostgreSQL (server, pg_dump och pg_restore av samma version) saknas för testerna. Installera som root: apt-get install postgresql," >&2; \
	echo "eller ange mappen med programmen i SUS_PG_BIN" >&2; exit 1

.PHONY: go-finns
go-finns:
	@command -v go >/dev/null || { echo "Go saknas: installera Go 1.26 eller senare från https://go.dev/dl/" >&2; exit 1; }
