package konto

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// Uppdragspost is one uppdrag with its holder, as those who give uppdrag see it.
type Uppdragspost struct {
	ID              uuid.UUID
	InnehavarID     uuid.UUID
	Roll            register.Roll // MASKIN of a client
	OrganisationID  uuid.UUID
	InsatsID        uuid.UUID // uuid.Nil: the organisation as such
	Insats          string
	register.Period `gorm:"embedded"`
	Version         int

	Namn         string // of the user or the client
	Arbetsgivare string // the user's huvudarbetsgivare, "" of a client
	Lage         register.Uppdragslage
}

// uppdragspostrad is an uppdrag as it lies in the database, with what the rules ask of
// its holder.
type uppdragspostrad struct {
	Uppdragspost       `gorm:"embedded"`
	Klient             string
	Fornamn, Efternamn []byte
	Sparrad, Medlem    bool
	Dagens             string // the roles that are held today
}

// medlemSQL is whether the user in alias a is employed by a Medlem of the organisation,
// an expression, on the day ?; anstalldSQL by one of its own on the day or later, or by
// itself. Which agency it is, the organisationsnummer says.
func medlemSQL(organisation string) string {
	return `exists (select from ingaende_organisation m where m.organisation_id = ` + organisation + ` and m.organisationsnummer = a.huvudarbetsgivare
		and m.medlem and ?::date between coalesce(m.giltig_fran, '-infinity') and coalesce(m.giltig_tom, 'infinity'))`
}

// anstalldSQL takes the organisation, the day and the organisation.
const anstalldSQL = `(exists (select from ingaende_organisation m where m.organisation_id = ? and m.organisationsnummer = a.huvudarbetsgivare
		and coalesce(m.giltig_tom, 'infinity') >= ?::date)
	or exists (select from samverkansorganisation o where o.id = ? and o.organisationsnummer = a.huvudarbetsgivare))`

// uppdragSQL reads uppdrag with their holders; ? is today, twice, the conditions follow.
var uppdragSQL = `select u.id, coalesce(u.anvandare_id, u.klient_id) as innehavar_id, u.roll, coalesce(u.organisation_id, i.organisation_id) as organisation_id,
		coalesce(u.insats_id, '00000000-0000-0000-0000-000000000000') as insats_id, coalesce(i.namn, '') as insats, u.giltig_fran, u.giltig_tom, u.version,
		coalesce(k.namn, '') as klient, a.fornamn, a.efternamn, coalesce(a.huvudarbetsgivare, '') as arbetsgivare, coalesce(a.sparrad, k.sparrad) as sparrad,
		` + medlemSQL("coalesce(u.organisation_id, i.organisation_id)") + ` as medlem,
		array_to_string(array(select b.roll from behorighet b where b.anvandare_id = a.id and ?::date between b.giltig_fran and b.giltig_tom), ' ') as dagens
	from uppdrag u left join insats i on i.id = u.insats_id left join anvandare a on a.id = u.anvandare_id left join klient k on k.id = u.klient_id
	where (a.id is null or a.gallrad is null) and `

// post is the row with its holder's name and what it gives on the day.
func (k *Konto) post(r uppdragspostrad, idag register.Datum) (Uppdragspost, error) {
	p := r.Uppdragspost
	i := register.Innehavare{Finns: !r.Sparrad, Medlem: r.Medlem}
	for _, roll := range strings.Fields(r.Dagens) {
		i.Behorigheter = append(i.Behorigheter, register.Behorighet{Roll: register.Roll(roll), Period: register.Dygn(idag)})
	}
	p.Lage = register.LageAv(p.Roll, p.Period, i, idag)
	if p.Namn = r.Klient; p.Namn != "" {
		return p, nil
	}
	fornamn, efternamn, err := k.oppnaNamn(p.InnehavarID, r.Fornamn, r.Efternamn)
	p.Namn = fornamn + " " + efternamn
	return p, err
}

func (k *Konto) poster(tx *db.Tx, villkor string, varden ...any) ([]Uppdragspost, error) {
	rader, err := db.Rader[uppdragspostrad](tx, uppdragSQL+villkor+` order by sus_ordning(coalesce(i.namn, '')), array_position(array['SAMVERKANSADMINISTRATOR', 'INSATSANSVARIG', 'DELTAGARANSVARIG', 'MASKIN'], u.roll), u.giltig_fran, u.id`,
		append([]any{tx.Idag(), tx.Idag()}, varden...)...)
	if err != nil {
		return nil, err
	}
	svar := make([]Uppdragspost, 0, len(rader))
	for _, r := range rader {
		p, err := k.post(r, tx.Idag())
		if err != nil {
			return nil, err
		}
		svar = append(svar, p)
	}
	return svar, nil
}

// Organisationsuppdrag lists who has uppdrag in an organisation and its insatser, ended
// ones too; logged. 404 for others than FarSeUppdrag, and for what is not there.
func (k *Konto) Organisationsuppdrag(ctx context.Context, b db.Begaran, organisationID uuid.UUID) ([]Uppdragspost, error) {
	a := db.Arende{Handelse: register.HandelseOrganisationsuppdragLasta, ObjektID: organisationID, OrganisationID: organisationID}
	if !b.Aktor.FarSeUppdrag(organisationID, uuid.Nil) {
		a.Hinder = register.Saknas()
	}
	return db.Las(ctx, k.DB, b, a, func(tx *db.Tx) ([]Uppdragspost, error) {
		if _, err := lasPlats(tx, organisationID, uuid.Nil); err != nil {
			return nil, err
		}
		return k.poster(tx, `(u.organisation_id = ? or i.organisation_id = ?)`, organisationID, organisationID)
	})
}

// Insatsuppdrag lists who has uppdrag in an insats, also by one in its organisation as
// such; otherwise as Organisationsuppdrag.
func (k *Konto) Insatsuppdrag(ctx context.Context, b db.Begaran, insatsID uuid.UUID) ([]Uppdragspost, error) {
	a := db.Arende{Handelse: register.HandelseInsatsuppdragLasta, ObjektID: insatsID, InsatsID: insatsID}
	return db.Las(ctx, k.DB, b, a, func(tx *db.Tx) ([]Uppdragspost, error) {
		plats, err := lasPlats(tx, uuid.Nil, insatsID)
		if err == nil && !tx.Aktor.FarSeUppdrag(plats.OrganisationID, insatsID) {
			err = register.Saknas()
		}
		if err != nil {
			return nil, err
		}
		tx.Galler(insatsID, insatsID, plats.OrganisationID)
		return k.poster(tx, `(u.insats_id = ? or u.organisation_id = ?)`, insatsID, plats.OrganisationID)
	})
}

// platsrad is where an uppdrag is to be.
type platsrad struct {
	OrganisationID, InsatsID      uuid.UUID
	Organisationsstart            register.Datum
	Organisationsslut, Insatsslut *register.Datum
	Insatsstart                   *register.Datum
}

// lasPlats reads the organisation, or the insats with its organisation; 404 when there is none.
func lasPlats(tx *db.Tx, organisationID, insatsID uuid.UUID) (register.Uppdragsplats, error) {
	r, err := db.Rad[platsrad](tx, `select o.id as organisation_id, coalesce(i.id, '00000000-0000-0000-0000-000000000000') as insats_id, o.startdatum as organisationsstart,
			o.slutdatum as organisationsslut, i.startdatum as insatsstart, i.slutdatum as insatsslut
		from samverkansorganisation o left join insats i on i.organisation_id = o.id and i.id = ?
		where case when ?::uuid is null then i.id is not null else o.id = ? end`, db.OrNull(insatsID), db.OrNull(organisationID), db.OrNull(organisationID))
	if err != nil {
		return register.Uppdragsplats{}, err
	}
	p := register.Uppdragsplats{OrganisationID: r.OrganisationID, InsatsID: r.InsatsID,
		Organisation: register.Period{Fran: r.Organisationsstart, Tom: r.Organisationsslut}}
	if r.Insatsstart != nil {
		p.Insats = register.Period{Fran: *r.Insatsstart, Tom: r.Insatsslut}
	}
	return p, nil
}

// innehavarrad is what the rules ask of a user.
type innehavarrad struct{ Sparrad, Medlem, Anstalld bool }

// lasInnehavare reads what the rules ask of a user about an uppdrag on a day, its first
// or today; who is not there is nobody.
func lasInnehavare(tx *db.Tx, anvandareID, organisationID uuid.UUID, dag register.Datum) (register.Innehavare, error) {
	r, finns, err := db.RadOm[innehavarrad](tx, `select a.sparrad, `+medlemSQL("?")+` as medlem, `+anstalldSQL+` as anstalld
		from anvandare a where a.id = ? and a.gallrad is null`, organisationID, dag, organisationID, dag, organisationID, anvandareID)
	if err != nil || !finns {
		return register.Innehavare{}, err
	}
	roller, err := db.Rader[register.Behorighet](tx, `select `+behorighetColumns+` from behorighet where anvandare_id = ?`, anvandareID)
	return register.Innehavare{Finns: !r.Sparrad, Anstalld: r.Anstalld, Medlem: r.Medlem, Behorigheter: roller}, err
}

// lasUppdragstider reads when a user has the role at the place, but for the uppdrag utom.
func lasUppdragstider(tx *db.Tx, anvandareID uuid.UUID, roll register.Roll, plats register.Uppdragsplats, utom uuid.UUID) ([]register.Period, error) {
	return db.Rader[register.Period](tx, `select giltig_fran, giltig_tom from uppdrag where anvandare_id = ? and roll = ? and id <> ?
		and coalesce(insats_id, organisation_id) = ? and (giltig_tom is null or giltig_tom >= giltig_fran)`,
		anvandareID, roll, utom, platsID(plats))
}

func platsID(p register.Uppdragsplats) uuid.UUID {
	if p.InsatsID != uuid.Nil {
		return p.InsatsID
	}
	return p.OrganisationID
}

// platsAttGe is where the Aktor gives an uppdrag of the role; 404 outside FarGeUppdrag.
func platsAttGe(tx *db.Tx, organisationID, insatsID uuid.UUID, roll register.Roll) (register.Uppdragsplats, error) {
	plats, err := lasPlats(tx, organisationID, insatsID)
	if err == nil && !tx.Aktor.FarGeUppdrag(roll, plats.OrganisationID, plats.InsatsID) {
		err = register.Saknas()
	}
	return plats, err
}

// uppdragsfel gives the database's refusal of what the user has already the field that
// ran into it.
func uppdragsfel(err error, pekare string) error {
	if db.Constraint(err) == "uppdrag_finns" {
		return register.UppdragFinns(pekare)
	}
	return behorighetsfel(err)
}

// SkapaUppdrag gives a user an uppdrag in an organisation, or in an insats when
// organisationID is uuid.Nil. Refused: 404 outside FarGeUppdrag, 422 and 409 by
// register.ProvaUppdrag.
func (k *Konto) SkapaUppdrag(ctx context.Context, b db.Begaran, organisationID, insatsID uuid.UUID, in register.Uppdragsgivning,
	svara func(Uppdragspost) (db.Svar, error)) (db.Svar, error) {
	a := db.Arende{Handelse: register.HandelseUppdragGivet, OrganisationID: organisationID, InsatsID: insatsID, Detalj: string(in.Roll) + " " + in.Period.String(),
		Upprepas: func(tx *db.Tx) error { // who gives no more gets no old answer
			_, err := platsAttGe(tx, organisationID, insatsID, in.Roll)
			return err
		}}
	return db.Skapa(ctx, k.DB, b, a, func(tx *db.Tx) (Uppdragspost, error) {
		plats, err := platsAttGe(tx, organisationID, insatsID, in.Roll)
		if err != nil {
			return Uppdragspost{}, err
		}
		tx.Galler(in.AnvandareID, plats.InsatsID, plats.OrganisationID)
		vem, err1 := lasInnehavare(tx, in.AnvandareID, plats.OrganisationID, in.Fran)
		har, err2 := lasUppdragstider(tx, in.AnvandareID, in.Roll, plats, uuid.Nil)
		id, err3 := uuid.NewV7()
		if err := errors.Join(err1, err2, err3); err != nil {
			return Uppdragspost{}, err
		}
		if err := register.ProvaUppdrag(in, plats, vem, har, tx.Idag()); err != nil {
			return Uppdragspost{}, err
		}
		organisation := plats.OrganisationID
		if plats.InsatsID != uuid.Nil {
			organisation = uuid.Nil
		}
		if _, err := db.Kor(tx, `insert into uppdrag (id, anvandare_id, roll, organisation_id, insats_id, giltig_fran, giltig_tom, skapad)
			values (?, ?, ?, ?, ?, ?, ?, ?)`, id, in.AnvandareID, in.Roll, db.OrNull(organisation), db.OrNull(plats.InsatsID), in.Fran, in.Tom, tx.Nu); err != nil {
			return Uppdragspost{}, uppdragsfel(err, "/anvandareId")
		}
		return k.enPost(tx, id)
	}, svara)
}

func (k *Konto) enPost(tx *db.Tx, id uuid.UUID) (Uppdragspost, error) {
	r, err := db.Rad[uppdragspostrad](tx, uppdragSQL+`u.id = ?`, tx.Idag(), tx.Idag(), id)
	if err != nil {
		return Uppdragspost{}, err
	}
	return k.post(r, tx.Idag())
}

// AndraUppdrag gives an uppdrag another last day, nil for until further notice; it holds
// from the next request. Refused: 404 outside FarAndraUppdrag, 412 when the Begaran's version
// is not the present one, 422 and 409 by register.ProvaUppdragsslut.
func (k *Konto) AndraUppdrag(ctx context.Context, b db.Begaran, id uuid.UUID, tom *register.Datum) (Uppdragspost, error) {
	a := db.Arende{Handelse: register.HandelseUppdragAndrat, Detalj: id.String()}
	return db.Andra(ctx, k.DB, b, a, func(tx *db.Tx) (Uppdragspost, error) {
		// With the Aktor's own, in one order: two who end each other's would wait in a circle,
		// since the door asks for the own again.
		if _, err := db.Rader[uuid.UUID](tx, `select id from uppdrag where id = ? or coalesce(anvandare_id, klient_id) = ? order by id for update`,
			id, tx.Aktor.ID); err != nil {
			return Uppdragspost{}, err
		}
		u, err := k.enPost(tx, id)
		if err == nil && !tx.Aktor.FarAndraUppdrag(u.Roll, u.OrganisationID, u.InsatsID) {
			err = register.Saknas()
		}
		if err != nil {
			return u, err
		}
		tx.Galler(u.InnehavarID, u.InsatsID, u.OrganisationID)
		if err := errors.Join(tx.VaktaUppdrag(), tx.ProvaVersion(u.Version)); err != nil {
			return u, err
		}
		if sammaDag(u.Tom, tom) {
			tx.Visat(register.HandelseUppdragListade)
			return u, nil
		}
		if u.Forlanger(tom) && !tx.Aktor.FarGeUppdrag(u.Roll, u.OrganisationID, u.InsatsID) {
			return u, register.Nekad()
		}
		plats, err1 := lasPlats(tx, u.OrganisationID, u.InsatsID)
		vem, err2 := lasInnehavare(tx, u.InnehavarID, u.OrganisationID, tx.Idag())
		har, err3 := lasUppdragstider(tx, u.InnehavarID, u.Roll, plats, id)
		if err := errors.Join(err1, err2, err3); err != nil {
			return u, err
		}
		if err := register.ProvaUppdragsslut(u.Roll, u.Period, tom, plats, vem, har, tx.Idag()); err != nil {
			return u, err
		}
		if _, err := db.Kor(tx, `update uppdrag set giltig_tom = ?, version = version + 1 where id = ?`, tom, id); err != nil {
			return u, uppdragsfel(err, "/tillOchMed")
		}
		ny := register.Period{Fran: u.Fran, Tom: tom}
		tx.Detalj(fmt.Sprintf("%s %s: %s → %s", id, u.Roll, u.Period, ny))
		if register.LageAv(u.Roll, ny, vem, tx.Idag()) == register.UppdragSlut {
			tx.Som(tx.Aktor, register.HandelseUppdragAvslutat)
		}
		return k.enPost(tx, id)
	})
}

func sammaDag(a, b *register.Datum) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}

// Uppdragstagare is a user to whom an uppdrag can be given.
type Uppdragstagare struct {
	ID                 uuid.UUID
	Namn, Arbetsgivare string
	Tom                register.Datum // the last day of the role, as it stands
}

// tagarrad is one as it lies in the database.
type tagarrad struct {
	ID                 uuid.UUID
	Fornamn, Efternamn []byte
	Arbetsgivare       string
	Tom                register.Datum
}

// Uppdragstagare lists those who hold the role today or later, are blocked by nobody and
// are employed as the rule of a new uppdrag demands; by name; logged. 404 for others than
// FarSeUppdragstagare.
func (k *Konto) Uppdragstagare(ctx context.Context, b db.Begaran, organisationID uuid.UUID, roll register.Roll) ([]Uppdragstagare, error) {
	a := db.Arende{Handelse: register.HandelseUppdragstagareListade, ObjektID: organisationID, OrganisationID: organisationID, Detalj: string(roll)}
	if !b.Aktor.FarSeUppdragstagare(roll, organisationID) {
		a.Hinder = register.Saknas()
	}
	return db.Las(ctx, k.DB, b, a, func(tx *db.Tx) ([]Uppdragstagare, error) {
		if _, err := lasPlats(tx, organisationID, uuid.Nil); err != nil {
			return nil, err
		}
		rader, err := db.Rader[tagarrad](tx, `select a.id, a.fornamn, a.efternamn, a.huvudarbetsgivare as arbetsgivare, max(b.giltig_tom) as tom
			from anvandare a join behorighet b on b.anvandare_id = a.id and b.roll = ? and b.giltig_tom >= ?
			where a.gallrad is null and not a.sparrad and `+anstalldSQL+` and (b.roll <> 'DELTAGARANSVARIG' or exists (select from ingaende_organisation m
				where m.organisation_id = ? and m.organisationsnummer = a.huvudarbetsgivare and m.medlem and coalesce(m.giltig_tom, 'infinity') >= ?::date))
			group by a.id`, roll, tx.Idag(), organisationID, tx.Idag(), organisationID, organisationID, tx.Idag())
		if err != nil {
			return nil, err
		}
		var svar []Uppdragstagare
		for _, r := range rader {
			fornamn, efternamn, err := k.oppnaNamn(r.ID, r.Fornamn, r.Efternamn)
			if err != nil {
				return nil, fmt.Errorf("uppdragstagare: %w", err)
			}
			svar = append(svar, Uppdragstagare{r.ID, fornamn + " " + efternamn, r.Arbetsgivare, r.Tom})
		}
		return iNamnordning(tx, svar)
	})
}

// iNamnordning sorts by name, in the one order that every list of names has.
func iNamnordning(tx *db.Tx, alla []Uppdragstagare) ([]Uppdragstagare, error) {
	platser, namn := map[uuid.UUID]int{}, make([]string, len(alla))
	ids := make([]uuid.UUID, len(alla))
	for n, t := range alla {
		platser[t.ID], namn[n], ids[n] = n, t.Namn, t.ID
	}
	ordnade, err := db.Rader[uuid.UUID](tx, `select id from unnest(?::uuid[], ?::text[]) as t (id, namn) order by sus_ordning(namn), id`, ids, namn)
	svar := make([]Uppdragstagare, 0, len(alla))
	for _, id := range ordnade {
		svar = append(svar, alla[platser[id]])
	}
	return svar, err
}
