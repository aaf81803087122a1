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
# Two packages at a time: each test binary may run a PostgreSQL of its own.
TEST_FLAGS ?= -p 2
TEST_PKGS ?= ./...

.PHONY: help
help: ## Visa målen
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: run
run: build ## Bygg och kör SUS med demodata på http://localhost:8080 (SUS_PORT, SUS_DATA_DIR)
	@exec ./bin/sus serve --demo

.PHONY: build
build: go-finns ## Bygg ./bin/sus
	@mkdir -p bin
	@go build -ldflags '-X main.version=$(VERSION)' -o bin/sus ./backend/cmd/sus

.PHONY: test
test: genererat format vet staticcheck go-test ## Allt som CI kräver: genererat, format, vet, staticcheck, tester

.PHONY: go-test
go-test: go-finns ## Bara Go-testerna, mot en egen PostgreSQL
	go tool gotestsum --format pkgname-and-test-fails -- $(TEST_FLAGS) $(TEST_PKGS)

.PHONY: vet
vet: go-finns
	go vet ./...

.PHONY: staticcheck
staticcheck: go-finns
	go tool staticcheck ./...

.PHONY: format
format: go-finns
	@fel=$$(gofmt -l $(wildcard $(GO_FILES_DIRS))); \
	if [ -n "$$fel" ]; then echo "Oformaterat (kör make fmt):"; echo "$$fel"; exit 1; fi

# Compared before and after rather than with git: it holds for uncommitted work
# and outside a clone as well.
.PHONY: genererat
genererat: go-finns
	@fore=$$(cat api/*.gen.go | cksum); $(MAKE) --no-print-directory generate; \
	if [ "$$fore" != "$$(cat api/*.gen.go | cksum)" ]; then \
		echo "api/ följde inte openapi.yaml; det är omgenererat nu: granska och spara ändringen"; exit 1; fi

.PHONY: generate
generate: go-finns ## Generera api/ från openapi.yaml
	go generate ./api

.PHONY: fmt
fmt: go-finns ## Formatera Go-koden
	gofmt -w $(wildcard $(GO_FILES_DIRS))

.PHONY: bench
bench: build ## Mät SUS mot golvet (högst 12 minuter)
	@go run ./backend/bench

.PHONY: clean
clean: ## Ta bort det byggda; datamappen rörs inte
	rm -rf bin

.PHONY: go-finns
go-finns:
	@command -v go >/dev/null || { echo "Go saknas: installera Go 1.26 eller senare från https://go.dev/dl/" >&2; exit 1; }
