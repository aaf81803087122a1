//go:build bevis

package main

import (
	"testing"
	"time"

	"sus/backend/store/storetest"
)

// The floor is measured by hand now and then: that it still does what SUS does, on the
// database as it is now, is asked here.
func TestTheFloorDoesWhatSUSDoes(t *testing.T) {
	t.Chdir("../..")
	v := val{tid: 200 * time.Millisecond, uppvarmning: 100 * time.Millisecond, omgangar: 1, connections: 4, inskrivningar: storetest.Bevis(50, 200)}
	if err := kor(t.Context(), v); err != nil {
		t.Fatal(err)
	}
}
