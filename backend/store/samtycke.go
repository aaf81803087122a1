package store

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"sus/backend/register"
)

// SamtyckeMedIdentitet is a samtycke and who gave it. Identitet is nil when a
// withdrawal or gallring has erased it, DeltagandeID while there is no deltagande.
type SamtyckeMedIdentitet struct {
	register.Samtycke
	Identitet    *register.Identitet
	DeltagandeID *uuid.UUID
}

// samtyckesrad is the same as one row of the database.
type samtyckesrad struct {
	register.Samtycke
	Identitet    identitetsrad `gorm:"embedded;embeddedPrefix:i_"`
	DeltagandeID *uuid.UUID
}

// Personlage is what an insats holds of a person who still has an identity there.
type Personlage struct {
	Deltaganden []register.Deltagande // the latest first
	Oanvant     *register.Samtycke    // the samtycke that waits for an in-registration, the one registered last
}

// SokDeltagare logs a search for a person in an insats, whatever it finds, and
// returns what the insats holds of the person. Nothing of post, the population
// register's answer, is stored. 404 outside the uppdrag.
func (s *Store) SokDeltagare(ctx context.Context, a register.Aktor, insatsID uuid.UUID, p register.Personnummer,
	post register.Folkbokforingspost) (Personlage, error) {
	if err := s.FarSePersonuppgifter(ctx, a, insatsID); err != nil {
		return Personlage{}, err
	}
	index := s.nycklar.Blindindex(p)
	var svar Personlage
	err := s.tx(ctx, a, func(tx *gorm.DB) error {
		svar = Personlage{}
		if post.Hittad && post.Skydd == register.SkyddInget {
			if err := tx.Raw(`select d.* from identitet i join deltagande d on d.samtycke_id = i.samtycke_id
				where i.blindindex = ? and i.insats_id = ? order by d.startdag desc, d.id`, index, insatsID).Scan(&svar.Deltaganden).Error; err != nil {
				return err
			}
			var c register.Samtycke
			q := tx.Raw(`select s.* from identitet i join samtycke s on s.id = i.samtycke_id
				where i.blindindex = ? and i.insats_id = ? and s.aterkallat is null
					and not exists (select from deltagande d where d.samtycke_id = s.id)
				order by s.registrerat desc, s.id desc limit 1`, index, insatsID).Scan(&c)
			if q.Error != nil {
				return q.Error
			}
			if q.RowsAffected > 0 {
				svar.Oanvant = &c
			}
		}
		return logga(tx, a, s.Nu(), Handelse{Handelse: register.HandelseDeltagareSokt, ObjektID: insatsID, InsatsID: insatsID},
			Loggad{Blindindex: index, InsatsID: insatsID})
	})
	return svar, err
}

// SkapaSamtycke stores a consent with the identity that post gives. Refused by
// register.Samtyck (422, 409), 409 externt-id-upptaget, 404 outside the uppdrag.
func (s *Store) SkapaSamtycke(ctx context.Context, a register.Aktor, in register.NyttSamtycke, post register.Folkbokforingspost, idem *Idempotens,
	svara func(SamtyckeMedIdentitet) (Svar, error)) (Svar, error) {
	if err := s.FarRegistrera(ctx, a, in.InsatsID); err != nil {
		return Svar{}, err
	}
	kodverk, err := s.Kodverk(ctx)
	if err != nil {
		return Svar{}, err
	}
	return s.skapa(ctx, a, idem, func(tx *gorm.DB) (Svar, uuid.UUID, error) {
		r, err := lasRamar(tx, in.InsatsID)
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		c, i, err := register.Samtyck(in, register.Samtyckesfakta{Organisation: r.Organisation, Insats: r.Insats, Post: post,
			Kodverk: kodverk, Nu: s.Nu(), Av: a.ID})
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		if c.ID, err = uuid.NewV7(); err != nil {
			return Svar{}, uuid.Nil, err
		}
		i.SamtyckeID = c.ID
		rad, err := s.nycklar.krypteraIdentitet(i)
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := tx.Exec(`with c as (insert into samtycke (id, insats_id, blankett, datum, sprak, satt, mognad_datum, mognad_vardnadshavare,
				externt_id, registrerat, registrerat_av, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))
			insert into identitet (samtycke_id, insats_id, personnummer, blindindex, namn, kommun, skydd, uppslagen)
			values (?, ?, ?, ?, ?, ?, ?, ?)`,
			c.ID, c.InsatsID, c.Blankett, c.Datum, c.Sprak, c.Satt, c.MognadDatum, c.MognadVardnadshavare,
			c.ExterntID, c.Registrerat, c.RegistreratAv, c.Version,
			rad.SamtyckeID, rad.InsatsID, rad.Personnummer, rad.Blindindex, rad.Namn, rad.Kommun, rad.Skydd, rad.Uppslagen).Error; err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := logga(tx, a, s.Nu(), Handelse{Handelse: register.HandelseSamtyckeSkapat, ObjektID: c.ID, InsatsID: c.InsatsID,
			OrganisationID: r.Organisation.ID, ExterntID: in.ExterntID}, Loggad{SamtyckeID: c.ID, InsatsID: c.InsatsID}); err != nil {
			return Svar{}, uuid.Nil, err
		}
		svar, err := svara(SamtyckeMedIdentitet{Samtycke: c, Identitet: &i})
		return svar, c.ID, err
	})
}

// Samtycke reads a consent with the identity; logged. 404 outside the uppdrag.
func (s *Store) Samtycke(ctx context.Context, a register.Aktor, id uuid.UUID) (SamtyckeMedIdentitet, error) {
	var svar SamtyckeMedIdentitet
	h := Handelse{Handelse: register.HandelseSamtyckeLast, ObjektID: id}
	err := s.tx(ctx, a, func(tx *gorm.DB) error {
		var r samtyckesrad
		q := tx.Raw(`select s.*, `+identitetskolumner+`, d.id as deltagande_id from samtycke s
			left join identitet i on i.samtycke_id = s.id left join deltagande d on d.samtycke_id = s.id
			where s.id = ? and s.insats_id = any(?)`, id, array(a.InsatserMedPersonuppgifter())).Scan(&r)
		if q.Error != nil {
			return q.Error
		}
		if q.RowsAffected == 0 {
			return register.Saknas()
		}
		identitet, err := s.nycklar.dekrypteraIdentitet(r.Identitet)
		if err != nil {
			return err
		}
		svar = SamtyckeMedIdentitet{Samtycke: r.Samtycke, Identitet: identitet, DeltagandeID: r.DeltagandeID}
		h := h
		h.InsatsID = r.InsatsID
		return logga(tx, a, s.Nu(), h, loggade(r.ID, r.InsatsID, identitet)...)
	})
	return svar, s.nekad(ctx, a, h, err)
}

// loggade is the person of a samtycke, none when the identity is erased.
func loggade(samtyckeID, insatsID uuid.UUID, identitet *register.Identitet) []Loggad {
	if identitet == nil {
		return nil
	}
	return []Loggad{{SamtyckeID: samtyckeID, InsatsID: insatsID}}
}

// Uppslag is whom to ask the population register about, and when it was last asked.
type Uppslag struct {
	Personnummer register.Personnummer
	Uppslagen    time.Time
}

// IdentitetsUppslag tells httpapi about whom to ask the population register again,
// when SkrivIn found the stored answer too old; logged. 404 outside the uppdrag or for a
// samtycke of another insats, 409 aterkallat or identitet-borta when the identity
// is erased.
func (s *Store) IdentitetsUppslag(ctx context.Context, a register.Aktor, insatsID, samtyckeID uuid.UUID) (Uppslag, error) {
	if err := s.FarRegistrera(ctx, a, insatsID); err != nil {
		return Uppslag{}, err
	}
	h := Handelse{Handelse: register.HandelseIdentitetUppslagen, ObjektID: samtyckeID, InsatsID: insatsID}
	var r samtyckesrad
	var identitet *register.Identitet
	err := s.tx(ctx, a, func(tx *gorm.DB) error {
		r = samtyckesrad{}
		q := tx.Raw(`select s.*, `+identitetskolumner+` from samtycke s left join identitet i on i.samtycke_id = s.id
			where s.id = ? and s.insats_id = ?`, samtyckeID, insatsID).Scan(&r)
		if q.Error != nil {
			return q.Error
		}
		if q.RowsAffected == 0 {
			return register.Saknas()
		}
		var err error
		if identitet, err = s.nycklar.dekrypteraIdentitet(r.Identitet); err != nil || identitet == nil {
			return err
		}
		return logga(tx, a, s.Nu(), h, loggade(samtyckeID, insatsID, identitet)...)
	})
	switch {
	case err != nil:
		return Uppslag{}, s.nekad(ctx, a, h, err)
	case r.Aterkallat != nil:
		return Uppslag{}, register.Aterkallat()
	case identitet == nil:
		return Uppslag{}, register.IdentitetBorta()
	}
	return Uppslag{Personnummer: identitet.Personnummer, Uppslagen: identitet.Uppslagen}, nil
}

// Aterkalla withdraws a consent for ever and erases who gave it (domain 4): see
// register.Aterkalla for what becomes of the deltagande, raderaIdentitet for what
// is erased. A second time is 409 redan-aterkallat; 404 outside the uppdrag.
func (s *Store) Aterkalla(ctx context.Context, a register.Aktor, samtyckeID uuid.UUID, idem *Idempotens,
	svara func(register.Samtycke, *register.Deltagande) (Svar, error)) (Svar, error) {
	h := Handelse{Handelse: register.HandelseSamtyckeAterkallat, ObjektID: samtyckeID}
	kodverk, err := s.Kodverk(ctx)
	if err != nil {
		return Svar{}, err
	}
	svar, err := s.skapa(ctx, a, idem, func(tx *gorm.DB) (Svar, uuid.UUID, error) {
		v, err := lasSamtycke(tx, samtyckeID)
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		if !a.FarRegistrera(v.Samtycke.InsatsID) {
			return Svar{}, uuid.Nil, register.Saknas()
		}
		fakta := register.Aterkallelsefakta{Samtycke: v.Samtycke, Deltagande: v.deltagande, Insats: v.Ram.Insats, Organisation: v.Ram.Organisation,
			Nu: s.Nu(), Av: a.ID}
		// A number that does not open tells no age; it is withdrawn all the same.
		if i, err := s.nycklar.dekrypteraIdentitet(v.Identitet); err == nil && i != nil {
			fakta.Identitet = *i
		}
		c, d, err := register.Aterkalla(fakta)
		if err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := tx.Exec(`update samtycke set aterkallat = ?, version = ? where id = ?`, c.Aterkallat, c.Version, c.ID).Error; err != nil {
			return Svar{}, uuid.Nil, err
		}
		if err := raderaIdentitet(tx, v, d, kodverk); err != nil {
			return Svar{}, uuid.Nil, err
		}
		h := h
		h.InsatsID, h.OrganisationID = c.InsatsID, v.Ram.Organisation.ID
		// No person stands at this row: the rows about the person are being erased.
		if err := logga(tx, a, s.Nu(), h); err != nil {
			return Svar{}, uuid.Nil, err
		}
		svar, err := svara(c, d)
		return svar, uuid.Nil, err
	})
	return svar, s.nekad(ctx, a, h, err)
}

// samtyckesvy is a locked samtycke with all that hangs on it.
type samtyckesvy struct {
	Samtycke   register.Samtycke `gorm:"embedded;embeddedPrefix:s_"`
	Ram        ramar             `gorm:"embedded"`
	Identitet  identitetsrad     `gorm:"embedded;embeddedPrefix:i_"`
	deltagande *register.Deltagande
}

// lasSamtycke locks the samtycke first and then reads, in a statement of its own,
// what an in-registration that held the lock may just have added. The identity
// stays sealed: erasing it must not hang on a key.
func lasSamtycke(tx *gorm.DB, id uuid.UUID) (samtyckesvy, error) {
	var v samtyckesvy
	q := tx.Raw(`select `+samtyckeskolumner+`, `+registreringskolumner+` from samtycke s join insats n on n.id = s.insats_id
		join samverkansorganisation o on o.id = n.organisation_id where s.id = ? for update of s for key share of n, o`, id).Scan(&v)
	if q.Error != nil {
		return v, q.Error
	}
	if q.RowsAffected == 0 {
		return v, register.Saknas()
	}
	if err := tx.Raw(`select * from identitet where samtycke_id = ?`, id).Scan(&v.Identitet).Error; err != nil {
		return v, err
	}
	var err error
	v.deltagande, err = lasDeltagandeAv(tx, id)
	return v, err
}

// raderaIdentitet erases who gave a samtycke: the identitet, the log's persons and
// the searches of that person in that insats, the reasons given for corrections (free
// text about the person), the stored answers, and the way from the number to the
// person key when no other identitet needs it. The deltagande, if any, becomes ny
// with a key that leads to nobody, in the read model too.
func raderaIdentitet(tx *gorm.DB, v samtyckesvy, ny *register.Deltagande, kodverk register.Kodverk) error {
	id, insats, index := v.Samtycke.ID, v.Samtycke.InsatsID, v.Identitet.Blindindex
	if ny != nil {
		if err := avidentifiera(tx, *v.deltagande, ny, v.Ram, kodverk); err != nil {
			return err
		}
	}
	if err := tx.Exec(`with i as (delete from identitet where samtycke_id = ?),
		l as (delete from loggperson where samtycke_id = ? or blindindex = ? and insats_id = ?),
		m as (update mattillfalle set skal = null where skal is not null and deltagande_id = (select id from deltagande where samtycke_id = ?))
		update idempotens set kropp_hmac = null, svar = null, location = '', etag = '', aterkallat = true where samtycke_id = ?`,
		id, id, index, insats, id, id).Error; err != nil {
		return err
	}
	if index == nil {
		return nil
	}
	return tx.Exec(`select sus_slapp_personnyckel(?)`, bytea(index)).Error
}

// avidentifiera writes the deltagande as a withdrawal leaves it.
func avidentifiera(tx *gorm.DB, forr register.Deltagande, ny *register.Deltagande, r ramar, kodverk register.Kodverk) error {
	var err error
	if ny.Person, err = okopplatPersontal(tx); err != nil {
		return err
	}
	if err := raderaFakta(tx, forr); err != nil {
		return err
	}
	if err := uppdateraDeltagande(tx, ny, forr); err != nil {
		return err
	}
	return skrivFakta(tx, *ny, r.Organisation, r.Insats, kodverk)
}

// nyttPersontal draws a random integer; it says nothing about whom it is given to.
func nyttPersontal() int32 {
	var b [4]byte
	rand.Read(b[:])
	return int32(binary.BigEndian.Uint32(b[:]))
}

// okopplatPersontal takes a number that was never given out and is mapped to nobody.
func okopplatPersontal(tx *gorm.DB) (int32, error) {
	for range 20 {
		tal := nyttPersontal()
		svar := tx.Exec(`insert into persontal (person) values (?) on conflict do nothing`, tal)
		if svar.Error != nil || svar.RowsAffected == 1 {
			return tal, svar.Error
		}
	}
	return 0, errors.New("store: hittar inget ledigt persontal")
}
