package store

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"sus/backend/register"
)

// ErrInaktuellt asks the caller of SkrivIn to ask the population register again:
// the stored answer is older than Options.Farskhet. Nothing was stored.
var ErrInaktuellt = errors.New("folkbokföringens svar är för gammalt")

// SkrivIn registers a deltagande on a samtycke. ny is the population register's
// answer, asked again after this returned ErrInaktuellt (IdentitetsUppslag says
// about whom); nil when the stored answer is to do.
// Refused by register.SkrivIn (422, 409), and by the constraints with the same
// words when two race; 404 outside the uppdrag or for an unknown samtycke.
func (s *Store) SkrivIn(ctx context.Context, a register.Aktor, in register.Inregistrering, ny *register.Folkbokforingspost, idem *Idempotens,
	svara func(register.Deltagande) (Svar, error)) (Svar, error) {
	if err := s.FarRegistrera(ctx, a, in.InsatsID); err != nil {
		return Svar{}, err
	}
	kodverk, err := s.Kodverk(ctx)
	if err != nil {
		return Svar{}, err
	}
	svar, err := s.skapa(ctx, a, idem, func(tx *gorm.DB) (Svar, uuid.UUID, error) {
		v, err := s.lasInfakta(tx, in)
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		fakta := register.Registreringsfakta{Organisation: v.Ram.Organisation, Insats: v.Ram.Insats, Samtycke: v.Samtycke, Kodverk: kodverk,
			Nu: s.Nu(), Av: a.ID, HarOppen: v.HarOppen && !s.utanForkontroll, SamtyckeAnvant: v.Anvant && !s.utanForkontroll}
		if v.identitet != nil {
			fakta.Identitet = *v.identitet
		}
		if ny == nil && v.identitet != nil && s.Nu().Sub(v.identitet.Uppslagen) > s.farskhet {
			return Svar{}, uuid.Nil, ErrInaktuellt
		}
		if ny != nil && v.identitet != nil {
			if fakta.Identitet, err = s.uppdateraIdentitet(tx, *v.identitet, *ny); err != nil {
				return Svar{}, uuid.Nil, err
			}
		}
		d, err := register.SkrivIn(in, fakta)
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := skrivDeltagande(tx, &d); err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := skrivFakta(tx, d, v.Ram.Organisation, v.Ram.Insats, kodverk); err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := logga(tx, a, s.Nu(), Handelse{Handelse: register.HandelseDeltagandeInskrivet, ObjektID: d.ID, InsatsID: d.InsatsID,
			OrganisationID: v.Ram.Organisation.ID, ExterntID: in.ExterntID}, Loggad{SamtyckeID: d.SamtyckeID, InsatsID: d.InsatsID}); err != nil {
			return Svar{}, uuid.Nil, err
		}
		svar, err := svara(d)
		return svar, d.SamtyckeID, err
	})
	if err != nil && ny != nil && ny.Skydd != register.SkyddInget && ny.Hittad {
		// What is stored was written before the protection: it may not stay.
		if bort := s.raderaSkyddad(ctx, a, in.SamtyckeID, kodverk); bort != nil {
			return svar, bort
		}
	}
	return svar, s.nekad(ctx, a, Handelse{Handelse: register.HandelseDeltagandeInskrivet, InsatsID: in.InsatsID, Detalj: in.SamtyckeID.String()}, err)
}

// infakta is all that the rule of in-registration asks of the database, in one row.
type infakta struct {
	Samtycke  register.Samtycke `gorm:"embedded;embeddedPrefix:s_"`
	Ram       ramar             `gorm:"embedded"`
	Identitet identitetsrad     `gorm:"embedded;embeddedPrefix:i_"`
	Anvant    bool
	HarOppen  bool
	identitet *register.Identitet
}

// lasInfakta locks the samtycke, and insats and organisation against a change of
// dates. When it had to wait for the lock, what it says of the identity and of
// other deltaganden is what stood before: skrivDeltagande and the constraints are
// the guard.
func (s *Store) lasInfakta(tx *gorm.DB, in register.Inregistrering) (infakta, error) {
	var v infakta
	q := tx.Raw(`select `+samtyckeskolumner+`, `+registreringskolumner+`, `+identitetskolumner+`,
		exists (select from deltagande d where d.samtycke_id = s.id) as anvant,
		exists (select from personnyckel p join deltagande d on d.person = p.person
			where p.blindindex = i.blindindex and d.insats_id = s.insats_id and d.oppen) as har_oppen
		from samtycke s join insats n on n.id = s.insats_id join samverkansorganisation o on o.id = n.organisation_id
		left join identitet i on i.samtycke_id = s.id
		where s.id = ? and s.insats_id = ? for update of s for key share of n, o`, in.SamtyckeID, in.InsatsID).Scan(&v)
	if q.Error != nil {
		return v, q.Error
	}
	if q.RowsAffected == 0 {
		return v, register.Saknas()
	}
	var err error
	v.identitet, err = s.nycklar.dekrypteraIdentitet(v.Identitet)
	return v, err
}

// uppdateraIdentitet keeps what the population register says now. Someone it no
// longer finds keeps the name and kommun of the last answer.
func (s *Store) uppdateraIdentitet(tx *gorm.DB, i register.Identitet, post register.Folkbokforingspost) (register.Identitet, error) {
	i.Uppslagen = post.Uppslagen
	if post.Hittad {
		i.Skydd = post.Skydd
		if post.Skydd == register.SkyddInget && !post.Avregistrerad {
			i.Namn, i.Kommun = post.Namn, post.Kommun
		}
	}
	if i.Skydd != register.SkyddInget {
		return i, nil // refused: nothing is stored
	}
	rad, err := s.nycklar.krypteraIdentitet(i)
	if err != nil {
		return i, err
	}
	return i, tx.Exec(`update identitet set namn = ?, kommun = ?, skydd = ?, uppslagen = ? where samtycke_id = ?`,
		rad.Namn, rad.Kommun, rad.Skydd, rad.Uppslagen, rad.SamtyckeID).Error
}

// skrivDeltagande inserts d with its in-registration and gives it the key of the
// person, all in one statement: the key's row is locked by it, which orders this
// against a withdrawal that would let the key go. The key is that of the identitet
// as it stands now: one that was erased while we waited for the samtycke is 409
// identitet-borta, and no key is made for it.
func skrivDeltagande(tx *gorm.DB, d *register.Deltagande) error {
	var err error
	if d.ID, err = uuid.NewV7(); err != nil {
		return err
	}
	matning, err := nyttMattillfalle(&d.In, *d)
	if err != nil {
		return err
	}
	var svar struct{ Reg, Person int32 }
	varden := append([]any{nyttPersontal(), d.SamtyckeID, d.ID, d.InsatsID, d.SamtyckeID, d.Startdag, d.ExterntID, d.Skapad, d.SkapadAv, d.Version}, matning...)
	q := tx.Raw(`with p as (insert into personnyckel (blindindex, person) select i.blindindex, ? from identitet i where i.samtycke_id = ?
			on conflict (blindindex) do update set blindindex = excluded.blindindex returning person),
		d as (insert into deltagande (id, insats_id, samtycke_id, person, startdag, oppen, felregistrerad, externt_id, skapad, skapad_av, version)
			select ?, ?, ?, p.person, ?, true, false, ?, ?, ?, ? from p returning reg, person),
		m as (insert into mattillfalle (`+mattillfallekolumner+`) select `+mattillfalleplatser+` from d)
		select reg, person from d`, varden...).Scan(&svar)
	if q.Error == nil && q.RowsAffected == 0 {
		return register.IdentitetBorta()
	}
	d.Reg, d.Person = svar.Reg, svar.Person
	return q.Error
}

// uppdateraDeltagande writes d over forr, with a new version of each measurement
// that has one.
func uppdateraDeltagande(tx *gorm.DB, d *register.Deltagande, forr register.Deltagande) error {
	var matning []any
	var err error
	switch {
	case d.Ut != nil && (forr.Ut == nil || d.Ut.Version != forr.Ut.Version):
		matning, err = nyttMattillfalle(d.Ut, *d)
	case d.In.Version != forr.In.Version:
		matning, err = nyttMattillfalle(&d.In, *d)
	}
	if err != nil {
		return err
	}
	const andra = `update deltagande set person = ?, startdag = ?, avslutningsdag = ?, oppen = ?, felregistrerad = ?, version = ? where id = ?`
	varden := []any{d.Person, d.Startdag, d.Avslutningsdag, d.Oppen, d.Felregistrerad, d.Version, d.ID}
	if matning == nil {
		return tx.Exec(andra, varden...).Error
	}
	return tx.Exec(`with m as (insert into mattillfalle (`+mattillfallekolumner+`) values (`+mattillfalleplatser+`)) `+andra,
		append(matning, varden...)...).Error
}

// deltagandevy is a locked deltagande with all that its rules ask.
type deltagandevy struct {
	Deltagande register.Deltagande `gorm:"embedded;embeddedPrefix:d_"`
	Samtycke   register.Samtycke   `gorm:"embedded;embeddedPrefix:s_"`
	Ram        ramar               `gorm:"embedded"`
}

var deltagandekolumner = kolumner("d", "d_", "id", "reg", "insats_id", "samtycke_id", "person", "startdag", "avslutningsdag", "oppen",
	"felregistrerad", "externt_id", "skapad", "skapad_av", "version")

// lasForAndring locks the deltagande after its samtycke and then reads the
// measurements and the identity in statements of their own, since whoever held
// the lock may have changed them.
func (s *Store) lasForAndring(tx *gorm.DB, a register.Aktor, id uuid.UUID) (register.Deltagande, register.Registreringsfakta, error) {
	var v deltagandevy
	q := tx.Raw(`select `+deltagandekolumner+`, `+samtyckeskolumner+`, `+registreringskolumner+` from deltagande d
		join samtycke s on s.id = d.samtycke_id join insats n on n.id = d.insats_id join samverkansorganisation o on o.id = n.organisation_id
		where d.id = ? and d.insats_id = any(?) for update of s, d for key share of n, o`,
		id, array(a.InsatserMedPersonuppgifter())).Scan(&v)
	fakta := register.Registreringsfakta{Organisation: v.Ram.Organisation, Insats: v.Ram.Insats, Samtycke: v.Samtycke, Nu: s.Nu(), Av: a.ID, AngerDagar: s.angerDagar}
	if q.Error != nil {
		return v.Deltagande, fakta, q.Error
	}
	if q.RowsAffected == 0 || !a.FarRegistrera(v.Deltagande.InsatsID) {
		return v.Deltagande, fakta, register.Saknas()
	}
	if err := lasMattillfallen(tx, &v.Deltagande); err != nil {
		return v.Deltagande, fakta, err
	}
	var r identitetsrad
	if err := tx.Raw(`select * from identitet where samtycke_id = ?`, v.Samtycke.ID).Scan(&r).Error; err != nil {
		return v.Deltagande, fakta, err
	}
	identitet, err := s.nycklar.dekrypteraIdentitet(r)
	if identitet != nil {
		fakta.Identitet = *identitet
	}
	return v.Deltagande, fakta, err
}

// lasMattillfallen fills d with the latest version of each measurement.
func lasMattillfallen(tx *gorm.DB, d *register.Deltagande) error {
	var rader []mattillfallerad
	if err := tx.Raw(`select distinct on (typ) * from mattillfalle where deltagande_id = ? order by typ, version desc`, d.ID).Scan(&rader).Error; err != nil {
		return err
	}
	for _, r := range rader {
		m := r.hel()
		if m.Typ == register.MatningIn {
			d.In = m
		} else {
			d.Ut = &m
		}
	}
	return nil
}

// lasDeltagandeAv locks and reads the deltagande of a samtycke, nil when there is none.
func lasDeltagandeAv(tx *gorm.DB, samtyckeID uuid.UUID) (*register.Deltagande, error) {
	var d register.Deltagande
	q := tx.Raw(`select * from deltagande where samtycke_id = ? for update`, samtyckeID).Scan(&d)
	if q.Error != nil || q.RowsAffected == 0 {
		return nil, q.Error
	}
	return &d, lasMattillfallen(tx, &d)
}

// SkrivUt registers the exit of an open deltagande. Refused by register.SkrivUt
// (422; 409 aterkallat, redan-avslutat); 404 outside the uppdrag.
func (s *Store) SkrivUt(ctx context.Context, a register.Aktor, id uuid.UUID, ut register.Utregistrering, idem *Idempotens,
	svara func(register.Deltagande) (Svar, error)) (Svar, error) {
	h := Handelse{Handelse: register.HandelseDeltagandeUtskrivet, ObjektID: id}
	kodverk, err := s.Kodverk(ctx)
	if err != nil {
		return Svar{}, err
	}
	svar, err := s.skapa(ctx, a, idem, func(tx *gorm.DB) (Svar, uuid.UUID, error) {
		ny, err := s.andra(tx, a, id, h, kodverk, func(d register.Deltagande, fakta register.Registreringsfakta) (register.Deltagande, error) {
			return register.SkrivUt(d, ut, fakta)
		})
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		svar, err := svara(ny)
		return svar, ny.SamtyckeID, err
	})
	return svar, s.nekad(ctx, a, h, err)
}

// RattaIn corrects an in-registration: a new version with the reason. Refused by
// register.RattaIn, 412 foraldrad when version is not the present one, 404
// outside the uppdrag.
func (s *Store) RattaIn(ctx context.Context, a register.Aktor, id uuid.UUID, version int, in register.Inregistrering, skal string) (register.Deltagande, error) {
	return s.ratta(ctx, a, id, version, register.HandelseInregistreringRattad, func(d register.Deltagande, fakta register.Registreringsfakta) (register.Deltagande, error) {
		return register.RattaIn(d, in, skal, fakta)
	})
}

// RattaUt corrects an out-registration; as RattaIn.
func (s *Store) RattaUt(ctx context.Context, a register.Aktor, id uuid.UUID, version int, ut register.Utregistrering, skal string) (register.Deltagande, error) {
	return s.ratta(ctx, a, id, version, register.HandelseUtregistreringRattad, func(d register.Deltagande, fakta register.Registreringsfakta) (register.Deltagande, error) {
		return register.RattaUt(d, ut, skal, fakta)
	})
}

type andring func(register.Deltagande, register.Registreringsfakta) (register.Deltagande, error)

func (s *Store) ratta(ctx context.Context, a register.Aktor, id uuid.UUID, version int, handelse register.Handelse, regel andring) (register.Deltagande, error) {
	h := Handelse{Handelse: handelse, ObjektID: id}
	kodverk, err := s.Kodverk(ctx)
	if err != nil {
		return register.Deltagande{}, err
	}
	var ny register.Deltagande
	err = s.tx(ctx, a, func(tx *gorm.DB) (err error) {
		ny, err = s.andra(tx, a, id, h, kodverk, func(d register.Deltagande, fakta register.Registreringsfakta) (register.Deltagande, error) {
			if d.Version != version {
				return d, register.Foraldrad()
			}
			return regel(d, fakta)
		})
		return err
	})
	return ny, s.nekad(ctx, a, h, err)
}

// andra loads, lets regel decide, and saves: the deltagande, the new version of a
// measurement, the read model's rows and the log row.
func (s *Store) andra(tx *gorm.DB, a register.Aktor, id uuid.UUID, h Handelse, kodverk register.Kodverk, regel andring) (register.Deltagande, error) {
	forr, fakta, err := s.lasForAndring(tx, a, id)
	if err != nil {
		return forr, err
	}
	fakta.Kodverk = kodverk
	ny, err := regel(forr, fakta)
	if err != nil {
		return forr, err
	}
	if err := raderaFakta(tx, forr); err != nil {
		return ny, err
	}
	if err := uppdateraDeltagande(tx, &ny, forr); err != nil {
		return ny, err
	}
	if err := skrivFakta(tx, ny, fakta.Organisation, fakta.Insats, kodverk); err != nil {
		return ny, err
	}
	h.InsatsID, h.OrganisationID = ny.InsatsID, fakta.Organisation.ID
	return ny, logga(tx, a, s.Nu(), h, Loggad{SamtyckeID: ny.SamtyckeID, InsatsID: ny.InsatsID})
}

// DeltagandeMedIdentitet is a deltagande and whose it is. Identitet is nil when a
// withdrawal or gallring has erased it.
type DeltagandeMedIdentitet struct {
	register.Deltagande
	Identitet *register.Identitet
}

// Deltagande reads one deltagande with identity; logged. 404 outside the uppdrag.
func (s *Store) Deltagande(ctx context.Context, a register.Aktor, id uuid.UUID) (DeltagandeMedIdentitet, error) {
	var svar DeltagandeMedIdentitet
	h := Handelse{Handelse: register.HandelseDeltagandeLast, ObjektID: id}
	err := s.tx(ctx, a, func(tx *gorm.DB) error {
		rader, err := s.lasDeltaganden(tx, `select `+lasDeltagandekolumner+` from deltagande d`+lasDeltagandeJoin+
			` where d.id = ? and d.insats_id = any(?)`, id, a.InsatserMedPersonuppgifter())
		if err != nil {
			return err
		}
		if len(rader) == 0 {
			return register.Saknas()
		}
		svar = rader[0]
		h := h
		h.InsatsID = svar.InsatsID
		return logga(tx, a, s.Nu(), h, loggade(svar.SamtyckeID, svar.InsatsID, svar.Identitet)...)
	})
	return svar, s.nekad(ctx, a, h, err)
}

// DeltagandeFilter chooses deltaganden of an insats; a zero field chooses all.
type DeltagandeFilter struct {
	Status                     register.Deltagandestatus
	StartdagFran, StartdagTill *register.Datum
}

// status chooses deltaganden d in one state; "" chooses all.
func (v *villkor) status(status register.Deltagandestatus) {
	v.om(status == register.StatusPagaende, "d.oppen")
	v.om(status == register.StatusAvslutad, "not d.oppen and not d.felregistrerad")
	v.om(status == register.StatusFelregistrerad, "d.felregistrerad")
}

var deltagandeordning = map[string]string{"startdag": "d.startdag", "avslutningsdag": "d.avslutningsdag"}

// Deltaganden lists an insats's deltaganden with identity, and says how many the
// filter matches. One log row, with as many persons as were shown. 404 outside
// the uppdrag.
func (s *Store) Deltaganden(ctx context.Context, a register.Aktor, insatsID uuid.UUID, f DeltagandeFilter, sida Sida) ([]DeltagandeMedIdentitet, int, error) {
	if err := s.FarSePersonuppgifter(ctx, a, insatsID); err != nil {
		return nil, 0, err
	}
	ordning, err := sida.ordning(deltagandeordning, "startdag", "d.id")
	if err != nil {
		return nil, 0, err
	}
	var v villkor
	v.om(true, "d.insats_id = ?", insatsID)
	v.status(f.Status)
	v.om(f.StartdagFran != nil, "d.startdag >= ?", f.StartdagFran)
	v.om(f.StartdagTill != nil, "d.startdag <= ?", f.StartdagTill)
	var svar []DeltagandeMedIdentitet
	var antal int
	err = s.tx(ctx, a, func(tx *gorm.DB) error {
		if err := sidanMed(tx, lasDeltagandekolumner, "deltagande d", lasDeltagandeJoin, v, ordning, sida, &antal,
			func(fraga string, varden ...any) (_ int, err error) {
				svar, err = s.lasDeltaganden(tx, fraga, varden...)
				return len(svar), err
			}); err != nil {
			return err
		}
		personer := make([]Loggad, 0, len(svar))
		for _, d := range svar {
			personer = append(personer, loggade(d.SamtyckeID, d.InsatsID, d.Identitet)...)
		}
		return logga(tx, a, s.Nu(), Handelse{Handelse: register.HandelseDeltagandenListade, ObjektID: insatsID, InsatsID: insatsID}, personer...)
	})
	return svar, antal, err
}

// Versioner lists every version of a deltagande's measurements, in-registrations
// first, oldest first; logged. 404 outside the uppdrag.
func (s *Store) Versioner(ctx context.Context, a register.Aktor, id uuid.UUID) ([]register.Mattillfalle, error) {
	var svar []register.Mattillfalle
	h := Handelse{Handelse: register.HandelseVersionerLasta, ObjektID: id}
	err := s.tx(ctx, a, func(tx *gorm.DB) error {
		svar = nil
		var rader []mattillfallerad
		if err := tx.Raw(`select m.* from mattillfalle m where m.deltagande_id = ? and m.insats_id = any(?) order by m.typ, m.version`,
			id, array(a.InsatserMedPersonuppgifter())).Scan(&rader).Error; err != nil {
			return err
		}
		if len(rader) == 0 {
			return register.Saknas()
		}
		for _, r := range rader {
			svar = append(svar, r.hel())
		}
		var personer []Loggad
		if err := tx.Raw(`select i.samtycke_id, i.insats_id from deltagande d join identitet i on i.samtycke_id = d.samtycke_id where d.id = ?`, id).
			Scan(&personer).Error; err != nil {
			return err
		}
		h := h
		h.InsatsID = rader[0].InsatsID
		return logga(tx, a, s.Nu(), h, personer...)
	})
	return svar, s.nekad(ctx, a, h, err)
}
