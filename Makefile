# `make run` and `make test` do all that they need on a fresh Debian machine with Swift.
.PHONY: run test build release lint bench clean setup

run:
	@scripts/setup run
	@swift build -c release --product livsbuss
	@.build/release/livsbuss run Scenarios

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
