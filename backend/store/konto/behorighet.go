package konto

import (
	"cmp"
	"context"
	"fmt"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// NyttUppdrag ties a user's role, or a client, to an organisation or an insats:
// one of AnvandareID and KlientID, one of OrganisationID and InsatsID.
type NyttUppdrag struct {
	AnvandareID, KlientID    uuid.UUID
	Roll                     register.Roll // MASKIN for a client
	OrganisationID, InsatsID uuid.UUID
	register.Period
}

// GeBehorighet gives a user a role for a period. The rule is register's
// KontrolleraBehorigheter over all that the user holds; a trigger holds the
// same rule against two that race. Refused: 403, 404 no such user, 422 as the
// rule says.
func (k *Konto) GeBehorighet(ctx context.Context, b db.Begaran, ny register.Behorighet) (uuid.UUID, error) {
	var err error
	if ny.ID, err = uuid.NewV7(); err != nil {
		return uuid.Nil, fmt.Errorf("behorighet: id: %w", err)
	}
	a := db.Arende{Handelse: register.HandelseBehorighetGiven, ObjektID: ny.AnvandareID, Detalj: string(ny.Roll), Hinder: hinder(b.Aktor)}
	return db.Andra(ctx, k.DB, b, a, func(tx *db.Tx) (uuid.UUID, error) {
		alla, err := db.Rader[register.Behorighet](tx, `select `+behorighetColumns+` from behorighet where anvandare_id = ? order by giltig_fran`, ny.AnvandareID)
		if err != nil {
			return uuid.Nil, err
		}
		if err := register.KontrolleraBehorigheter(append(alla, ny)); err != nil {
			return uuid.Nil, err
		}
		_, err = db.Kor(tx, `insert into behorighet (id, anvandare_id, roll, giltig_fran, giltig_tom, skapad) values (?, ?, ?, ?, ?, ?)`,
			ny.ID, ny.AnvandareID, ny.Roll, ny.Fran, ny.Tom, tx.Nu)
		return ny.ID, behorighetsfel(err)
	})
}

// behorighetColumns is what a register.Behorighet is read from.
const behorighetColumns = `id, anvandare_id, roll, giltig_fran, giltig_tom`

// constraintRegel is the rule that each constraint holds too, for two that race.
var constraintRegel = map[string]register.Regel{
	"behorighet_overlappar":              register.RegelBehorighetOverlappar,
	"behorighet_utesluter":               register.RegelBehorigheterUtesluter,
	"behorighet_hogst_tva":               register.RegelForMangaBehorigheter,
	"behorighet_hogst_tva_ar":            register.RegelBehorighetForLang,
	"behorighet_slut_efter_start":        register.RegelSlutForeStart,
	"uppdrag_slut_efter_start":           register.RegelSlutForeStart,
	"behorighet_roll_kand":               register.RegelOkandKod,
	"uppdrag_roll_kand":                  register.RegelOkandKod,
	"uppdrag_administrator_organisation": register.RegelOkandKod,
	"uppdrag_klientens_organisation":     register.RegelUppdragUtanforOrganisationen,
	"uppdrag_en_innehavare":              register.RegelUppdragOtydligt,
	"uppdrag_ett_mal":                    register.RegelUppdragOtydligt,
	"uppdrag_finns":                      register.RegelUppdragFinns,
}

// behorighetsfel gives the database's refusals the words of the rule; nil for nil.
func behorighetsfel(err error) error {
	if r, finns := constraintRegel[db.Constraint(err)]; finns {
		nej := register.Ogiltig(r)
		switch r {
		case register.RegelUppdragFinns: // the state forbids it
			nej = register.Konflikt(r)
		case register.RegelOkandKod:
			nej = nej.Med("Behörigheten kan inte ges så.") // the role exists, but not for that
		}
		return nej
	}
	if db.ForeignKey(err) {
		return register.Saknas()
	}
	return err
}

// AvslutaBehorighet ends a role on a day that is not after its last one. An
// earlier day than its first is not possible: block the user instead.
func (k *Konto) AvslutaBehorighet(ctx context.Context, b db.Begaran, id uuid.UUID, tom register.Datum) error {
	return k.avslutaPeriod(ctx, b, register.HandelseBehorighetAvslutad,
		`update behorighet set giltig_tom = ? where id = ? and giltig_tom >= ? returning anvandare_id`, tom, id, tom)
}

// AvslutaUppdrag ends an uppdrag on a day that is not after its last one.
func (k *Konto) AvslutaUppdrag(ctx context.Context, b db.Begaran, id uuid.UUID, tom register.Datum) error {
	_, err := db.Andra(ctx, k.DB, b, db.Arende{Handelse: register.HandelseUppdragAvslutat, Hinder: hinder(b.Aktor)}, func(tx *db.Tx) (uuid.UUID, error) {
		fran, err := db.Rad[register.Datum](tx, `select giltig_fran from uppdrag where id = ? and coalesce(giltig_tom >= ?, true) for update`, id, tom)
		if err == nil && tom.Fore(fran) {
			err = register.Ogiltig(register.RegelSlutForeStart)
		}
		if err != nil {
			return uuid.Nil, err
		}
		innehavare, err := db.Rad[uuid.UUID](tx, `update uppdrag set giltig_tom = ?, version = version + 1 where id = ? returning coalesce(anvandare_id, klient_id)`, tom, id)
		tx.Galler(innehavare, uuid.Nil, uuid.Nil)
		return innehavare, err
	})
	return err
}

func (k *Konto) avslutaPeriod(ctx context.Context, b db.Begaran, h register.Handelse, sats string, varden ...any) error {
	_, err := db.Andra(ctx, k.DB, b, db.Arende{Handelse: h, Hinder: hinder(b.Aktor)}, func(tx *db.Tx) (uuid.UUID, error) {
		innehavare, err := db.Rad[uuid.UUID](tx, sats, varden...)
		tx.Galler(innehavare, uuid.Nil, uuid.Nil)
		return innehavare, behorighetsfel(err)
	})
	return err
}

// GeUppdrag ties a user's role or a client to an organisation or an insats.
// Refused: 403, 404 unknown holder or target, 422 a combination that cannot be.
func (k *Konto) GeUppdrag(ctx context.Context, b db.Begaran, in NyttUppdrag) (uuid.UUID, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, fmt.Errorf("uppdrag: id: %w", err)
	}
	a := db.Arende{Handelse: register.HandelseUppdragGivet, ObjektID: cmp.Or(in.AnvandareID, in.KlientID), OrganisationID: in.OrganisationID,
		InsatsID: in.InsatsID, Detalj: string(in.Roll), Hinder: hinder(b.Aktor)}
	return db.Andra(ctx, k.DB, b, a, func(tx *db.Tx) (uuid.UUID, error) {
		if !in.IOrdning() {
			return uuid.Nil, register.Ogiltig(register.RegelSlutForeStart)
		}
		_, err := db.Kor(tx, `insert into uppdrag (id, anvandare_id, klient_id, roll, organisation_id, insats_id, giltig_fran, giltig_tom, skapad)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			id, db.OrNull(in.AnvandareID), db.OrNull(in.KlientID), in.Roll, db.OrNull(in.OrganisationID), db.OrNull(in.InsatsID), in.Fran, in.Tom, tx.Nu)
		return id, behorighetsfel(err)
	})
}

// Uppdragsrad is one uppdrag as the administration lists it, ended ones too.
type Uppdragsrad struct {
	ID              uuid.UUID
	Roll            register.Roll
	Organisation    string
	Insats          string // "" when it is about the organisation as such
	register.Period `gorm:"embedded"`
}

// Uppdragen lists what a user or a client was ever tied to; logged.
func (k *Konto) Uppdragen(ctx context.Context, b db.Begaran, innehavare uuid.UUID) ([]Uppdragsrad, error) {
	a := db.Arende{Handelse: register.HandelseUppdragListade, ObjektID: innehavare, Hinder: hinder(b.Aktor)}
	return db.Las(ctx, k.DB, b, a, func(tx *db.Tx) ([]Uppdragsrad, error) {
		return db.Rader[Uppdragsrad](tx, `select u.id, u.roll, o.namn as organisation, coalesce(i.namn, '') as insats, u.giltig_fran, u.giltig_tom
			from uppdrag u left join insats i on i.id = u.insats_id
			  join samverkansorganisation o on o.id = coalesce(u.organisation_id, i.organisation_id)
			where u.anvandare_id = ? or u.klient_id = ? order by u.giltig_fran, u.id`, innehavare, innehavare)
	})
}
