package store

import (
	"context"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// This file knows that several numbers may be one person's: who is which stands in
// personnyckel, and 0010_personnyckel.sql says in which order its rows are locked.

// medNummer chooses the identiteter i of whoever has the number with the blind index ?.
const medNummer = `i.blindindex = any ((select sus_alla_index(?))::bytea[])`

// Sammanforare is the named Aktor that makes one person of two when the population
// register says that they are.
var Sammanforare = register.AktorSammanforing

// sammaPerson does in every insats what post, the population register's answer about
// p, says of other numbers of the same person. One log row when that was not known,
// with everybody it was about.
func (s *Store) sammaPerson(ctx context.Context, p register.Personnummer, post register.Folkbokforingspost) error {
	if len(post.AndraNummer(p)) == 0 {
		return nil
	}
	nummer := s.allaIndex(p, post)
	insatser, err := db.Rader[uuid.UUID](s.Oppet(ctx), `select unnest(sus_personens_insatser(?))`, nummer)
	if err != nil || len(insatser) == 0 {
		return err // nobody of them has a samtycke: nothing is kept of strangers
	}
	_, err = db.Andra(ctx, s.DB, db.Begaran{Aktor: Sammanforare, Insatser: insatser}, db.Arende{Handelse: register.HandelsePersonnyckelSammanford},
		func(tx *db.Tx) (struct{}, error) {
			var inget struct{}
			ny, err := s.lanka(tx, p, post)
			if err != nil {
				return inget, err
			}
			if !ny {
				tx.IngetGjort()
				return inget, nil
			}
			samtycken, err := db.Rader[samtyckesnyckel](tx, `select i.samtycke_id as id, i.insats_id from identitet i where `+medNummer+` order by i.samtycke_id`, nummer[0])
			for _, c := range samtycken {
				tx.Om(db.Loggad{SamtyckeID: c.ID, InsatsID: c.InsatsID})
			}
			return inget, err
		})
	return err
}

// allaIndex is the blind indexes of p and of the numbers that post names.
func (s *Store) allaIndex(p register.Personnummer, post register.Folkbokforingspost) [][]byte {
	nummer := [][]byte{s.Nycklar().Blindindex(p)}
	for _, annat := range post.AndraNummer(p) {
		nummer = append(nummer, s.Nycklar().Blindindex(annat))
	}
	return nummer
}

// lanka gives the numbers of one person one key, in the transaction that learns it; ny
// is false when that was so already. Where both have an open deltagande in one insats
// the two keys wait.
func (s *Store) lanka(tx *db.Tx, p register.Personnummer, post register.Folkbokforingspost) (ny bool, err error) {
	if len(post.AndraNummer(p)) == 0 {
		return false, nil
	}
	nummer := s.allaIndex(p, post)
	nya := make([]int32, len(nummer))
	for i := range nya {
		nya[i] = nyttPersontal()
	}
	personer, err := db.Rad[[]int32](tx, `select sus_lanka(?, ?)`, nummer, nya)
	if err != nil || personer == nil {
		return false, err
	}
	return true, sammanfor(tx, personer)
}

// vantandeNycklar is the keys of the person whose link waits for the deltagande to end,
// locked. They are asked for before it ends: the exit of somebody protected gives it a
// key that leads to nobody, which is not to be joined to the others.
func vantandeNycklar(tx *db.Tx, deltagandeID uuid.UUID) ([]int32, error) {
	return db.Rad[[]int32](tx, `select sus_lock_vantande(?)`, deltagandeID)
}

// sammanfor makes one of the keys of one person, as far as register.Sammanfor lets it.
// They are locked; their deltaganden are locked here.
func sammanfor(tx *db.Tx, personer []int32) error {
	lankar, err := db.Rader[register.Personlank](tx, `select * from sus_lock_oppna(?)`, personer)
	if err != nil {
		return err
	}
	byten, vantar := register.Sammanfor(lankar)
	var fran, till []int32
	for _, b := range byten {
		fran, till = append(fran, b.Fran), append(till, b.Till)
	}
	var insatser, ena, andra []uuid.UUID
	for _, v := range vantar {
		insatser, ena, andra = append(insatser, v.InsatsID), append(ena, v.En), append(andra, v.Annan)
	}
	_, err = db.Kor(tx, `select sus_sammanfor(?, ?, ?, ?, ?, ?)`, personer, ejNil(fran), ejNil(till), ejNil(insatser), ejNil(ena), ejNil(andra))
	return err
}

// ejNil is an empty array to the database where there is nothing, not NULL.
func ejNil[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}
