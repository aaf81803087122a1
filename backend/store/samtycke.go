package store

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
	"sus/backend/store/statistik"
)

// Personlage is what an insats holds of a person who still has an identity there.
type Personlage struct {
	Deltaganden []register.Deltagande // the latest first
	Oanvant     *register.Samtycke    // the samtycke that waits for an in-registration, the one registered last
}

// SokDeltagare logs a search for a person in an insats, whatever it finds, and
// returns what the insats holds of the person. Nothing of post, the population
// register's answer, is stored. Who is protected does not stand at the row either: it
// would outlive what the answer has erased, and whom the caller asked about stands at
// the row before the question (BorjaUppslag). 404 outside the uppdrag.
func (s *Store) SokDeltagare(ctx context.Context, b db.Begaran, insatsID uuid.UUID, p register.Personnummer,
	post register.Folkbokforingspost) (Personlage, error) {
	index := s.Nycklar().Blindindex(p)
	a := db.Arende{Handelse: register.HandelseDeltagareSokt, ObjektID: insatsID, InsatsID: insatsID, Hinder: hinder(b.Aktor.FarSePersonuppgifter(insatsID))}
	return db.Las(ctx, s.DB, b, a, func(tx *db.Tx) (Personlage, error) {
		var svar Personlage
		if post.ArSkyddad() {
			return svar, nil
		}
		tx.Om(db.Loggad{Blindindex: index, InsatsID: insatsID})
		if !post.Hittad {
			return svar, nil
		}
		alla, err := personindex(tx, index)
		if err != nil {
			return svar, err
		}
		if svar.Deltaganden, err = db.Rader[register.Deltagande](tx, `select d.* from identitet i join deltagande d on d.samtycke_id = i.samtycke_id
			where i.blindindex = any(?) and i.insats_id = ? order by d.startdag desc, d.id`, alla, insatsID); err != nil {
			return svar, err
		}
		c, finns, err := vantande(tx, insatsID, alla)
		if finns {
			svar.Oanvant = &c
		}
		return svar, err
	})
}

// samtyckesfakta is what the rules of a new samtycke ask of the database. With lock the
// person is locked: what it says of a samtycke that waits then holds to the end of the
// transaction.
func (s *Store) samtyckesfakta(tx *db.Tx, in register.NyttSamtycke, lock bool) (register.Samtyckesfakta, [][]byte, error) {
	fakta := register.Samtyckesfakta{Kodverk: tx.Kodverk, Nu: tx.Nu, Av: tx.Aktor.ID}
	r, err := lasRamar(tx, in.InsatsID)
	if err != nil {
		return fakta, nil, err
	}
	fakta.Organisation, fakta.Insats = r.Organisation, r.Insats
	alla, err := personindex(tx, s.Nycklar().Blindindex(in.Personnummer))
	if err != nil {
		return fakta, nil, err
	}
	if lock {
		if err := lockPerson(tx, in.InsatsID, alla); err != nil {
			return fakta, nil, err
		}
	}
	c, _, err := vantande(tx, in.InsatsID, alla)
	if err != nil {
		return fakta, nil, err
	}
	if !s.utanForkontroll {
		fakta.Vantar = c.ID
	}
	if in.ExterntID != "" {
		fakta.Upptaget, err = db.Rad[bool](tx, `select exists (select from samtycke where registrerat_av = ? and externt_id = ?)`, tx.Aktor.ID, in.ExterntID)
	}
	return fakta, alla, err
}

// ProvaSamtycke is all of SkapaSamtycke that needs nothing of the population register,
// asked before the register is: refused as register.ProvaSamtycke says, logged as of
// SkapaSamtycke. Not nil is the stored answer to the same request: nobody is looked up
// for a replay, and nothing is judged anew. 404 outside the uppdrag.
func (s *Store) ProvaSamtycke(ctx context.Context, b db.Begaran, in register.NyttSamtycke) (*db.Svar, error) {
	a := db.Arende{Handelse: register.HandelseSamtyckeSkapat, InsatsID: in.InsatsID, Hinder: hinder(b.Aktor.FarRegistrera(in.InsatsID))}
	return db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (*db.Svar, error) {
		tx.IngetGjort()
		fakta, _, err := s.samtyckesfakta(tx, in, false)
		if err != nil {
			return nil, err
		}
		nej := register.ProvaSamtycke(in, fakta)
		// Asked last: whoever answered the same request meanwhile has also stored it.
		if tidigare, err := tx.Tidigare(); tidigare != nil || err != nil {
			return tidigare, err
		}
		return nil, nej
	})
}

// SkapaSamtycke stores a consent with the identity that post gives. Refused by
// register.Samtyck (422, 409), and by the constraint with the same words when two race
// for an externtId; 404 outside the uppdrag.
func (s *Store) SkapaSamtycke(ctx context.Context, b db.Begaran, in register.NyttSamtycke, post register.Folkbokforingspost,
	svara func(SamtyckeMedIdentitet) (db.Svar, error)) (db.Svar, error) {
	a := db.Arende{Handelse: register.HandelseSamtyckeSkapat, InsatsID: in.InsatsID, ExterntID: in.ExterntID, Hinder: hinder(b.Aktor.FarRegistrera(in.InsatsID))}
	return db.Skapa(ctx, s.DB, b, a, func(tx *db.Tx) (SamtyckeMedIdentitet, error) {
		fakta, person, err := s.samtyckesfakta(tx, in, true)
		if err != nil {
			return SamtyckeMedIdentitet{}, err
		}
		fakta.Post = post
		c, i, err := register.Samtyck(in, fakta)
		if err != nil {
			return SamtyckeMedIdentitet{}, err
		}
		if c.ID, err = uuid.NewV7(); err != nil {
			return SamtyckeMedIdentitet{}, err
		}
		i.SamtyckeID = c.ID
		rad, err := krypteraIdentitet(s.Nycklar(), i)
		if err != nil {
			return SamtyckeMedIdentitet{}, err
		}
		if _, err = db.Kor(tx, `with c as (insert into samtycke (id, insats_id, blankett, datum, sprak, satt, mognad_datum, mognad_vardnadshavare,
				externt_id, registrerat, registrerat_av, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))
			insert into identitet (samtycke_id, insats_id, personnummer, blindindex, namn, kommun, skydd, uppslagen)
			values (?, ?, ?, ?, ?, ?, ?, ?)`,
			c.ID, c.InsatsID, c.Blankett, c.Datum, c.Sprak, c.Satt, c.MognadDatum, c.MognadVardnadshavare,
			c.ExterntID, c.Registrerat, c.RegistreratAv, c.Version,
			rad.SamtyckeID, rad.InsatsID, rad.Personnummer, rad.Blindindex, rad.Namn, rad.Kommun, rad.Skydd, rad.Uppslagen); err != nil {
			return SamtyckeMedIdentitet{}, err
		}
		tx.Galler(c.ID, c.InsatsID, fakta.Organisation.ID)
		tx.Om(db.Loggad{SamtyckeID: c.ID, InsatsID: c.InsatsID})
		tx.Beror(c.ID)
		if _, err := s.lanka(tx, i.Personnummer, post); err != nil {
			return SamtyckeMedIdentitet{}, err
		}
		return SamtyckeMedIdentitet{Samtycke: c, Identitet: &i}, uppslagLedde(tx, person)
	}, svara)
}

// loggade is the person of a samtycke, none when the identity is erased.
func loggade(samtyckeID, insatsID uuid.UUID, identitet *register.Identitet) []db.Loggad {
	if identitet == nil {
		return nil
	}
	return []db.Loggad{{SamtyckeID: samtyckeID, InsatsID: insatsID}}
}

// Uppslag is whom to ask the population register about, and when it was last asked.
type Uppslag struct {
	Personnummer register.Personnummer
	Uppslagen    time.Time
}

// IdentitetsUppslag tells httpapi about whom to ask the population register again,
// when SkrivIn found the stored answer too old; logged. 404 outside the uppdrag or for a
// samtycke of another insats, 409 aterkallat, skyddade-personuppgifter or
// identitet-borta when the identity is erased.
func (s *Store) IdentitetsUppslag(ctx context.Context, b db.Begaran, insatsID, samtyckeID uuid.UUID) (Uppslag, error) {
	a := db.Arende{Handelse: register.HandelseIdentitetUppslagen, ObjektID: samtyckeID, InsatsID: insatsID, Hinder: hinder(b.Aktor.FarRegistrera(insatsID))}
	// Part of an in-registration: what it refuses is logged as that is.
	return db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (Uppslag, error) {
		r, err := db.Rad[samtyckesrad](tx, `select s.*, `+identitetColumns+` from samtycke s left join identitet i on i.samtycke_id = s.id
			where s.id = ? and s.insats_id = ?`, samtyckeID, insatsID)
		if err != nil {
			return Uppslag{}, err
		}
		identitet, err := dekrypteraIdentitet(s.Nycklar(), r.Identitet)
		switch {
		case err != nil:
			return Uppslag{}, err
		case r.Aterkallat != nil:
			return Uppslag{}, register.Aterkallat()
		case r.SkyddRaderad != nil:
			return Uppslag{}, register.SkyddadePersonuppgifter()
		case identitet == nil:
			return Uppslag{}, register.IdentitetBorta()
		}
		tx.Om(loggade(samtyckeID, insatsID, identitet)...)
		return Uppslag{Personnummer: identitet.Personnummer, Uppslagen: identitet.Uppslagen}, nil
	})
}

// Aterkallad is a samtycke that was withdrawn, and what became of its deltagande;
// nil when it had none.
type Aterkallad struct {
	Samtycke   register.Samtycke
	Deltagande *register.Deltagande
}

// Aterkalla withdraws a consent for ever and erases who gave it (domain 4): see
// register.Aterkalla for what becomes of the deltagande, raderaIdentitet for what
// is erased. A second time is 409 redan-aterkallat; 404 outside the uppdrag.
func (s *Store) Aterkalla(ctx context.Context, b db.Begaran, samtyckeID uuid.UUID, svara func(Aterkallad) (db.Svar, error)) (db.Svar, error) {
	// No person stands at the row: the rows about the person are being erased.
	a := db.Arende{Handelse: register.HandelseSamtyckeAterkallat, ObjektID: samtyckeID, Upprepas: func(tx *db.Tx) error {
		_, err := db.Rad[uuid.UUID](tx, `select id from samtycke where id = ? and insats_id = any(?)`, samtyckeID, tx.Aktor.InsatserMedPersonuppgifter())
		return err
	}}
	return db.Skapa(ctx, s.DB, b, a, func(tx *db.Tx) (Aterkallad, error) {
		return s.aterkalla(tx, samtyckeID, tx.Aktor.FarRegistrera)
	}, svara)
}

// aterkalla withdraws a consent of an insats in which the Aktor may.
func (s *Store) aterkalla(tx *db.Tx, samtyckeID uuid.UUID, far func(insatsID uuid.UUID) bool) (Aterkallad, error) {
	v, err := lasSamtycke(tx, samtyckeID)
	if err != nil {
		return Aterkallad{}, err
	}
	if !far(v.Samtycke.InsatsID) {
		return Aterkallad{}, register.Saknas()
	}
	tx.Galler(samtyckeID, v.Samtycke.InsatsID, v.Ram.Organisation.ID)
	fakta := register.Aterkallelsefakta{Samtycke: v.Samtycke, Deltagande: v.deltagande, Insats: v.Ram.Insats, Organisation: v.Ram.Organisation,
		Kodverk: tx.Kodverk, Nu: tx.Nu, Av: tx.Aktor.ID}
	// A number that does not open tells no age; it is withdrawn all the same.
	if i, err := dekrypteraIdentitet(s.Nycklar(), v.Identitet); err == nil && i != nil {
		fakta.Identitet = *i
	}
	c, d, err := register.Aterkalla(fakta)
	if err != nil {
		return Aterkallad{}, err
	}
	if _, err := db.Kor(tx, `update samtycke set aterkallat = ?, version = ? where id = ?`, c.Aterkallat, c.Version, c.ID); err != nil {
		return Aterkallad{}, err
	}
	return Aterkallad{c, d}, raderaIdentitet(tx, v, d)
}

// samtyckesvy is a locked samtycke with all that hangs on it.
type samtyckesvy struct {
	Samtycke   register.Samtycke `gorm:"embedded;embeddedPrefix:s_"`
	Ram        ramar             `gorm:"embedded"`
	Identitet  identitetsrad     `gorm:"embedded;embeddedPrefix:i_"`
	deltagande *register.Deltagande
	personer   []int32 // the keys of the person: one, or several while a link waits
}

// lasSamtycke locks the samtycke first and then the person's keys, and reads, in a statement of its own,
// what an in-registration that held the lock may just have added. The identity
// stays sealed: erasing it must not hang on a key.
func lasSamtycke(tx *db.Tx, id uuid.UUID) (samtyckesvy, error) {
	v, err := db.Rad[samtyckesvy](tx, `select `+samtyckeColumns+`, `+registreringColumns+` from samtycke s join insats n on n.id = s.insats_id
		join samverkansorganisation o on o.id = n.organisation_id where s.id = ? for update of s for key share of n, o`, id)
	if err != nil {
		return v, err
	}
	if v.personer, err = db.Rad[[]int32](tx, `select sus_lock_person(?)`, id); err != nil {
		return v, err
	}
	if v.Identitet, _, err = db.RadOm[identitetsrad](tx, `select * from identitet where samtycke_id = ?`, id); err != nil {
		return v, err
	}
	v.deltagande, err = lasDeltagandeAv(tx, id)
	return v, err
}

// raderaIdentitet erases who gave a samtycke: the identitet, the log's persons and
// the searches of that person in that insats, the reasons given for corrections (free
// text about the person), the caller's case id (which may hold a name) with its log
// rows', the språk and the assessment of maturity, the stored answers, and the way
// from the number to the person key when no other identitet needs it: the same
// person's other numbers keep theirs. The deltagande, if any, becomes ny with a key
// that leads to nobody, in the read model too; an open one that only loses its name
// keeps its own. A link that waited for it is then made.
func raderaIdentitet(tx *db.Tx, v samtyckesvy, ny *register.Deltagande) error {
	id, insats, index := v.Samtycke.ID, v.Samtycke.InsatsID, v.Identitet.Blindindex
	if ny != nil {
		if err := avidentifiera(tx, *v.deltagande, ny, v.Ram); err != nil {
			return err
		}
	}
	if err := tx.RaderaLoggpersoner(id, insats); err != nil {
		return err
	}
	if _, err := db.Kor(tx, `with i as (delete from identitet where samtycke_id = ?),
		m as (update mattillfalle set skal = null where skal is not null and deltagande_id = (select id from deltagande where samtycke_id = ?)),
		x as (delete from loggexternt where samtycke_id = ?),
		s as (update samtycke set externt_id = null, sprak = null, mognad_datum = null, mognad_vardnadshavare = null where id = ?),
		d as (update deltagande set externt_id = null where samtycke_id = ? and externt_id is not null)
		update idempotens set kropp_hmac = null, svar = null, location = '', etag = '',
			aterkallat = exists (select from samtycke where id = ? and aterkallat is not null) where samtycke_id = ?`,
		id, id, id, id, id, id, id); err != nil {
		return err
	}
	if index != nil {
		if _, err := db.Kor(tx, `select sus_slapp_personnyckel(?)`, index); err != nil {
			return err
		}
	}
	if len(v.personer) < 2 {
		return nil
	}
	return sammanfor(tx, v.personer)
}

// avidentifiera writes the deltagande as a withdrawal leaves it.
func avidentifiera(tx *db.Tx, forr register.Deltagande, ny *register.Deltagande, r ramar) error {
	if !ny.Oppen { // an open one keeps its key until the exit
		if err := kopplaLoss(tx, ny); err != nil {
			return err
		}
	}
	if err := statistik.Radera(tx, forr); err != nil {
		return err
	}
	if err := uppdateraDeltagande(tx, ny, forr); err != nil {
		return err
	}
	return statistik.Skriv(tx, *ny, r.Organisation, r.Insats)
}

// nyttPersontal draws a random integer; it says nothing about whom it is given to.
func nyttPersontal() int32 {
	var b [4]byte
	rand.Read(b[:])
	return int32(binary.BigEndian.Uint32(b[:]))
}

// kopplaLoss gives a deltagande a key that leads to nobody.
func kopplaLoss(tx *db.Tx, ny *register.Deltagande) (err error) {
	ny.Okopplad = true
	ny.Person, err = okopplatPersontal(tx)
	return err
}

// okopplatPersontal takes a number that was never given out and is mapped to nobody.
func okopplatPersontal(tx *db.Tx) (int32, error) {
	for range 20 {
		tal := nyttPersontal()
		n, err := db.Kor(tx, `insert into persontal (person) values (?) on conflict do nothing`, tal)
		if err != nil || n == 1 {
			return tal, err
		}
	}
	return 0, errors.New("store: hittar inget ledigt persontal")
}
