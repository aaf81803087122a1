package store

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// insatsbudgetrad is a version with its posts, read as one row.
type insatsbudgetrad struct {
	register.Insatsbudget
	Postlista db.Jsonlista[register.Insatsbudgetpost]
}

func (r insatsbudgetrad) hel() register.Insatsbudget {
	b := r.Insatsbudget
	b.Poster = r.Postlista
	return b
}

// insatsbudgetColumns of version b; an amount passes through JSON as text.
const insatsbudgetColumns = `b.*, (select json_agg(json_build_object('Budgettyp', p.budgettyp, 'Budget', p.budget::text, 'Utfall', p.utfall::text,
	'Beskrivning', p.beskrivning, 'Organisation', p.organisation) order by p.ordning)
	from insatsbudgetpost p where p.insats_id = b.insats_id and p.ar = b.ar and p.version = b.version) as postlista`

// Insatsbudgetlage is a year's insatsbudget and whether the year is closed.
type Insatsbudgetlage struct {
	register.Insatsbudget
	Stangt bool
}

func lasInsatsbudget(tx *db.Tx, insatsID uuid.UUID, ar int) (register.Insatsbudget, error) {
	r, finns, err := db.RadOm[insatsbudgetrad](tx, `select `+insatsbudgetColumns+` from insatsbudget b where b.insats_id = ? and b.ar = ? order by b.version desc limit 1`, insatsID, ar)
	if !finns {
		return register.Insatsbudget{InsatsID: insatsID, Ar: ar}, err
	}
	return r.hel(), err
}

// Insatsbudget reads what holds of one year, version 0 when nothing has been said; logged.
// 404 for others than the own organisation and Försäkringskassan.
func (s *Store) Insatsbudget(ctx context.Context, b db.Begaran, insatsID uuid.UUID, ar int) (Insatsbudgetlage, error) {
	a := db.Arende{Handelse: register.HandelseInsatsbudgetLast, ObjektID: insatsID, InsatsID: insatsID, Detalj: strconv.Itoa(ar)}
	return db.Las(ctx, s.DB, b, a, func(tx *db.Tx) (Insatsbudgetlage, error) {
		rad, err := insatsAttSe(tx, insatsID)
		if err != nil {
			return Insatsbudgetlage{}, err
		}
		ny, err := lasInsatsbudget(tx, insatsID, ar)
		if err != nil {
			return Insatsbudgetlage{}, err
		}
		stangt, err := arStangt(tx, rad.Insats.OrganisationID, ar)
		return Insatsbudgetlage{ny, stangt}, err
	})
}

// SparaInsatsbudget says a year's insatsbudget anew. Refused by register.SparaInsatsbudget;
// 412 foraldrad when the Begaran's version is not the present one (0: none yet), 404 outside
// FarSkrivaBudget.
func (s *Store) SparaInsatsbudget(ctx context.Context, b db.Begaran, insatsID uuid.UUID, ar int, in register.Insatsbudgetuppgifter) (Insatsbudgetlage, error) {
	a := db.Arende{Handelse: register.HandelseInsatsbudgetSparad, ObjektID: insatsID, InsatsID: insatsID}
	return db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (Insatsbudgetlage, error) {
		r, err := insatsAttBudgetera(tx, insatsID, ar)
		if err != nil {
			return Insatsbudgetlage{}, err
		}
		forr, err := lasInsatsbudget(tx, insatsID, ar)
		if err != nil {
			return Insatsbudgetlage{Insatsbudget: forr}, err
		}
		if err := tx.ProvaVersion(forr.Version); err != nil {
			return Insatsbudgetlage{Insatsbudget: forr}, err
		}
		ny, err := register.SparaInsatsbudget(forr, in, r)
		if err != nil {
			return Insatsbudgetlage{Insatsbudget: ny}, err
		}
		if ny.Version == forr.Version {
			tx.Visat(register.HandelseInsatsbudgetLast)
			return Insatsbudgetlage{Insatsbudget: ny}, nil
		}
		if err := tx.Infoga(&ny); err != nil {
			return Insatsbudgetlage{Insatsbudget: ny}, err
		}
		return Insatsbudgetlage{Insatsbudget: ny}, skrivInsatsbudgetposter(tx, ny)
	})
}

func skrivInsatsbudgetposter(tx *db.Tx, b register.Insatsbudget) error {
	n := len(b.Poster)
	typ, budget, utfall, beskrivning, organisation := make([]string, n), make([]string, n), make([]*string, n), make([]string, n), make([]string, n)
	for i, p := range b.Poster {
		typ[i], budget[i], utfall[i], beskrivning[i], organisation[i] = string(p.Budgettyp), p.Budget.String(), beloppstext(p.Utfall), p.Beskrivning, p.Organisation
	}
	_, err := db.Kor(tx, `insert into insatsbudgetpost (insats_id, ar, version, ordning, budgettyp, budget, utfall, beskrivning, organisation)
		select ?::uuid, ?::int, ?::int, p.ordning, p.typ, p.budget::numeric, p.utfall::numeric, p.beskrivning, p.organisation
		from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) with ordinality as p (typ, budget, utfall, beskrivning, organisation, ordning)`,
		b.InsatsID, b.Ar, b.Version, typ, budget, utfall, beskrivning, organisation)
	return err
}

// beloppstext is an amount as a statement's list has it; nil when it is not known.
func beloppstext(b *register.Belopp) *string {
	if b == nil {
		return nil
	}
	s := b.String()
	return &s
}

// Insatsbudgetversioner lists what a year's insatsbudget has said, oldest first; otherwise
// as Insatsbudget.
func (s *Store) Insatsbudgetversioner(ctx context.Context, b db.Begaran, insatsID uuid.UUID, ar int) ([]register.Insatsbudget, error) {
	a := db.Arende{Handelse: register.HandelseInsatsbudgetversionerLasta, ObjektID: insatsID, InsatsID: insatsID, Detalj: strconv.Itoa(ar)}
	return db.Las(ctx, s.DB, b, a, func(tx *db.Tx) ([]register.Insatsbudget, error) {
		if _, err := insatsAttSe(tx, insatsID); err != nil {
			return nil, err
		}
		rader, err := db.Rader[insatsbudgetrad](tx, `select `+insatsbudgetColumns+` from insatsbudget b where b.insats_id = ? and b.ar = ? order by b.version`, insatsID, ar)
		svar := make([]register.Insatsbudget, len(rader))
		for i, r := range rader {
			svar[i] = r.hel()
		}
		return svar, err
	})
}
