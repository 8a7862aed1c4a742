# midwatch: `make demo` first, `make test` second.

PREFIX ?= /usr/local
SWIFT_BUILD = swift build -c release --static-swift-stdlib --product midwatch -Xlinker --strip-debug
RELEASE = .build/release/midwatch

.PHONY: demo build install test test-peers soak fuzz bench bench-farm format lint picture setup setup-test

demo: build
	@$(RELEASE) demo

setup:
	@scripts/setup build

setup-test:
	@scripts/setup test

build: setup
	$(SWIFT_BUILD)

# Root has often no swift on the PATH of sudo: then it installs what was built before.
install:
	@if command -v swift >/dev/null || [ ! -x $(RELEASE) ]; then $(MAKE) build; fi
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/midwatch"
	install -m 755 $(RELEASE) "$(DESTDIR)$(PREFIX)/bin/midwatch"
	cp -R playbooks themes "$(DESTDIR)$(PREFIX)/share/midwatch/"
	install -d "$(DESTDIR)$(PREFIX)/share/midwatch/systemd"
	sed 's|/usr/local|$(PREFIX)|' share/systemd/midwatch-agent.service \
	  > "$(DESTDIR)$(PREFIX)/share/midwatch/systemd/midwatch-agent.service"

test: setup-test lint
	@rm -rf .build/conformance
	swift build --build-tests
	scripts/tests --skip PeerTests --skip EndToEndTests
	@# Real terminals by themselves: they wait for programs, which the tests above would starve.
	scripts/tests --filter EndToEndTests
	@scripts/conformance

# Against live Prometheus, Alertmanager, VictoriaMetrics, and all kinds of servers to probe.
test-peers:
	@scripts/setup peers
	swift build --build-tests
	scripts/tests --filter PeerTests

# An hour under targets that misbehave; `make soak MINUTES=2` is a taste.
MINUTES ?= 60
soak: build
	scripts/soak --minutes $(MINUTES)

# A million executions for each reader of hostile text; `make fuzz RUNS=20000` is a taste.
RUNS ?= 1000000
fuzz: setup
	scripts/fuzz --runs $(RUNS)

# Beside the peers; `make bench-farm` takes an hour, and the next `make bench` shows what it found.
bench: build
	@scripts/setup bench
	MIDWATCH_BENCH=1 $(subst --product midwatch,--product Measure,$(SWIFT_BUILD))
	scripts/bench

bench-farm: build
	@scripts/setup bench
	scripts/bench-farm

format:
	swift format --in-place --recursive Sources Tests Package.swift

lint:
	swift format lint --strict --recursive --parallel Sources Tests Package.swift

picture: setup
	scripts/picture docs/console.svg
