package storetest

import (
	"os"
	"strconv"
	"testing"
)

// Bevis is how much a long proof does: what `make test` has time for, or with
// SUS_BEVIS set, as `make bevis` does, what makes it a proof.
func Bevis(prov, bevis int) int {
	if os.Getenv("SUS_BEVIS") != "" {
		return bevis
	}
	return prov
}

// Fro is the seed of a test's random data: SUS_FRO where it is set, which `make
// bevis` draws and prints, else the test's own.
func Fro(t testing.TB, egen uint64) uint64 {
	t.Helper()
	if text := os.Getenv("SUS_FRO"); text != "" {
		fro, err := strconv.ParseUint(text, 10, 64)
		if err != nil {
			t.Fatalf("SUS_FRO är inget tal: %v", err)
		}
		egen = fro
	}
	t.Logf("SUS_FRO=%d", egen)
	return egen
}
