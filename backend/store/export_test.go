package store

import "sus/backend/register"

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
	"insats":                 register.Insats{},
	"samtycke":               register.Samtycke{},
	"identitet":              identitetsrad{},
	"deltagande":             register.Deltagande{},
	"mattillfalle":           mattillfallerad{},
	"anonyma":                register.Anonyma{},
	"loggpost":               Loggpost{},
	"loggsigill":             loggsigill{},
}

// PersonTabeller is what GallraFysiskt rewrites.
var PersonTabeller = personTabeller
