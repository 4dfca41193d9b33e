# `make run` and `make test` do all that they need on a fresh Debian machine with Swift.
# A first child, a mother into elder care, a company started.
THREE = Scenarios/first-child.yaml Scenarios/elder-care.yaml Scenarios/company.yaml

.PHONY: run test build release lint bench clean setup

run:
	@scripts/setup run
	@swift build -c release --product livsbuss
	@.build/release/livsbuss run $(THREE) --quiet
	@.build/release/livsbuss compare $(THREE) --planes silo,bus --lives 40 --brief --html .livsbuss/silo-beside-bus.html
	@echo "with charts: .livsbuss/silo-beside-bus.html. One day for day: .build/release/livsbuss run Scenarios/first-child.yaml"

test:
	@scripts/setup test
	@scripts/test

build:
	@scripts/setup run
	@swift build

release:
	@scripts/setup run
	@swift build -c release

lint:
	@swift format lint --strict -r Sources Tests Package.swift

bench: release
	@.build/release/livsbuss bench

clean:
	@swift package clean
	@rm -rf .livsbuss .build/tests .build/swift-agency

setup:
	@scripts/setup test
