# Builds dtc. `make help` lists what can be asked for; README.md says what is needed.
#
# Every mode is a folder, build/<mode>/, made by the same rules: MODE=debug (default: -O2 -g),
# release (hardened), asan, cov, clang, fuzz. build/dtc is the default mode's program.
# The project's flags live in DTC_CFLAGS; the user's CFLAGS and LDFLAGS come last and may be empty.

MAKEFLAGS += -rR
.SUFFIXES:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

ifeq ($(filter grouped-target,$(.FEATURES)),)
$(error GNU make 4.3 or newer is needed)
endif

VERSION := 0.1.0
MODE ?= debug
B := build/$(MODE)

# ---------------------------------------------------------------------------------------- tools
# -R takes the built-in values away, so every tool has its own default here.
ifneq ($(filter default undefined,$(origin CC)),)
CC := $(if $(filter clang fuzz,$(MODE)),clang,gcc)
endif
ifneq ($(filter default undefined,$(origin AR)),)
AR := ar
endif
FLEX ?= flex
BISON ?= bison
CFLAGS ?=
LDFLAGS ?=
CJSON_LIBS ?= -lcjson
UTF8PROC_LIBS ?= -lutf8proc
CRITERION_LIBS ?= -lcriterion

PREFIX ?= /usr/local
DESTDIR ?=
PROGRAM ?= dtc
TIME ?= 60s

# ---------------------------------------------------------------------------------------- flags
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wformat=2 -Wundef \
    -Wvla -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wwrite-strings \
    -Wcast-qual -Wcast-align -Wpointer-arith -Wimplicit-fallthrough -Wswitch-enum \
    -Wnull-dereference -Wdouble-promotion
ifneq ($(findstring clang,$(CC)),clang)
WARNINGS += -Wlogical-op -Wduplicated-cond -Wduplicated-branches
endif
# What flex and bison write is not ours to mend.
GENERATED_WARNINGS := -Wno-conversion -Wno-sign-conversion -Wno-switch-enum -Wno-undef \
    -Wno-null-dereference -Wno-cast-qual -Wno-missing-prototypes -Wno-unused-macros \
    -Wno-unused-but-set-variable

MODE_debug := -O2 -g
MODE_release := -O2 -g -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
    -fstack-clash-protection -fPIE
MODE_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
MODE_cov := -O0 -g --coverage -fprofile-abs-path
MODE_clang := -O2 -g
MODE_fuzz := -O1 -g -fsanitize=address,undefined,fuzzer-no-link -fno-sanitize-recover=all \
    -fno-omit-frame-pointer -DFUZZING_BUILD_MODE_UNSAFE_FOR_PRODUCTION
LINK_release := -pie -Wl,-z,relro,-z,now -Wl,-z,noexecstack -Wl,--as-needed
LINK_asan := -fsanitize=address,undefined
LINK_cov := --coverage
LINK_fuzz := -fsanitize=address,undefined
ifeq ($(origin MODE_$(MODE)),undefined)
$(error there is no MODE=$(MODE): debug, release, asan, cov, clang, fuzz)
endif

WERROR ?= $(if $(filter asan clang,$(MODE)),1)
DTC_CFLAGS := -std=c17 -D_POSIX_C_SOURCE=200809L -DDTC_VERSION='"$(VERSION)"' $(WARNINGS) \
    $(if $(WERROR),-Werror) $(MODE_$(MODE)) -ffile-prefix-map=$(CURDIR)=. \
    -Isrc -Igrammar -I$(B)/gen
DTC_LDFLAGS := $(LINK_$(MODE))
LIBS := $(CJSON_LIBS) $(UTF8PROC_LIBS) -ldl -lpthread -lm

COMPILE = $(CC) $(DTC_CFLAGS) $(CFLAGS) -MMD -MP
LINK = $(CC) $(MODE_$(MODE)) $(CFLAGS) $(DTC_LDFLAGS) $(LDFLAGS)

# One line for each step; V=1 shows the commands, make -s nothing.
ifneq ($(V),)
say =
else ifneq ($(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS)))),)
say = @
else
say = @printf '  %-6s %s\n' $(1) '$(2)';
endif

# -------------------------------------------------------------------------------------- sources
SOURCES := $(filter-out src/cli/main.c,$(sort $(wildcard src/*/*.c src/target/*/*.c)))
MAIN := $(wildcard src/cli/main.c)

GEN_SOURCES :=
GEN_HEADERS :=
ifneq ($(wildcard grammar/dtl.y),)
GEN_SOURCES += $(B)/gen/dtl.tab.c
GEN_HEADERS += $(B)/gen/dtl.tab.h
endif
ifneq ($(wildcard grammar/dtl.l),)
GEN_SOURCES += $(B)/gen/dtl.lex.c
GEN_HEADERS += $(B)/gen/dtl.lex.h
endif

# Files that are part of the program (src/base/embed.h).
EXPLAIN := src/diag/errors.md $(sort $(filter-out %/README.md,\
    $(wildcard src/model/*.md src/checks/*.md src/emit/*.md)))
GEN_SOURCES += $(B)/gen/explain_data.c

OBJECTS := $(SOURCES:%.c=$(B)/%.o) $(GEN_SOURCES:.c=.o)
DTC := $(B)/dtc
LIB := $(B)/libdtc.a

# Every folder of C tests is one program, linked with the helpers of tests/support.
TEST_SUPPORT := $(filter-out %/fuzz_main.c,$(sort $(wildcard tests/support/*.c)))
TEST_SUPPORT_OBJECTS := $(TEST_SUPPORT:%.c=$(B)/%.o)
C_SUITES := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard \
    $(foreach s,unit corpus prop fault bench,tests/$(s)/*.c))))))
FUZZERS := $(patsubst tests/fuzz/%.c,$(B)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
# libFuzzer has a main of its own, so that mode builds the fuzz targets alone.
TEST_PROGRAMS := $(if $(filter fuzz,$(MODE)),,$(C_SUITES:%=$(B)/%)) $(FUZZERS)

.PHONY: all
all: $(if $(OBJECTS),$(LIB)) $(if $(MAIN),$(DTC) $(if $(filter debug,$(MODE)),build/dtc)) ## the program, build/dtc (MODE=debug|release|asan|cov|clang|fuzz)

.PHONY: programs
programs: all $(TEST_PROGRAMS) ## the program and the programs of the tests

build/dtc: $(DTC)
	@ln -sf debug/dtc $@

$(DTC): $(B)/src/cli/main.o $(LIB) $(B)/.flags
	$(call say,LINK,$@) $(LINK) -o $@ $< $(LIB) $(LIBS)

# Made anew each time: an object whose source is gone must not stay in it.
$(LIB): $(OBJECTS) $(B)/.objects
	$(call say,AR,$@) rm -f $@ && $(AR) rcsD $@ $(OBJECTS)

$(B)/%.o: %.c $(B)/.flags | $(GEN_HEADERS) tools
	@mkdir -p $(@D)
	$(call say,CC,$<) $(COMPILE) -c -o $@ $<

$(B)/gen/%.o: $(B)/gen/%.c $(B)/.flags | $(GEN_HEADERS)
	$(call say,CC,$<) $(COMPILE) $(GENERATED_WARNINGS) -c -o $@ $<

$(B)/gen/dtl.tab.c $(B)/gen/dtl.tab.h &: grammar/dtl.y | tools
	@mkdir -p $(@D)
	$(call say,BISON,$<) $(BISON) -Wall -Wcounterexamples -Werror \
	    -o $(B)/gen/dtl.tab.c --header=$(B)/gen/dtl.tab.h $<

$(B)/gen/dtl.lex.c $(B)/gen/dtl.lex.h &: grammar/dtl.l | tools
	@mkdir -p $(@D)
	$(call say,FLEX,$<) $(FLEX) -o $(B)/gen/dtl.lex.c --header-file=$(B)/gen/dtl.lex.h $<

$(B)/gen/explain_data.c: $(EXPLAIN) tests/support/embed.awk $(B)/.objects
	@mkdir -p $(@D)
	$(call say,EMBED,$@) LC_ALL=C awk -v table=explain_files -f tests/support/embed.awk \
	    $(EXPLAIN) >$@

# What the build depends on besides files: rewritten only when it changes.
record = @mkdir -p $(@D); printf '%s\n' '$(subst ','\'',$(1))' >$@.new; \
    if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
$(B)/.flags: FORCE
	$(call record,$(CC) $(DTC_CFLAGS) $(CFLAGS) $(DTC_LDFLAGS) $(LDFLAGS) $(LIBS))
$(B)/.objects: FORCE
	$(call record,$(OBJECTS) $(EXPLAIN))
.PHONY: FORCE
FORCE:

# Says which packages are missing instead of letting a compiler say which header is.
.PHONY: tools
tools:
	@tests/support/setup.sh --look build

# ---------------------------------------------------------------------------------------- tests
$(B)/libtest.a: $(TEST_SUPPORT_OBJECTS) $(B)/.objects
	@rm -f $@ && $(AR) rcsD $@ $(TEST_SUPPORT_OBJECTS)

define c_suite
$(B)/$(1): $$(patsubst %.c,$(B)/%.o,$$(sort $$(wildcard tests/$(1)/*.c))) $(B)/libtest.a $(LIB)
	$$(call say,LINK,$$@) $$(LINK) -o $$@ $$(filter %.o,$$^) $(B)/libtest.a $(LIB) \
	    $(if $(filter unit,$(1)),$(CRITERION_LIBS)) $(LIBS)
endef
$(foreach s,$(C_SUITES),$(eval $(call c_suite,$(s))))

# A fuzz target is libFuzzer's in MODE=fuzz; elsewhere a small main feeds it the files it is given.
FUZZ_MAIN := $(if $(filter fuzz,$(MODE)),,$(B)/tests/support/fuzz_main.o)
$(FUZZERS): $(B)/%: $(B)/tests/fuzz/%.o $(FUZZ_MAIN) $(LIB)
	$(call say,LINK,$@) $(LINK) $(if $(filter fuzz,$(MODE)),-fsanitize=fuzzer) -o $@ \
	    $(filter %.o,$^) $(LIB) $(LIBS)

# Set-up and build in one go use every processor, unless a number of jobs was given.
BUILD_ALL = $(MAKE) --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(shell nproc))

.PHONY: setup
setup: ## install what is missing: Debian packages and libduckdb (DUCKDB_LIB=file.so, DUCKDB=no)
	@tests/support/setup.sh

.PHONY: quick
quick: programs ## unit, ui, corpus and tidy tests: under 40 seconds, installs nothing
	@tests/run --build $(B) --tier quick unit ui corpus tidy

.PHONY: check
check: setup ## set up, build, and pass every test: under three minutes
	@$(BUILD_ALL) programs
	@tests/run --build $(B) --tier check

.PHONY: check-all
check-all: setup ## the same under ASan and UBSan, then gcc and clang, full laws, fault tests
	@$(BUILD_ALL) programs
	@$(BUILD_ALL) MODE=asan programs
	@tests/run --build build/asan --tier check --except tidy \
	    --build build/debug --tier all compilers prop fault

.PHONY: bless
bless: programs ## rewrite golden files: make bless SUITE=ui
	@tests/run --build $(B) --tier check --bless $(or $(SUITE),ui)

.PHONY: tidy
tidy: ## the rules of the house: layers, sizes, banned calls, folder lists, codes
	@tests/run --build $(B) --tier check tidy

.PHONY: bench
bench: setup ## measure: scan, parse, resolve, graph, checks, emit; load and refresh
	@$(BUILD_ALL) programs
	@BUILD=$(CURDIR)/$(B) DTC=$(CURDIR)/$(DTC) tests/bench/run

.PHONY: fuzz
fuzz: ## fuzz every target: make fuzz TIME=30m
	@$(BUILD_ALL) MODE=fuzz programs
	@BUILD=$(CURDIR)/build/fuzz TIME=$(TIME) tests/fuzz/run

.PHONY: cov
cov: ## which lines are reached: make cov [SUITE="unit ui"], SUITE=corpus after make fuzz
	@$(BUILD_ALL) MODE=cov programs
	@tests/support/coverage.sh $(SUITE)

.PHONY: demo
demo: ## set up, build, then plan, apply, load and refresh examples/medallion
	@tests/support/setup.sh demo
	@$(BUILD_ALL) MODE=debug all
	@tests/support/demo.sh build/dtc examples/medallion

.PHONY: fmt
fmt: ## lay out the C sources with clang-format
	@clang-format -i $(sort $(wildcard src/*/*.[ch] src/target/*/*.[ch] tests/*/*.[ch]))

# -------------------------------------------------------------------------------------- install
DUCKDB_FILE = $(wildcard $(or $(DUCKDB_LIB),\
    build/npm/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so))
bindir := $(DESTDIR)$(PREFIX)/bin
libdir := $(DESTDIR)$(PREFIX)/lib/dtc
sharedir := $(DESTDIR)$(PREFIX)/share
datadir := $(sharedir)/dtc

# What the program writes about itself (dtc help ...) and where it goes.
MANUAL := $(sharedir)/man/man1/$(PROGRAM).1
BASH_COMPLETION := $(sharedir)/bash-completion/completions/$(PROGRAM)
ZSH_COMPLETION := $(sharedir)/zsh/site-functions/_$(PROGRAM)
FISH_COMPLETION := $(sharedir)/fish/vendor_completions.d/$(PROGRAM).fish
# The renamed command renames itself there too.
written = install -d $(dir $(2)); $(DTC) help $(1) | sed 's/\<dtc\>/$(PROGRAM)/g' >$(2)

.PHONY: install
install: all ## install to PREFIX (/usr/local), below DESTDIR; PROGRAM=name renames the command
	@other=$$(command -v $(PROGRAM)) && [ "$$other" != "$(PREFIX)/bin/$(PROGRAM)" ] && \
	    echo "note: another $(PROGRAM) is on your PATH: $$other (PROGRAM=name installs under another name)"; true
	install -d $(bindir)
	install -m 755 $(DTC) $(bindir)/$(PROGRAM)
	$(call written,--man,$(MANUAL))
	$(call written,--completion bash,$(BASH_COMPLETION))
	$(call written,--completion zsh,$(ZSH_COMPLETION))
	$(call written,--completion fish,$(FISH_COMPLETION))
	$(if $(wildcard stdlib/*.dtl),install -d $(datadir)/stdlib)
	$(if $(wildcard stdlib/*.dtl),install -m 644 $(wildcard stdlib/*.dtl) $(datadir)/stdlib)
	$(if $(DUCKDB_FILE),install -d $(libdir))
	$(if $(DUCKDB_FILE),install -m 755 $(DUCKDB_FILE) $(libdir)/libduckdb.so)

.PHONY: uninstall
uninstall: ## remove what install put there (same PREFIX, DESTDIR and PROGRAM)
	rm -f $(bindir)/$(PROGRAM) $(MANUAL) $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION)
	rm -rf $(libdir) $(datadir)

.PHONY: clean
clean: ## remove what was built; what was fetched or found by fuzzing stays
	@rm -rf $(filter-out build/npm% build/corpus,$(wildcard build/* build/.[!.]*))

.PHONY: help
help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

-include $(shell find $(B) -name '*.d' 2>/dev/null)
