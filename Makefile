# Thin names over script/, which needs no make.
.PHONY: run setup test check format bench audit
run setup test check format bench audit:
	@script/$@
