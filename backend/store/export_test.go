package store

import (
	"context"

	"sus/backend/register"
	"sus/backend/store/db"
)

// UtanForkontroll is the store with the rule's own look at other deltaganden
// switched off: what is left is the constraints.
func UtanForkontroll(s *Store) *Store {
	kopia := *s
	kopia.utanForkontroll = true
	return &kopia
}

// Rader is the struct by which each table is read and written.
var Rader = map[string]any{
	"kodverk":                register.Kodrad{},
	"kommun":                 register.Kommun{},
	"samverkansorganisation": register.Samverkansorganisation{},
	"myndighet":              register.Myndighet{},
	"insats":                 register.Insats{},
	"samtycke":               register.Samtycke{},
	"identitet":              identitetsrad{},
	"deltagande":             register.Deltagande{},
	"mattillfalle":           mattillfallerad{},
	"anonyma":                register.Anonyma{},
	"anonymaversion":         anonymaversionsrad{},
	"budgetar":               register.Budgetar{},
	"volym":                  register.Volym{},
	"insatsbudget":           register.Insatsbudget{},
	"organisationsbudget":    register.Organisationsbudget{},
	"budgetarshandelse":      register.Budgetarshandelse{},
}

// PersonTables is what GallraFysiskt rewrites.
var PersonTables = personTables

// KorTx runs a statement in a transaction as every use case does.
func KorTx(ctx context.Context, s *Store, sats func(forsok int) string) error {
	n := 0
	_, err := db.Underhall(ctx, s.DB, db.Begaran{}, func(tx *db.Tx) (int, error) {
		n++
		return db.Kor(tx, sats(n))
	})
	return err
}
