package store

import (
	"gorm.io/gorm"

	"sus/backend/register"
)

const skrivFaktIn = `insert into fakt_in (ar, manad, org, insats, fb, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, studier_fore, reg)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

const skrivFaktUt = `insert into fakt_ut (ar, manad, org, insats, fb, fa, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, arbete_efter, studier_fore, studier_efter, orsak, reg)
values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// skrivFakta writes the rows of the read model that d gives, in the
// registration's own transaction and in one statement: none when d is
// felregistrerad, one while it is open, two when it has ended. A deltagande
// that had rows before must have had them removed by raderaFakta first.
func skrivFakta(tx *gorm.DB, d register.Deltagande, org register.Samverkansorganisation, insats register.Insats, kodverk register.Kodverk) error {
	in, ut := register.Faktarader(d, org, insats, kodverk)
	if in == nil {
		return nil
	}
	argument := []any{
		in.Ar, in.Manad, in.Org, in.Insats, in.Fore, in.Kon, in.Alder, in.Kommun, in.Utbildning, in.Person,
		in.Startmanad, in.Bidragsar, in.ArbeteFore, in.StudierFore, in.Reg,
	}
	if ut == nil {
		return tx.Exec(skrivFaktIn, argument...).Error
	}
	argument = append(argument,
		ut.Ar, ut.Manad, ut.Org, ut.Insats, ut.Fore, ut.Efter, ut.Kon, ut.Alder, ut.Kommun, ut.Utbildning, ut.Person,
		ut.Startmanad, ut.Bidragsar, ut.ArbeteFore, ut.ArbeteEfter, ut.StudierFore, ut.StudierEfter, ut.Orsak, ut.Reg)
	return tx.Exec("with faktin as ("+skrivFaktIn+") "+skrivFaktUt, argument...).Error
}

// raderaFakta removes the rows that tidigare, the deltagande as it stood
// before the change, has in the read model. It takes them by year and number,
// so it must be called with the dates that the rows were written with.
func raderaFakta(tx *gorm.DB, tidigare register.Deltagande) error {
	const in = `delete from fakt_in where ar = ? and reg = ?`
	if tidigare.Avslutningsdag == nil {
		return tx.Exec(in, tidigare.Startdag.Ar(), tidigare.Reg).Error
	}
	return tx.Exec("with faktin as ("+in+") delete from fakt_ut where ar = ? and reg = ?",
		tidigare.Startdag.Ar(), tidigare.Reg, tidigare.Avslutningsdag.Ar(), tidigare.Reg).Error
}
