package store

import (
	"bytes"
	"slices"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// personindex is every blind index of the person who has index, that one among them;
// none when it is nil.
func personindex(f db.Fraga, index []byte) ([][]byte, error) {
	return db.Rad[[][]byte](f, `select sus_alla_index(?)`, index)
}

// lockPerson makes whoever registers a samtycke of the same person in the same insats
// wait until this transaction is over. What is read before it may be old.
func lockPerson(tx *db.Tx, insatsID uuid.UUID, index [][]byte) error {
	ordnade := slices.SortedFunc(slices.Values(index), bytes.Compare) // two that lock several never wait for each other
	for _, i := range ordnade {
		if _, err := db.Kor(tx, `select pg_advisory_xact_lock(hashtextextended(?::text || encode(?::bytea, 'hex'), 8))`, insatsID.String(), i); err != nil {
			return err
		}
	}
	return nil
}

// vantande is the person's samtycke in the insats that waits to be used, the one
// registered last.
func vantande(tx *db.Tx, insatsID uuid.UUID, index [][]byte) (register.Samtycke, bool, error) {
	return db.RadOm[register.Samtycke](tx, `select s.* from identitet i join samtycke s on s.id = i.samtycke_id
		where i.blindindex = any(?) and i.insats_id = ? and s.aterkallat is null
			and not exists (select from deltagande d where d.samtycke_id = s.id)
		order by s.registrerat desc, s.id desc limit 1`, index, insatsID)
}
