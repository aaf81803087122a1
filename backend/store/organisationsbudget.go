package store

import (
	"context"
	"strconv"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// organisationsbudgetrad is a version with its posts, read as one row.
type organisationsbudgetrad struct {
	register.Organisationsbudget
	Finansieringslista   db.Jsonlista[register.Finansieringspost]
	Administrationslista db.Jsonlista[register.AdministrativKostnad]
}

func (r organisationsbudgetrad) hel() register.Organisationsbudget {
	b := r.Organisationsbudget
	b.Finansiering, b.Administration = r.Finansieringslista, r.Administrationslista
	return b
}

const organisationsbudgetColumns = `b.*,
	(select json_agg(json_build_object('Finansiar', p.finansiar, 'Belopp', p.belopp::text, 'Beskrivning', p.beskrivning) order by p.ordning)
		from finansieringspost p where p.organisation_id = b.organisation_id and p.ar = b.ar and p.version = b.version) as finansieringslista,
	(select json_agg(json_build_object('Kostnadstyp', p.kostnadstyp, 'Budget', p.budget::text, 'Utfall', p.utfall::text, 'Beskrivning', p.beskrivning) order by p.ordning)
		from administrativ_kostnad p where p.organisation_id = b.organisation_id and p.ar = b.ar and p.version = b.version) as administrationslista`

func lasOrganisationsbudget(tx *db.Tx, organisationID uuid.UUID, ar int) (register.Organisationsbudget, error) {
	r, finns, err := db.RadOm[organisationsbudgetrad](tx, `select `+organisationsbudgetColumns+` from organisationsbudget b
		where b.organisation_id = ? and b.ar = ? order by b.version desc limit 1`, organisationID, ar)
	if !finns {
		return register.Organisationsbudget{OrganisationID: organisationID, Ar: ar}, err
	}
	return r.hel(), err
}

// InsatsIBudget is an insats of the organisation with what it says of the year: planned,
// budgeted and counted. A version 0 says nothing.
type InsatsIBudget struct {
	ID                   uuid.UUID
	Namn                 string
	Deltagarregistrering register.Deltagarregistrering
	Budgetversion        int
	PlaneratAntal        *int
	Budget, Utfall       register.Belopp
	EsfBudget, EsfUtfall register.Belopp
	Volymversion         int
	AntalKvinnor         int
	AntalMan             int
	UppgiftSaknas        int
}

// Kostnader is its sums by kind.
func (i InsatsIBudget) Kostnader() register.Insatskostnader {
	return register.Insatskostnader{Insatsbudget: register.Summa{Budget: i.Budget, Utfall: i.Utfall}, Esf: register.Summa{Budget: i.EsfBudget, Utfall: i.EsfUtfall}}
}

// lasInsatserIBudget reads the insatser that the year touches, or that say something of it.
func lasInsatserIBudget(tx *db.Tx, organisationID uuid.UUID, ar int) ([]InsatsIBudget, error) {
	return db.Rader[InsatsIBudget](tx, `select n.id, n.namn, n.deltagarregistrering, coalesce(b.version, 0) as budgetversion, b.planerat_antal,
			coalesce(p.budget, 0.00) as budget, coalesce(p.utfall, 0.00) as utfall, coalesce(p.esf_budget, 0.00) as esf_budget, coalesce(p.esf_utfall, 0.00) as esf_utfall,
			coalesce(v.version, 0) as volymversion, coalesce(v.antal_kvinnor, 0) as antal_kvinnor, coalesce(v.antal_man, 0) as antal_man, coalesce(v.uppgift_saknas, 0) as uppgift_saknas
		from insats n
		left join lateral (select * from insatsbudget b where b.insats_id = n.id and b.ar = ? order by b.version desc limit 1) b on true
		left join lateral (select sum(p.budget) filter (where p.budgettyp = 'INSATSKOSTNAD') as budget, sum(p.utfall) filter (where p.budgettyp = 'INSATSKOSTNAD') as utfall,
				sum(p.budget) filter (where p.budgettyp = 'ESF_INSATSKOSTNAD') as esf_budget, sum(p.utfall) filter (where p.budgettyp = 'ESF_INSATSKOSTNAD') as esf_utfall
			from insatsbudgetpost p where p.insats_id = b.insats_id and p.ar = b.ar and p.version = b.version) p on true
		left join lateral (select * from volym v where v.insats_id = n.id and v.ar = ? order by v.version desc limit 1) v on true
		where n.organisation_id = ? and (b.version is not null or v.version is not null
			or n.startdatum <= make_date(?, 12, 31) and (n.slutdatum is null or n.slutdatum >= make_date(?, 1, 1)))
		order by `+db.Svensk("n.namn")+`, n.id`, ar, ar, organisationID, ar, ar)
}

// Organisationsbudgetlage is a year's budget with what stands beside it.
type Organisationsbudgetlage struct {
	register.Organisationsbudget
	Organisation register.Samverkansorganisation
	Insatser     []InsatsIBudget
	Handelser    []register.Budgetarshandelse // oldest first
	Stangt       bool
}

// Summor adds up the budget and what stands beside it.
func (l Organisationsbudgetlage) Summor() register.Budgetsummor {
	kostnader := make([]register.Insatskostnader, len(l.Insatser))
	for i, n := range l.Insatser {
		kostnader[i] = n.Kostnader()
	}
	return l.Organisationsbudget.Summor(l.Organisation, kostnader)
}

// budgetIOrganisation reads the year as it stands, in an organisation that was read.
func budgetIOrganisation(tx *db.Tx, o register.Samverkansorganisation, ar int) (l Organisationsbudgetlage, err error) {
	l.Organisation = o
	if l.Organisationsbudget, err = lasOrganisationsbudget(tx, o.ID, ar); err != nil {
		return l, err
	}
	if l.Insatser, err = lasInsatserIBudget(tx, o.ID, ar); err != nil {
		return l, err
	}
	if l.Handelser, err = db.Rader[register.Budgetarshandelse](tx, `select * from budgetarshandelse where organisation_id = ? and ar = ? order by nr`, o.ID, ar); err != nil {
		return l, err
	}
	l.Stangt, err = arStangt(tx, o.ID, ar)
	return l, err
}

// Organisationsbudget reads a year's budget, version 0 when nothing has been said; logged.
// 404 for others than the own organisation and Försäkringskassan.
func (s *Store) Organisationsbudget(ctx context.Context, b db.Begaran, organisationID uuid.UUID, ar int) (Organisationsbudgetlage, error) {
	a := db.Arende{Handelse: register.HandelseOrganisationsbudgetLast, ObjektID: organisationID, OrganisationID: organisationID, Detalj: strconv.Itoa(ar),
		Hinder: hinder(b.Aktor.FarSeBudget(organisationID))}
	return db.Las(ctx, s.DB, b, a, func(tx *db.Tx) (Organisationsbudgetlage, error) {
		o, err := lasOrganisation(tx, organisationID, "")
		if err != nil {
			return Organisationsbudgetlage{}, err
		}
		return budgetIOrganisation(tx, o.hel(), ar)
	})
}

// arIOrganisation locks an organisation's year as the rules of its budget ask.
func arIOrganisation(tx *db.Tx, organisationID uuid.UUID, ar int) (register.Arsram, error) {
	o, err := lasOrganisation(tx, organisationID, "for key share")
	if err != nil {
		return register.Arsram{}, err
	}
	aret, err := lockBudgetar(tx, organisationID, ar)
	return register.Arsram{Ar: aret, Organisation: o.hel(), Kodverk: tx.Kodverk, Nu: tx.Nu, Av: tx.Aktor.ID}, err
}

// SparaOrganisationsbudget says a year's budget anew. Refused by
// register.SparaOrganisationsbudget; 412 foraldrad when the Begaran's version is not the
// present one (0: none yet), 404 when the Aktor does not administer the organisation.
func (s *Store) SparaOrganisationsbudget(ctx context.Context, b db.Begaran, organisationID uuid.UUID, ar int,
	in register.Organisationsbudgetuppgifter) (Organisationsbudgetlage, error) {
	a := db.Arende{Handelse: register.HandelseOrganisationsbudgetSparad, ObjektID: organisationID, OrganisationID: organisationID, Detalj: strconv.Itoa(ar),
		Hinder: hinder(b.Aktor.FarBudgetera(organisationID))}
	return db.Andra(ctx, s.DB, b, a, func(tx *db.Tx) (l Organisationsbudgetlage, err error) {
		r, err := arIOrganisation(tx, organisationID, ar)
		if err != nil {
			return l, err
		}
		forr, err := lasOrganisationsbudget(tx, organisationID, ar)
		if err != nil {
			return l, err
		}
		if err := tx.ProvaVersion(forr.Version); err != nil {
			return l, err
		}
		ny, err := register.SparaOrganisationsbudget(forr, in, r)
		if err != nil {
			return l, err
		}
		if ny.Version == forr.Version {
			tx.Visat(register.HandelseOrganisationsbudgetLast)
		} else if err := skrivOrganisationsbudget(tx, ny); err != nil {
			return l, err
		}
		return budgetIOrganisation(tx, r.Organisation, ar)
	})
}

func skrivOrganisationsbudget(tx *db.Tx, b register.Organisationsbudget) error {
	if err := tx.Infoga(&b); err != nil {
		return err
	}
	n := len(b.Finansiering)
	finansiar, belopp, text := make([]string, n), make([]string, n), make([]string, n)
	for i, p := range b.Finansiering {
		finansiar[i], belopp[i], text[i] = p.Finansiar, p.Belopp.String(), p.Beskrivning
	}
	if _, err := db.Kor(tx, `insert into finansieringspost (organisation_id, ar, version, ordning, finansiar, belopp, beskrivning)
		select ?::uuid, ?::int, ?::int, p.ordning, p.finansiar, p.belopp::numeric, p.beskrivning
		from unnest(?::text[], ?::text[], ?::text[]) with ordinality as p (finansiar, belopp, beskrivning, ordning)`,
		b.OrganisationID, b.Ar, b.Version, finansiar, belopp, text); err != nil {
		return err
	}
	n = len(b.Administration)
	typ, budget, utfall, text := make([]string, n), make([]string, n), make([]*string, n), make([]string, n)
	for i, k := range b.Administration {
		typ[i], budget[i], utfall[i], text[i] = string(k.Kostnadstyp), k.Budget.String(), beloppstext(k.Utfall), k.Beskrivning
	}
	_, err := db.Kor(tx, `insert into administrativ_kostnad (organisation_id, ar, version, ordning, kostnadstyp, budget, utfall, beskrivning)
		select ?::uuid, ?::int, ?::int, p.ordning, p.typ, p.budget::numeric, p.utfall::numeric, p.beskrivning
		from unnest(?::text[], ?::text[], ?::text[], ?::text[]) with ordinality as p (typ, budget, utfall, beskrivning, ordning)`,
		b.OrganisationID, b.Ar, b.Version, typ, budget, utfall, text)
	return err
}

// Organisationsbudgetversioner lists what a year's budget has said, oldest first; otherwise
// as Organisationsbudget.
func (s *Store) Organisationsbudgetversioner(ctx context.Context, b db.Begaran, organisationID uuid.UUID, ar int) ([]register.Organisationsbudget, error) {
	a := db.Arende{Handelse: register.HandelseOrganisationsbudgetversionerLasta, ObjektID: organisationID, OrganisationID: organisationID, Detalj: strconv.Itoa(ar),
		Hinder: hinder(b.Aktor.FarSeBudget(organisationID))}
	return db.Las(ctx, s.DB, b, a, func(tx *db.Tx) ([]register.Organisationsbudget, error) {
		if _, err := lasOrganisation(tx, organisationID, ""); err != nil {
			return nil, err
		}
		rader, err := db.Rader[organisationsbudgetrad](tx, `select `+organisationsbudgetColumns+` from organisationsbudget b
			where b.organisation_id = ? and b.ar = ? order by b.version`, organisationID, ar)
		svar := make([]register.Organisationsbudget, len(rader))
		for i, r := range rader {
			svar[i] = r.hel()
		}
		return svar, err
	})
}

// StangBudgetar closes a year of an organisation that the Aktor administers, 404 of
// another. Refused by register.StangBudgetar.
func (s *Store) StangBudgetar(ctx context.Context, b db.Begaran, organisationID uuid.UUID, ar int,
	svara func(register.Budgetarshandelse) (db.Svar, error)) (db.Svar, error) {
	a := db.Arende{Handelse: register.HandelseBudgetarStangt, ObjektID: organisationID, OrganisationID: organisationID, Detalj: strconv.Itoa(ar),
		Hinder: hinder(b.Aktor.FarBudgetera(organisationID))}
	return db.Skapa(ctx, s.DB, b, a, func(tx *db.Tx) (register.Budgetarshandelse, error) {
		r, err := arIOrganisation(tx, organisationID, ar)
		if err != nil {
			return register.Budgetarshandelse{}, err
		}
		h, err := register.StangBudgetar(r)
		if err != nil {
			return h, err
		}
		return skrivBudgetarshandelse(tx, h)
	}, svara)
}

// OppnaBudgetar opens a closed year again, for Försäkringskassan. Refused by
// register.OppnaBudgetar.
func (s *Store) OppnaBudgetar(ctx context.Context, b db.Begaran, organisationID uuid.UUID, ar int, skal string,
	svara func(register.Budgetarshandelse) (db.Svar, error)) (db.Svar, error) {
	a := db.Arende{Handelse: register.HandelseBudgetarOppnat, ObjektID: organisationID, OrganisationID: organisationID, Detalj: strconv.Itoa(ar)}
	if !b.Aktor.FarOppnaBudgetar() {
		a.Hinder = register.Nekad()
	}
	return db.Skapa(ctx, s.DB, b, a, func(tx *db.Tx) (register.Budgetarshandelse, error) {
		r, err := arIOrganisation(tx, organisationID, ar)
		if err != nil {
			return register.Budgetarshandelse{}, err
		}
		h, err := register.OppnaBudgetar(r, skal)
		if err != nil {
			return h, err
		}
		return skrivBudgetarshandelse(tx, h)
	}, svara)
}

// skrivBudgetarshandelse closes or opens the locked year, and keeps who did it.
func skrivBudgetarshandelse(tx *db.Tx, h register.Budgetarshandelse) (register.Budgetarshandelse, error) {
	if _, err := db.Kor(tx, `update budgetar set stangt = ? where organisation_id = ? and ar = ?`, h.Stangt, h.OrganisationID, h.Ar); err != nil {
		return h, err
	}
	var err error
	if h.ID, err = uuid.NewV7(); err != nil {
		return h, err
	}
	if h.Nr, err = db.Rad[int](tx, `select coalesce(max(nr), 0) + 1 from budgetarshandelse where organisation_id = ? and ar = ?`, h.OrganisationID, h.Ar); err != nil {
		return h, err
	}
	return h, tx.Infoga(&h)
}

// provaFinansiarer is register's rule of the same name over what stands in the budgets.
func provaFinansiarer(tx *db.Tx, o register.Samverkansorganisation) error {
	poster, err := db.Rader[register.Finansierat](tx, `select distinct p.finansiar, p.ar from finansieringspost p
		where p.organisation_id = ? and p.version = (select max(b.version) from organisationsbudget b where b.organisation_id = p.organisation_id and b.ar = p.ar)
		order by p.ar`, o.ID)
	if err != nil {
		return err
	}
	return o.ProvaFinansiarer(poster)
}
