package httpapi

import (
	"maps"
	"slices"
	"testing"

	"sus/backend/store"
)

// TestEverySortKeyIsTheContracts: what a list can be sorted by, and what the contract
// says that it can, both ways.
func TestEverySortKeyIsTheContracts(t *testing.T) {
	operations, err := readOperations(validContract(t))
	must(t, err)
	lists := store.Ordningar()
	for id := range lists {
		if operations[id] == nil {
			t.Errorf("%s is no operation of the contract", id)
		}
	}
	for id, op := range operations {
		i := slices.IndexFunc(op.query, func(p parameter) bool { return p.name == "sort" })
		if i < 0 {
			if len(lists[id].Falt) > 0 {
				t.Errorf("%s can be sorted, but not by the contract", id)
			}
			continue
		}
		var contract, want []string
		for _, v := range op.query[i].schema.Enum {
			contract = append(contract, v.(string))
		}
		for field := range maps.Keys(lists[id].Falt) {
			want = append(want, field, "-"+field)
		}
		slices.Sort(contract)
		slices.Sort(want)
		if !slices.Equal(contract, want) {
			t.Errorf("%s: the contract has %q, the list %q", id, contract, want)
		}
	}
}
