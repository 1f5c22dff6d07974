# The four doors of the house. Each sets up what it needs; a second time, and offline, that is nothing.

WASM := wasm32-unknown-unknown
CARGO := cargo

# What ships as wasm is built with its own standard library: nobody outside can read a panic's text, so that a panic
# is a trap at once, and all that would format it is left out. Half an option of a stable compiler, hence the variable.
# Everything is built for size, but for the functions of the hot path: they say `optimize(speed)`. Inlined is what is
# smaller than its call; into those functions also what is little larger. Structs of up to 128 bytes are copied in place:
# `memory.copy` is a call in every runtime. The lowest kilobyte is the far end of a megabyte of stack: that nothing
# lives there saves an addition for each field of a structure.
SHIPPED := RUSTC_BOOTSTRAP=1 RUSTFLAGS='-Cpanic=immediate-abort -Zunstable-options --cfg slotpipe_shipped \
	-Cllvm-args=-inlinehint-threshold=60 -Cllvm-args=-max-store-memcpy=16' $(CARGO) build --profile wasm \
	--target $(WASM) --locked -Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size
WASM_OPT := host-node/node_modules/.bin/wasm-opt -Oz --low-memory-unused --strip-debug --strip-producers \
	--enable-bulk-memory --enable-bulk-memory-opt --enable-multivalue --enable-mutable-globals \
	--enable-nontrapping-float-to-int --enable-reference-types --enable-sign-ext
TARGET := $(abspath $(or $(CARGO_TARGET_DIR),target))

NODE_MODULES := host-node/node_modules/.package-lock.json

# Where rustup puts cargo, should a bare shell not know it yet.
export PATH := $(PATH):$(HOME)/.cargo/bin

.DEFAULT_GOAL := build
.PHONY: demo test bench bench-core scoreboard build setup lint wasm component built generated units units-wasm \
	units-newer packaged newer node node-tests setup-node fuzz coverage mutants broken broken-kept soak

# A private cluster, a mixed pipeline through wasmtime and through Node, a reshard and a killed primary under it.
demo: component node
	$(CARGO) run --release --locked -p slotpipe --bin slotpipe -- demo --beside node host-node/examples/demo.mjs

# Everything that is checked before a change goes in. What has one thing to link goes beside what has many to check, and
# what mostly waits for servers beside what mostly computes; the output of each of these comes when it is over. What is
# built by then is not built again.
READY := -o setup -o setup-node -o component
test: component
	+$(MAKE) -j2 $(READY) lint node newer wasm
	+$(MAKE) $(READY) generated
	+$(MAKE) -j2 --output-sync=target $(READY) -o built -o node -o newer \
		units units-newer units-wasm broken-kept packaged node-tests

# How fast, beside floors and peers, on one cluster in one run: about five minutes. LONG=1 runs everything, ONLY='1000 GET'
# the workloads with that in their names.
bench: component node tests/bench/node_modules/.package-lock.json
	$(CARGO) build --release --locked -p slotpipe
	$(CARGO) build --release --locked --manifest-path tests/bench/Cargo.toml --target-dir $(TARGET)
	node tests/bench/run.mjs $(if $(LONG),--long) --only '$(ONLY)' --bin $(TARGET)/release --json $(TARGET)/bench.json

# The same faults for this client and its peers, held against what the servers did: core/SCOREBOARD.md, rewritten. About
# ten minutes, most of them waiting; ONLY='reset;cancel' and CLIENT='slotpipe;fred' choose, and write nothing.
scoreboard: component node tests/bench/node_modules/.package-lock.json
	$(CARGO) build --locked --manifest-path tests/bench/Cargo.toml --target-dir $(TARGET)
	node tests/bench/scoreboard/run.mjs --only '$(ONLY)' --client '$(CLIENT)' --bin $(TARGET)/debug \
		--json $(TARGET)/scoreboard.json $(if $(ONLY)$(CLIENT),,--markdown core/SCOREBOARD.md)

# What the core costs per command, without a network; BENCH='--max-time 10' or a name measures longer or less.
BENCH ?= --max-time 1
bench-core: setup
	$(CARGO) bench --locked -p slotpipe-core --bench '*' -- $(BENCH)

# Cores with a deliberate fault each: the simulator has to notice every one of them within 2,000 days, by what it does. The
# days go to tests/sim/broken.tsv, and `make test` lives those again.
BROKEN := RUSTFLAGS='--cfg slotpipe_broken' nice $(CARGO) run -q --release --locked -p slotpipe-sim --bin broken \
	--target-dir $(TARGET)/broken --
broken: setup
	$(BROKEN)

broken-kept: setup
	$(BROKEN) --kept

# The long form of the simulator and of the rig: so many days, and so many fault cycles on a real cluster for each host.
SEEDS ?= 100000
CYCLES ?= 60
soak: component node
	$(CARGO) run --release --locked -p slotpipe-sim --bin sim -- --seeds 0..$(SEEDS) --threads 2
	for host in in-process component node; do \
		$(CARGO) run --release --locked -p slotpipe-rig -- --host $$host --cycles $(CYCLES) || exit 1; \
	done

# Looks for inputs that break a target of tests/fuzz: `make fuzz TARGET=decode SECONDS=600`; KEEP=1 then keeps the fewest
# that reach all that was reached. `make test` plays the kept ones.
fuzz: setup
	.ci/fuzz '$(TARGET)' '$(or $(SECONDS),60)' '$(KEEP)'

# Which lines of the core the tests run; all of what decides about sending again and order, or it says why not.
coverage: component
	.ci/coverage $(TARGET)

# Whether a test notices when one of these decisions is another: an hour. MUTANTS='--file core/src/flight/judge.rs' asks less.
mutants: setup
	.ci/mutants $(TARGET) $(MUTANTS)

# The command line for this machine, the core for wasm, the component, and the package for Node.
build: wasm component node
	$(CARGO) build --release --locked -p slotpipe

setup:
	@.ci/setup $(WASM)

setup-node:
	@.ci/setup $(WASM) node

# For tests of what redis-server 7 has not; any newer server will do.
export SLOTPIPE_NEWER_SERVER ?= $(TARGET)/newer/valkey-server
newer: setup
	@[ -x '$(SLOTPIPE_NEWER_SERVER)' ] || .ci/setup $(WASM) newer '$(TARGET)/newer/valkey-server'

lint: component
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	$(CARGO) check -p slotpipe --no-default-features --locked
	$(CARGO) check -p slotpipe --no-default-features --features cli --locked

wasm: setup
	$(CARGO) build -p slotpipe-core --target $(WASM) --locked

# The core as a component, which the crate in host-native carries. Whatever builds that crate needs this first.
component: setup $(NODE_MODULES)
	$(SHIPPED) -p slotpipe-component-module
	$(WASM_OPT) $(TARGET)/$(WASM)/wasm/slotpipe_component_module.wasm -o $(TARGET)/$(WASM)/wasm/component_core.wasm
	$(CARGO) run -q -p slotpipe-encode --locked -- $(TARGET)/$(WASM)/wasm/component_core.wasm host-native/component/slotpipe.wasm

# All tests and the programs that they run, at once: with one set of features each crate is compiled once.
built: component
	$(CARGO) test --workspace --locked --no-run

# The files derived from core/commands.tsv are what the table says.
generated: built
	$(TARGET)/debug/generate --check

# The rig drives the package for Node too.
units: built node newer
	SLOTPIPE_BUILT=1 $(CARGO) test --workspace --locked --no-fail-fast

# What servers word or do otherwise shows in these.
units-newer: built newer
	@if [ -x '$(SLOTPIPE_NEWER_SERVER)' ]; then \
		SLOTPIPE_BUILT=1 SLOTPIPE_REDIS_SERVER='$(SLOTPIPE_NEWER_SERVER)' $(CARGO) test --workspace --locked --no-fail-fast \
			--test native --test nodes --test across --test transactions --test errors --test reshard; \
	else echo 'not tested on another server: there is none'; fi

# A consumer of the crate as it would be published, where no wasm can be built.
packaged: component
	.ci/packaged $(TARGET)

# The core's own tests, compiled to wasm and run by Node. Optimised a little: they take a third of the time.
units-wasm: setup setup-node
	CARGO_TARGET_WASM32_WASIP1_RUNNER='node --no-warnings $(CURDIR)/tests/wasi.mjs' \
		nice $(CARGO) test -q -p slotpipe-core --target wasm32-wasip1 --lib --tests --locked --config profile.dev.opt-level=1

# The package in host-node: the core with its bindings, and the TypeScript over it.
node: setup $(NODE_MODULES)
	$(SHIPPED) -p slotpipe-node-module
	$(CARGO) run -q -p slotpipe-bind --locked -- $(TARGET)/$(WASM)/wasm/slotpipe_node_module.wasm host-node/dist/bound
	$(WASM_OPT) host-node/dist/bound/core.wasm -o host-node/dist/bound/core.wasm
	cd host-node && npm run --silent build

node-tests: built node newer
	cd host-node && SLOTPIPE_LAB=$(TARGET)/debug/lab SLOTPIPE_PEER=$(TARGET)/debug/peer \
		SLOTPIPE_CONFORMANCE=$(TARGET)/debug/conformance npm test --silent
	node --test tests/bench/node/stats.test.mjs tests/bench/scoreboard/judge.test.mjs

# The peers of `make bench` and `make scoreboard`, and of nothing else.
tests/bench/node_modules/.package-lock.json: tests/bench/package-lock.json | setup-node
	cd tests/bench && npm ci --prefer-offline --no-audit --no-fund
	touch $@

# The compilers and types of the package, in the versions of the lock file; nothing if they are there.
$(NODE_MODULES): host-node/package-lock.json | setup-node
	cd host-node && npm ci --prefer-offline --no-audit --no-fund
	touch $@
