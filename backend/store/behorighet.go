package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"sus/backend/register"
)

// NyttUppdrag ties a user's role, or a client, to an organisation or an insats:
// one of AnvandareID and KlientID, one of OrganisationID and InsatsID.
type NyttUppdrag struct {
	AnvandareID, KlientID    uuid.UUID
	Roll                     register.Roll // MASKIN for a client
	OrganisationID, InsatsID uuid.UUID
	Fran                     register.Datum
	Till                     *register.Datum // nil: until further notice
}

// GeBehorighet gives a user a role for a period. The rule is register's
// KontrolleraBehorigheter over all that the user holds; a trigger holds the
// same rule against two that race. Refused: 403, 404 no such user, 422 as the
// rule says.
func (s *Store) GeBehorighet(ctx context.Context, a register.Aktor, b register.Behorighet) (uuid.UUID, error) {
	if err := farAdministrera(a); err != nil {
		return uuid.Nil, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, fmt.Errorf("behorighet: id: %w", err)
	}
	b.ID = id
	nu := s.Nu()
	err = s.txFri(ctx, func(tx *gorm.DB) error {
		var alla []register.Behorighet
		if err := tx.Raw(`select id, anvandare_id, roll, giltig_fran, giltig_till as giltig_tom from behorighet where anvandare_id = ? order by giltig_fran`,
			b.AnvandareID).Scan(&alla).Error; err != nil {
			return err
		}
		if err := register.KontrolleraBehorigheter(append(alla, b)); err != nil {
			return err
		}
		r := tx.Exec(`insert into behorighet (id, anvandare_id, roll, giltig_fran, giltig_till, skapad) values (?, ?, ?, ?, ?, ?)`,
			b.ID, b.AnvandareID, b.Roll, b.Fran, b.Tom, nu)
		if r.Error != nil {
			return behorighetsfel(r.Error)
		}
		return logga(tx, a, nu, Handelse{Handelse: register.HandelseBehorighetGiven, ObjektID: b.AnvandareID, Detalj: string(b.Roll)})
	})
	return id, err
}

// behorighetsfel gives the database's refusals the rule that they stand for.
func behorighetsfel(err error) error {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return err
	}
	switch pg.ConstraintName {
	case "behorighet_overlappar":
		return register.Ogiltig(register.RegelBehorighetOverlappar)
	case "behorighet_utesluter":
		return register.Ogiltig(register.RegelBehorigheterUtesluter)
	case "behorighet_hogst_tva":
		return register.Ogiltig(register.RegelForMangaBehorigheter)
	case "behorighet_hogst_tva_ar":
		return register.Ogiltig(register.RegelBehorighetForLang)
	case "behorighet_slut_efter_start", "uppdrag_slut_efter_start":
		return register.Ogiltig(register.RegelSlutForeStart)
	case "behorighet_roll_kand", "uppdrag_roll_kand", "uppdrag_administrator_organisation":
		return register.Ogiltig(register.RegelOkandKod).Med("Behörigheten kan inte ges så.")
	case "uppdrag_klientens_organisation":
		return register.Ogiltig(register.RegelUppdragUtanforOrganisationen)
	case "uppdrag_en_innehavare", "uppdrag_ett_mal":
		return register.Ogiltig(register.RegelUppdragOtydligt)
	}
	const foreignKeyViolation = "23503"
	if pg.Code == foreignKeyViolation {
		return register.Saknas()
	}
	return err
}

// AvslutaBehorighet ends a role on a day that is not after its last one. An
// earlier day than its first is not possible: block the user instead.
func (s *Store) AvslutaBehorighet(ctx context.Context, a register.Aktor, id uuid.UUID, tom register.Datum) error {
	return s.avslutaPeriod(ctx, a, `update behorighet set giltig_till = ? where id = ? and giltig_till >= ? returning anvandare_id`,
		register.HandelseBehorighetAvslutad, id, tom)
}

// AvslutaUppdrag ends an uppdrag on a day that is not after its last one.
func (s *Store) AvslutaUppdrag(ctx context.Context, a register.Aktor, id uuid.UUID, tom register.Datum) error {
	return s.avslutaPeriod(ctx, a, `update uppdrag set giltig_till = ? where id = ? and coalesce(giltig_till >= ?, true)
		returning coalesce(anvandare_id, klient_id)`, register.HandelseUppdragAvslutat, id, tom)
}

func (s *Store) avslutaPeriod(ctx context.Context, a register.Aktor, sql string, handelse register.Handelse, id uuid.UUID, tom register.Datum) error {
	if err := farAdministrera(a); err != nil {
		return err
	}
	nu := s.Nu()
	return s.txFri(ctx, func(tx *gorm.DB) error {
		var innehavare uuid.UUID
		fanns, err := enRad(tx.Raw(sql, tom, id, tom), &innehavare)
		if err != nil {
			return behorighetsfel(err)
		}
		if !fanns {
			return register.Saknas()
		}
		return logga(tx, a, nu, Handelse{Handelse: handelse, ObjektID: innehavare})
	})
}

// GeUppdrag ties a user's role or a client to an organisation or an insats.
// Refused: 403, 404 unknown holder or target, 422 a combination that cannot be.
func (s *Store) GeUppdrag(ctx context.Context, a register.Aktor, in NyttUppdrag) (uuid.UUID, error) {
	if err := farAdministrera(a); err != nil {
		return uuid.Nil, err
	}
	id, err := uuid.NewV7()
	if err != nil {
		return uuid.Nil, fmt.Errorf("uppdrag: id: %w", err)
	}
	nu := s.Nu()
	err = s.txFri(ctx, func(tx *gorm.DB) error {
		r := tx.Exec(`insert into uppdrag (id, anvandare_id, klient_id, roll, organisation_id, insats_id, giltig_fran, giltig_till, skapad)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			id, ellerNull(in.AnvandareID), ellerNull(in.KlientID), in.Roll, ellerNull(in.OrganisationID), ellerNull(in.InsatsID), in.Fran, in.Till, nu)
		if r.Error != nil {
			return behorighetsfel(r.Error)
		}
		innehavare := in.AnvandareID
		if innehavare == uuid.Nil {
			innehavare = in.KlientID
		}
		return logga(tx, a, nu, Handelse{Handelse: register.HandelseUppdragGivet, ObjektID: innehavare,
			OrganisationID: in.OrganisationID, InsatsID: in.InsatsID, Detalj: string(in.Roll)})
	})
	return id, err
}

// Uppdragsrad is one uppdrag as the administration lists it, ended ones too.
type Uppdragsrad struct {
	ID           uuid.UUID
	Roll         register.Roll
	Organisation string
	Insats       string // "" when it is about the organisation as such
	GiltigFran   register.Datum
	GiltigTill   *register.Datum // nil: until further notice
}

// Uppdragen lists what a user or a client was ever tied to.
func (s *Store) Uppdragen(ctx context.Context, a register.Aktor, innehavare uuid.UUID) ([]Uppdragsrad, error) {
	if err := farAdministrera(a); err != nil {
		return nil, err
	}
	var rader []Uppdragsrad
	err := s.db.WithContext(ctx).Raw(`select u.id, u.roll, o.namn as organisation, coalesce(i.namn, '') as insats, u.giltig_fran, u.giltig_till
		from uppdrag u left join insats i on i.id = u.insats_id
		  join samverkansorganisation o on o.id = coalesce(u.organisation_id, i.organisation_id)
		where u.anvandare_id = ? or u.klient_id = ? order by u.giltig_fran, u.id`, innehavare, innehavare).Scan(&rader).Error
	return rader, mapFel(err)
}
