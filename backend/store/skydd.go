package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Skyddare is the named system that erases who is protected, whoever asked.
var Skyddare = register.AktorSkydd

// maxNummer is how many numbers of one person are asked about at a time.
const maxNummer = 6

// FragaOmPersonen asks the population register about p, then about each other number
// that the answers name, and does what the answers demand. What it returns is the answer
// about p with the protection of any of them. One that does not come is the error,
// whatever came before: without it nobody knows whether the person is protected. What
// came before is done all the same.
//
// The protected are erased after the last question, not between two: each question has
// its row in the log, and one that came after the erasure would be left beside it.
func (s *Store) FragaOmPersonen(ctx context.Context, p register.Personnummer,
	fraga func(context.Context, register.Personnummer) (register.Folkbokforingspost, error)) (register.Folkbokforingspost, error) {
	svar, nummer, err := s.fragaOmAlla(ctx, p, fraga)
	if svar.ArSkyddad() {
		if err != nil { // perhaps the caller's time is over
			var avbryt context.CancelFunc
			ctx, avbryt = context.WithTimeout(context.WithoutCancel(ctx), raderingstid)
			defer avbryt()
		}
		for _, nr := range nummer {
			_, bort := s.raderaSkyddad(ctx, nr)
			err = errors.Join(err, bort)
		}
	}
	if err != nil {
		return register.Folkbokforingspost{}, err
	}
	return svar, nil
}

// raderingstid is how long an erasure may take when the question after it failed: the
// caller, whose time may be over, is answered within five seconds all the same.
const raderingstid = 900 * time.Millisecond

// fragaOmAlla asks, and links the numbers that each answer names. The answer is as far
// as it came when one does not come.
func (s *Store) fragaOmAlla(ctx context.Context, p register.Personnummer,
	fraga func(context.Context, register.Personnummer) (register.Folkbokforingspost, error)) (svar register.Folkbokforingspost, nummer []register.Personnummer, err error) {
	nummer = []register.Personnummer{p}
	for i := 0; i < len(nummer); i++ {
		post, err := fraga(ctx, nummer[i])
		if err != nil {
			return svar, nummer, err
		}
		if i == 0 {
			svar = post
		}
		svar = svar.MedSkyddAv(post)
		if err := s.sammaPerson(ctx, nummer[i], post); err != nil {
			return svar, nummer, err
		}
		for _, nr := range post.AndraNummer(nummer[i]) {
			if len(nummer) < maxNummer && !slices.Contains(nummer, nr) {
				nummer = append(nummer, nr)
			}
		}
	}
	return svar, nummer, nil
}

// raderaSkyddad erases p's identity in every insats and says in how many samtycken it
// stood.
func (s *Store) raderaSkyddad(ctx context.Context, p register.Personnummer) (antal int, err error) {
	samtycken, err := s.samtyckenAv(ctx, p)
	if err != nil {
		return 0, err
	}
	for _, n := range samtycken {
		en, err := s.gallraEtt(ctx, Skyddare, n, register.HandelseIdentitetRaderadSkydd, skydda)
		if err != nil {
			return antal, err
		}
		antal += en
	}
	return antal, nil
}

// samtyckenAv is every samtycke in which p's identity stands, whatever the insats and
// under whichever of the person's numbers.
func (s *Store) samtyckenAv(ctx context.Context, p register.Personnummer) ([]samtyckesnyckel, error) {
	return db.Rader[samtyckesnyckel](s.Oppet(ctx), `select samtycke_id as id, insats_id from sus_samtycken_av(sus_alla_index(?))`, s.Nycklar().Blindindex(p))
}

// skydda erases who gave a samtycke, as a withdrawal does (raderaIdentitet). What
// hangs on it goes on: an open deltagande keeps its key until the exit, so that the
// person is counted once, and an ended one gets a key that leads to nobody.
//
// The way from the number to the key goes at once, with the last identitet. It would
// lead from a number to the deltaganden of somebody protected, and nobody needs it:
// no consent of hers is accepted while the protection lasts. Should it end while the
// deltagande is open, a new consent makes a person of its own: unika is one more
// then, which is the price of having forgotten.
func skydda(tx *db.Tx, v samtyckesvy) (bool, error) {
	if v.Identitet.Blindindex == nil {
		return false, nil
	}
	tx.Galler(v.Samtycke.ID, v.Samtycke.InsatsID, v.Ram.Organisation.ID)
	// A question of another insats stands beside this erasure in the log.
	if err := tx.RaderaSokningar(v.Samtycke.ID); err != nil {
		return false, err
	}
	if _, err := db.Kor(tx, `update samtycke set skydd_raderad = ?, version = version + 1 where id = ?`, tx.Nu, v.Samtycke.ID); err != nil {
		return false, err
	}
	var ny *register.Deltagande
	if v.deltagande != nil {
		kopia := *v.deltagande
		kopia.Version++
		ny = &kopia
	}
	return true, raderaIdentitet(tx, v, ny)
}
