# Thin names over script/, which needs no make.
.PHONY: run setup test check format bench
run setup test check format bench:
	@script/$@
