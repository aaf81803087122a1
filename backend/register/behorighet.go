package register

import (
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Roll is a behörighet (domain 7), or MASKIN for a client of the API.
type Roll string

// The roles. BEHORIG_BESTALLARE comes with the administration.
const (
	RollSusrapport              Roll = "SUSRAPPORT"
	RollSamverkansadministrator Roll = "SAMVERKANSADMINISTRATOR"
	RollInsatsansvarig          Roll = "INSATSANSVARIG"
	RollDeltagaransvarig        Roll = "DELTAGARANSVARIG"
	RollSystemforvaltare        Roll = "SYSTEMFORVALTARE"
	RollMaskin                  Roll = "MASKIN"
)

// Scope is what a machine client may do.
type Scope string

// The scopes of machine clients.
const (
	ScopeDeltagandeSkriv Scope = "deltagande.skriv"
	ScopeDeltagandeLas   Scope = "deltagande.las"
	ScopeRapportLas      Scope = "rapport.las"
	ScopeInsatsSkriv     Scope = "insats.skriv" // volym and insatsbudget
)

// Scopetext is scopes in OAuth's form: words with a space between.
func Scopetext(scopes []Scope) string {
	ord := make([]string, len(scopes))
	for i, s := range scopes {
		ord[i] = string(s)
	}
	return strings.Join(ord, " ")
}

// Scopelista reads Scopetext's form back; nil for no words. Whether each exists is
// for the reader to ask.
func Scopelista(text string) []Scope {
	var svar []Scope
	for _, ord := range strings.Fields(text) {
		svar = append(svar, Scope(ord))
	}
	return svar
}

// Behorighet is one role held in a period that has an end, two years at most.
type Behorighet struct {
	ID          uuid.UUID `gorm:"primaryKey"`
	AnvandareID uuid.UUID
	Roll        Roll
	Period
}

// Uppdrag ties a role to an organisation or to one insats, today.
type Uppdrag struct {
	Roll           Roll
	OrganisationID uuid.UUID // always set; the insats's own organisation where InsatsID is set
	InsatsID       uuid.UUID // uuid.Nil: the organisation as such
}

// Aktor is who asks: a person with the roles valid today, a machine client, or
// a named job. Every method of store takes it and scopes by it.
type Aktor struct {
	ID             uuid.UUID // anvandare, klient or a job's fixed id
	SessionID      uuid.UUID
	Roller         []Roll
	Scopes         []Scope   // MASKIN only
	OrganisationID uuid.UUID // MASKIN: the client's own organisation
	Uppdrag        []Uppdrag
	System         string // name of the job, "" for people and machines
}

// HarRoll is true when the role is held today.
func (a Aktor) HarRoll(r Roll) bool { return slices.Contains(a.Roller, r) }

// HarScope is true for a machine client that was given the scope.
func (a Aktor) HarScope(s Scope) bool { return a.HarRoll(RollMaskin) && slices.Contains(a.Scopes, s) }

// harUppdrag is true when a role that is held today is tied to what passar says.
func (a Aktor) harUppdrag(roll Roll, passar func(Uppdrag) bool) bool {
	return a.HarRoll(roll) && slices.ContainsFunc(a.Uppdrag, func(u Uppdrag) bool { return u.Roll == roll && passar(u) })
}

// UppdragVid is the uppdrag that the Aktor has in the organisation as such or in the
// insats, uuid.Nil for none of them.
func (a Aktor) UppdragVid(orgID, insatsID uuid.UUID) []Uppdrag {
	var svar []Uppdrag
	for _, u := range a.Uppdrag {
		if u.InsatsID == uuid.Nil && u.OrganisationID == orgID || u.InsatsID != uuid.Nil && u.InsatsID == insatsID {
			svar = append(svar, u)
		}
	}
	return svar
}

// serPersonuppgifter is true for an uppdrag that opens the people of its insats:
// DELTAGARANSVARIG, and a machine with a scope on deltaganden. No other role does.
func (a Aktor) serPersonuppgifter(u Uppdrag) bool {
	return u.InsatsID != uuid.Nil && a.HarRoll(u.Roll) &&
		(u.Roll == RollDeltagaransvarig ||
			u.Roll == RollMaskin && (a.HarScope(ScopeDeltagandeLas) || a.HarScope(ScopeDeltagandeSkriv)))
}

// FarSePersonuppgifter is true when the Aktor may see the people of an insats.
func (a Aktor) FarSePersonuppgifter(insatsID uuid.UUID) bool {
	return slices.ContainsFunc(a.Uppdrag, func(u Uppdrag) bool { return u.InsatsID == insatsID && a.serPersonuppgifter(u) })
}

// FarRegistrera is true when the Aktor may write samtycken, deltaganden and anonyma of an insats.
func (a Aktor) FarRegistrera(insatsID uuid.UUID) bool {
	return a.FarSePersonuppgifter(insatsID) && (a.HarRoll(RollDeltagaransvarig) || a.HarScope(ScopeDeltagandeSkriv))
}

// InsatserMedPersonuppgifter is the insatser whose people the Aktor may see,
// each once: what row security opens in a transaction.
func (a Aktor) InsatserMedPersonuppgifter() []uuid.UUID {
	var svar []uuid.UUID
	for _, u := range a.Uppdrag {
		if a.serPersonuppgifter(u) && !slices.Contains(svar, u.InsatsID) {
			svar = append(svar, u.InsatsID)
		}
	}
	return svar
}

// FarAterkallaIInsats is true for Försäkringskassan's systemförvaltare, who withdraws
// where no deltagaransvarig is left to.
func (a Aktor) FarAterkallaIInsats() bool { return a.HarRoll(RollSystemforvaltare) }

// FarGranskaLoggen is true for Försäkringskassan's systemförvaltare, and for a named
// system: a command at the machine.
func (a Aktor) FarGranskaLoggen() bool { return a.HarRoll(RollSystemforvaltare) || a.System != "" }

// FarSkapaOrganisation is true for Försäkringskassan's systemförvaltare.
func (a Aktor) FarSkapaOrganisation() bool { return a.HarRoll(RollSystemforvaltare) }

// FarAndraOrganisation is true for a systemförvaltare and for the organisation's own administrators.
func (a Aktor) FarAndraOrganisation(orgID uuid.UUID) bool {
	return a.HarRoll(RollSystemforvaltare) || a.administrerar(orgID)
}

func (a Aktor) administrerar(orgID uuid.UUID) bool {
	return a.harUppdrag(RollSamverkansadministrator, func(u Uppdrag) bool {
		return u.OrganisationID == orgID && u.InsatsID == uuid.Nil
	})
}

// FarSkapaInsats is true for the organisation's own administrators.
func (a Aktor) FarSkapaInsats(orgID uuid.UUID) bool { return a.administrerar(orgID) }

// FarAndraInsats is true for the administrators of its organisation and for its insatsansvariga
// (an uppdrag on the organisation as such covers all of its insatser).
func (a Aktor) FarAndraInsats(i Insats) bool {
	return a.administrerar(i.OrganisationID) || a.harUppdrag(RollInsatsansvarig, func(u Uppdrag) bool {
		return u.InsatsID == i.ID || u.InsatsID == uuid.Nil && u.OrganisationID == i.OrganisationID
	})
}

// FarSkrivaBudget is true for who may change the insats, and for a machine client that has
// it as its uppdrag and the scope: they write its volym and insatsbudget.
func (a Aktor) FarSkrivaBudget(i Insats) bool {
	return a.FarAndraInsats(i) || a.HarScope(ScopeInsatsSkriv) && a.harUppdrag(RollMaskin, func(u Uppdrag) bool {
		return u.InsatsID == i.ID || u.InsatsID == uuid.Nil && u.OrganisationID == i.OrganisationID
	})
}

// FarBudgetera is true for the organisation's own administrators, who write its budget and
// close its years.
func (a Aktor) FarBudgetera(orgID uuid.UUID) bool { return a.administrerar(orgID) }

// FarOppnaBudgetar is true for Försäkringskassan's systemförvaltare.
func (a Aktor) FarOppnaBudgetar() bool { return a.HarRoll(RollSystemforvaltare) }

// FarSeBudget is true for the organisation's own users and for Försäkringskassan: the posts
// of its budgets with their texts, volym and the history of both are read by nobody else.
func (a Aktor) FarSeBudget(orgID uuid.UUID) bool { return a.FarSeKontaktperson(orgID) }

// FarSeKontaktperson is true for the organisation's own users and for a systemförvaltare;
// everything else of an organisation is readable by all.
func (a Aktor) FarSeKontaktperson(orgID uuid.UUID) bool {
	return a.HarRoll(RollSystemforvaltare) || a.HarRoll(RollMaskin) && a.OrganisationID == orgID ||
		slices.ContainsFunc(a.Uppdrag, func(u Uppdrag) bool { return u.OrganisationID == orgID && a.HarRoll(u.Roll) })
}

// Bounds of what one user holds (domain 7).
const (
	maxRollerPerDag   = 2
	maxBehorighetstid = 2 // years
)

// KontrolleraBehorigheter is the rule over everything one user holds: no period
// over two years, periods of one role abut but never overlap, at most two
// different roles any day, and SAMVERKANSADMINISTRATOR and DELTAGARANSVARIG
// never on the same day. Faults point at /behorigheter/n.
func KontrolleraBehorigheter(alla []Behorighet) error {
	var f felsamling
	for i, b := range alla {
		p := element("/behorigheter", i)
		switch b.Roll {
		case RollSusrapport, RollSamverkansadministrator, RollInsatsansvarig, RollDeltagaransvarig, RollSystemforvaltare:
		default:
			f.lagg(p+"/roll", RegelOkandKod, "Behörigheten finns inte.")
		}
		if !b.IOrdning() {
			f.lagg(p+"/till", RegelSlutForeStart)
		} else if b.OverAr(maxBehorighetstid) {
			f.lagg(p+"/till", RegelBehorighetForLang)
		}
		// Whatever is wrong on some day is wrong on the first day of some period.
		samtidiga := map[Roll]bool{}
		for j, c := range alla {
			if !c.Omfattar(b.Fran) {
				continue
			}
			samtidiga[c.Roll] = true
			if j != i && c.Roll == b.Roll {
				f.lagg(p, RegelBehorighetOverlappar)
			}
		}
		if len(samtidiga) > maxRollerPerDag {
			f.lagg(p, RegelForMangaBehorigheter)
		}
		if samtidiga[RollSamverkansadministrator] && samtidiga[RollDeltagaransvarig] {
			f.lagg(p, RegelBehorigheterUtesluter)
		}
	}
	return f.err()
}

// FarLasaRapport is true for everybody who is logged in, and for a machine
// client with the scope: reports are aggregated and open (domain 8).
func (a Aktor) FarLasaRapport() bool {
	if a.HarRoll(RollMaskin) {
		return a.HarScope(ScopeRapportLas)
	}
	return len(a.Roller) > 0
}
