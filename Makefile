# The four doors of the house. Each sets up what it needs; a second time, and offline, that is nothing.

WASM := wasm32-unknown-unknown
CARGO := cargo

# What ships as wasm is built with its own standard library: nobody outside can read a panic's text, so that a panic
# is a trap at once, and all that would format it is left out. Half an option of a stable compiler, hence the variable.
# Inlined is what is not larger than a call; what is hot and larger says so in the source. The lowest kilobyte is the
# far end of a megabyte of stack: that nothing lives there saves an addition for each field of a structure.
SHIPPED := RUSTC_BOOTSTRAP=1 RUSTFLAGS='-Cpanic=immediate-abort -Zunstable-options -Cllvm-args=-inline-threshold=25 \
	-Cllvm-args=-inlinehint-threshold=25' $(CARGO) build --profile wasm --target $(WASM) --locked \
	-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size
WASM_OPT := host-node/node_modules/.bin/wasm-opt -Oz --low-memory-unused --strip-debug --strip-producers \
	--enable-bulk-memory --enable-bulk-memory-opt --enable-multivalue --enable-mutable-globals \
	--enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))

NODE_MODULES := host-node/node_modules/.package-lock.json

# Where rustup puts cargo, should a bare shell not know it yet.
export PATH := $(PATH):$(HOME)/.cargo/bin

.DEFAULT_GOAL := build
.PHONY: demo test bench build setup lint wasm component generated units sandboxed node node-tests setup-node

# A private cluster, a mixed pipeline, a reshard and a killed primary under it.
demo: setup
	$(CARGO) run --release --locked -p slotpipe --bin slotpipe -- demo

# Everything that is checked before a change goes in.
test: lint wasm generated units sandboxed node-tests

# What the core costs per command, the short way; BENCH='--max-time 10' or a name measures longer or less.
BENCH ?= --max-time 1
bench: setup
	$(CARGO) bench --locked -p slotpipe-core --bench '*' -- $(BENCH)

# The command line for this machine, the core for wasm, the component, and the package for Node.
build: setup wasm component node
	$(CARGO) build --release --locked -p slotpipe

setup:
	@.ci/setup $(WASM)

setup-node:
	@.ci/setup $(WASM) node

lint: setup
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	$(CARGO) check -p slotpipe --no-default-features --locked

wasm: setup
	$(CARGO) build -p slotpipe-core --target $(WASM) --locked

# The core as a component: host-native/component/slotpipe.wasm, which the feature `component` takes in.
component: setup $(NODE_MODULES)
	$(SHIPPED) -p slotpipe-component
	$(WASM_OPT) $(TARGET)/$(WASM)/wasm/slotpipe_component.wasm -o $(TARGET)/$(WASM)/wasm/component_core.wasm
	$(CARGO) run -q -p slotpipe-tests --bin component --locked -- $(TARGET)/$(WASM)/wasm/component_core.wasm

# The live tests with the core in its sandbox.
sandboxed: component
	$(CARGO) clippy -p slotpipe -p slotpipe-tests --features slotpipe-tests/component --all-targets --locked -- -D warnings
	$(CARGO) test -p slotpipe-tests --features component --locked --test component --test native --test reshard --test adapter

# The files derived from core/commands.tsv are what the table says.
generated: setup
	$(CARGO) run -q -p slotpipe-tests --bin generate --locked -- --check

units: setup
	$(CARGO) test --workspace --locked

# The package in host-node: the core with its bindings, and the TypeScript over it.
node: setup $(NODE_MODULES)
	$(SHIPPED) -p slotpipe-node
	$(CARGO) run -q -p slotpipe-bind --locked -- $(TARGET)/$(WASM)/wasm/slotpipe_node.wasm host-node/dist/bound
	$(WASM_OPT) host-node/dist/bound/core.wasm -o host-node/dist/bound/core.wasm
	cd host-node && npm run --silent build

node-tests: node
	$(CARGO) build -p slotpipe-tests --bin lab --bin peer --locked
	cd host-node && SLOTPIPE_LAB=$(TARGET)/debug/lab SLOTPIPE_PEER=$(TARGET)/debug/peer npm test --silent

# The compilers and types of the package, in the versions of the lock file; nothing if they are there.
$(NODE_MODULES): host-node/package-lock.json | setup-node
	cd host-node && npm ci --prefer-offline --no-audit --no-fund
	touch $@
