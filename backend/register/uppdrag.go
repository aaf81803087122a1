package register

import (
	"slices"

	"github.com/google/uuid"
)

// Uppdragsgivning is an uppdrag that somebody wants to give: to whom, as what, when.
type Uppdragsgivning struct {
	AnvandareID uuid.UUID
	Roll        Roll
	Period
}

// Uppdragsplats is where an uppdrag is: in an organisation as such (InsatsID is
// uuid.Nil), or in one of its insatser.
type Uppdragsplats struct {
	OrganisationID, InsatsID uuid.UUID
	Organisation             Period
	Insats                   Period // of the insats; of no meaning for the organisation as such
}

// FarGeUppdrag is true for whoever may give, change and end an uppdrag of the role there
// (domain 7): the organisation's own administrators all three roles, though nobody
// administers an insats alone; an insatsansvarig the deltagaransvariga of the own insats;
// Försäkringskassan the samverkansadministratörer, of whom somebody has to be the first.
func (a Aktor) FarGeUppdrag(roll Roll, orgID, insatsID uuid.UUID) bool {
	switch roll {
	case RollSamverkansadministrator:
		return insatsID == uuid.Nil && a.FarAndraOrganisation(orgID)
	case RollInsatsansvarig:
		return a.administrerar(orgID)
	case RollDeltagaransvarig:
		return a.administrerar(orgID) || insatsID != uuid.Nil && a.FarAndraInsats(Insats{ID: insatsID, OrganisationID: orgID})
	default:
		return false
	}
}

// FarAndraUppdrag is true for whoever may give it, and for Försäkringskassan, which can
// end any; to lengthen one is to give.
func (a Aktor) FarAndraUppdrag(roll Roll, orgID, insatsID uuid.UUID) bool {
	return a.FarGeUppdrag(roll, orgID, insatsID) || roll != RollMaskin && a.HarRoll(RollSystemforvaltare)
}

// FarSeUppdrag is true for whoever may see who has uppdrag there.
func (a Aktor) FarSeUppdrag(orgID, insatsID uuid.UUID) bool {
	return a.FarAndraOrganisation(orgID) || insatsID != uuid.Nil && a.FarAndraInsats(Insats{ID: insatsID, OrganisationID: orgID})
}

// FarSeUppdragstagare is true for whoever may give an uppdrag of the role somewhere in the
// organisation, and so has to see who there is to give it to, and for Försäkringskassan,
// which answers for every user.
func (a Aktor) FarSeUppdragstagare(roll Roll, orgID uuid.UUID) bool {
	return a.FarAndraOrganisation(orgID) ||
		roll == RollDeltagaransvarig && a.harUppdrag(RollInsatsansvarig, func(u Uppdrag) bool { return u.OrganisationID == orgID })
}

// Innehavare is what the rules ask of somebody who has, or is to have, an uppdrag.
type Innehavare struct {
	Finns        bool // a user whom nobody has blocked or erased
	Anstalld     bool // the huvudarbetsgivare is one of the organisation's own, or it itself
	Behorigheter []Behorighet
	Medlem       bool // the huvudarbetsgivare is Medlem of the organisation on the day: a new uppdrag's first, else today
}

// harBehorighet is true when the role is held on some day of the period.
func (i Innehavare) harBehorighet(roll Roll, p Period) bool {
	return slices.ContainsFunc(i.Behorigheter, func(b Behorighet) bool { return b.Roll == roll && b.Overlappar(p) })
}

// ProvaUppdrag is the rule of a new uppdrag: it begins today or later, while what it is
// about is not over, for a user who holds the role on some day of it; a deltagaransvarig's
// huvudarbetsgivare is Medlem (domain 7). har is what the user has already, of the role
// and there: two would be one too many to end (409 uppdrag-finns).
func ProvaUppdrag(in Uppdragsgivning, plats Uppdragsplats, i Innehavare, har []Period, idag Datum) error {
	var f felsamling
	switch {
	case !i.Finns || !i.Anstalld: // of others nobody here is told
		f.lagg("/anvandareId", RegelOkandKod, "Användaren finns inte bland dem som kan få uppdraget.")
	case in.IOrdning() && !i.harBehorighet(in.Roll, in.Period):
		f.lagg("/anvandareId", RegelMottagarenSaknarBehorighet)
	case in.Roll == RollDeltagaransvarig && !i.Medlem:
		f.lagg("/anvandareId", RegelArbetsgivarenInteMedlem)
	}
	if in.Fran.Fore(idag) {
		f.lagg("/franOchMed", RegelForflutenDag)
	} else {
		provaPlats(&f, "/franOchMed", plats, in.Fran)
	}
	if !in.IOrdning() {
		f.lagg("/tillOchMed", RegelSlutForeStart)
	}
	if err := f.err(); err != nil {
		return err
	}
	if slices.ContainsFunc(har, in.Overlappar) {
		return UppdragFinns("/anvandareId")
	}
	return nil
}

// UppdragFinns is the refusal of what the user has already, at the field that was given;
// the store's guard answers it too.
func UppdragFinns(pekare string) *Error { return konfliktVid(pekare, RegelUppdragFinns) }

// provaPlats refuses a day when the organisation or the insats is over.
func provaPlats(f *felsamling, pekare string, plats Uppdragsplats, dag Datum) {
	switch {
	case plats.Organisation.slutarFore(dag):
		f.lagg(pekare, RegelUtanforOrganisationen)
	case plats.InsatsID != uuid.Nil && plats.Insats.slutarFore(dag):
		f.lagg(pekare, RegelUtanforInsatsen)
	}
}

// ProvaUppdragsslut is the rule of another last day of an uppdrag, nil for until further
// notice. What has been is not rewritten: yesterday is the earliest, by which it ends at
// once, also one that began today and so has no day left. What is over stays so (409
// uppdrag-avslutat). A longer time asks the same of the holder and the place as a new one.
func ProvaUppdragsslut(roll Roll, u Period, tom *Datum, plats Uppdragsplats, i Innehavare, har []Period, idag Datum) error {
	if u.slutarFore(idag) || !u.IOrdning() {
		return Konflikt(RegelUppdragAvslutat)
	}
	var f felsamling
	switch ny := (Period{u.Fran, tom}); {
	case tom != nil && tom.Fore(idag.Plus(-1)):
		f.lagg("/tillOchMed", RegelForflutenDag, "Sista dagen får vara tidigast i går.")
	case tom != nil && tom.Fore(u.Fran.Plus(-1)):
		f.lagg("/tillOchMed", RegelSlutForeStart)
	case !u.Forlanger(tom):
	case !i.Finns || !i.harBehorighet(roll, ny):
		f.lagg("/tillOchMed", RegelMottagarenSaknarBehorighet)
	case roll == RollDeltagaransvarig && !i.Medlem:
		f.lagg("/tillOchMed", RegelArbetsgivarenInteMedlem)
	case slices.ContainsFunc(har, ny.Overlappar):
		return UppdragFinns("/tillOchMed")
	default:
		provaPlats(&f, "/tillOchMed", plats, idag)
	}
	return f.err()
}

// Uppdragslage is what an uppdrag gives today.
type Uppdragslage string

// What an uppdrag gives today: something in force alone.
const (
	UppdragGaller         Uppdragslage = "GALLER"
	UppdragKommande       Uppdragslage = "KOMMANDE"
	UppdragSlut           Uppdragslage = "AVSLUTAT"
	UppdragSparrad        Uppdragslage = "SPARRAD"         // whoever has it is blocked
	UppdragUtanBehorighet Uppdragslage = "UTAN_BEHORIGHET" // the role is not held today
	UppdragUtanMedlemskap Uppdragslage = "INTE_MEDLEM"     // a deltagaransvarig's employer is no Medlem
)

// LageAv is what an uppdrag of the role in the period gives its holder on the day; a
// client's (MASKIN) rests on no behörighet.
func LageAv(roll Roll, p Period, i Innehavare, dag Datum) Uppdragslage {
	switch {
	case p.slutarFore(dag) || !p.IOrdning():
		return UppdragSlut
	case !i.Finns:
		return UppdragSparrad
	case dag.Fore(p.Fran):
		return UppdragKommande
	case roll == RollMaskin:
		return UppdragGaller
	case !i.harBehorighet(roll, Dygn(dag)):
		return UppdragUtanBehorighet
	case roll == RollDeltagaransvarig && !i.Medlem:
		return UppdragUtanMedlemskap
	}
	return UppdragGaller
}
