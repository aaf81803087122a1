package register

import (
	"fmt"
	"time"

	"github.com/google/uuid"
)

// Volym is how many took part during a year in an insats that only counts. Each change is
// a new version; the one with the highest number holds.
type Volym struct {
	InsatsID      uuid.UUID `gorm:"primaryKey"`
	Ar            int       `gorm:"primaryKey"`
	Version       int       `gorm:"primaryKey"` // 0: nothing has been said of the year
	AntalKvinnor  int
	AntalMan      int
	UppgiftSaknas int // of whom it is not known which
	Registrerad   time.Time
	RegistreradAv uuid.UUID
}

// Volymuppgifter is the input of saying it.
type Volymuppgifter struct {
	AntalKvinnor, AntalMan, UppgiftSaknas int
}

// MaxVolym is the highest of each count.
const MaxVolym = 1_000_000

// SparaVolym says a year's volym anew. What says the same as before makes no version.
// Refused: an insats that has deltaganden (409 insats-raknar-inte), a closed year (409
// budgetar-stangt), a year outside the insats or to come, and counts out of bounds. Nobody
// at all is a number too.
func SparaVolym(forr Volym, in Volymuppgifter, r Arsram) (Volym, error) {
	if r.Insats.Deltagarregistrering != EndastAntal {
		return forr, Konflikt(RegelInsatsRaknarInte)
	}
	if err := r.oppet(); err != nil {
		return forr, err
	}
	var f felsamling
	f.ar(r)
	f.aretHarBorjat("ar", r, "Volym registreras först när året har börjat.")
	f.raknat("/antalKvinnor", in.AntalKvinnor)
	f.raknat("/antalMan", in.AntalMan)
	f.raknat("/uppgiftSaknas", in.UppgiftSaknas)
	if err := f.err(); err != nil {
		return forr, err
	}
	ny := Volym{r.Insats.ID, r.Ar.Ar, forr.Version + 1, in.AntalKvinnor, in.AntalMan, in.UppgiftSaknas, r.Nu, r.Av}
	if forr.Version > 0 && forr.sager() == in {
		return forr, nil
	}
	return ny, nil
}

func (v Volym) sager() Volymuppgifter {
	return Volymuppgifter{v.AntalKvinnor, v.AntalMan, v.UppgiftSaknas}
}

func (f *felsamling) raknat(pekare string, n int) {
	if n < 0 || n > MaxVolym {
		f.lagg(pekare, RegelUtanforGranser, fmt.Sprintf("Antalet ska vara ett heltal från 0 till %d.", MaxVolym))
	}
}
