package httpapi

import (
	"slices"

	"github.com/google/uuid"

	"sus/api"
	"sus/backend/auth"
	"sus/backend/register"
	"sus/backend/store"
)

// This file is the only place where the wire and the domain meet: from… reads
// api into register, to… writes register as api. A column becomes public here
// and nowhere else.

// fran is the value of a field that may be left out.
func fran[T any](p *T) T {
	if p == nil {
		var noll T
		return noll
	}
	return *p
}

// till leaves out a field that has its zero value.
func till[T comparable](v T) *T {
	var noll T
	if v == noll {
		return nil
	}
	return &v
}

func konvertera[A, B any](in []A, f func(A) B) []B {
	ut := make([]B, 0, len(in))
	for _, a := range in {
		ut = append(ut, f(a))
	}
	return ut
}

// ickeNil is a list that is never null on the wire.
func ickeNil[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}

func heltal32(p *int) *int32 {
	if p == nil {
		return nil
	}
	n := int32(*p)
	return &n
}

func heltalFran(p *int32) *int {
	if p == nil {
		return nil
	}
	n := int(*p)
	return &n
}

// Samverkansorganisation

func fromOrganisation(in api.NySamverkansorganisation) register.Organisationsuppgifter {
	ut := register.Organisationsuppgifter{
		Namn:                in.Namn,
		Organisationsnummer: in.Organisationsnummer,
		Samverkansform:      in.Samverkansform,
		Beskrivning:         fran(in.Beskrivning),
		Startdatum:          in.Startdatum,
		Slutdatum:           in.Slutdatum,
		Verksamhetsomrade:   in.Verksamhetsomrade,
		Kommuner:            in.Kommuner,
		Stadsdelar:          fran(in.Stadsdelar),
		Ingaende: konvertera(in.IngaendeOrganisationer, func(i api.IngaendeOrganisation) register.IngaendeOrganisation {
			return register.IngaendeOrganisation{Namn: i.Namn, Organisationsnummer: i.Organisationsnummer, Typ: i.Typ,
				Medlem: i.Medlem, Finansiar: i.Finansiar, Konsument: i.Konsument}
		}),
	}
	if a := in.Adress; a != nil {
		ut.Adress = register.Adress{Gata: fran(a.Gata), Postnummer: fran(a.Postnummer), Ort: fran(a.Ort), Telefon: fran(a.Telefon), Epost: fran(a.Epost)}
	}
	if k := in.Kontaktperson; k != nil {
		ut.Kontaktperson = register.Kontaktperson{Namn: fran(k.Namn), Titel: fran(k.Titel), Telefon: fran(k.Telefon), Epost: fran(k.Epost)}
	}
	return ut
}

func toOrganisation(o register.Samverkansorganisation) api.Samverkansorganisation {
	ut := api.Samverkansorganisation{
		Id:                  o.ID,
		Namn:                o.Namn,
		Organisationsnummer: o.Organisationsnummer,
		Samverkansform:      o.Samverkansform,
		Beskrivning:         till(o.Beskrivning),
		Startdatum:          o.Startdatum,
		Slutdatum:           o.Slutdatum,
		Verksamhetsomrade:   o.Verksamhetsomrade,
		Kommuner:            ickeNil(o.Kommuner),
		Stadsdelar:          ickeNil(o.Stadsdelar),
		Lan:                 o.Lan,
		Version:             int32(o.Version),
		IngaendeOrganisationer: konvertera(o.Ingaende, func(i register.IngaendeOrganisation) api.IngaendeOrganisation {
			return api.IngaendeOrganisation{Namn: i.Namn, Organisationsnummer: i.Organisationsnummer, Typ: i.Typ,
				Medlem: i.Medlem, Finansiar: i.Finansiar, Konsument: i.Konsument}
		}),
	}
	if a := o.Adress; a != (register.Adress{}) {
		ut.Adress = &api.Adress{Gata: till(a.Gata), Postnummer: till(a.Postnummer), Ort: till(a.Ort), Telefon: till(a.Telefon), Epost: till(a.Epost)}
	}
	if k := o.Kontaktperson; k != (register.Kontaktperson{}) {
		ut.Kontaktperson = &api.Kontaktperson{Namn: till(k.Namn), Titel: till(k.Titel), Telefon: till(k.Telefon), Epost: till(k.Epost)}
	}
	return ut
}

// Insats

func fromInsats(in api.NyInsats) register.Insatsuppgifter {
	return register.Insatsuppgifter{
		OrganisationID:         in.OrganisationId,
		Namn:                   in.Namn,
		Startdatum:             in.Startdatum,
		Slutdatum:              in.Slutdatum,
		Beskrivning:            fran(in.Beskrivning),
		Inriktning:             in.Inriktning,
		PreciseradInriktning:   in.PreciseradInriktning,
		Deltagarregistrering:   fran(in.Deltagarregistrering),
		Insatsanordnare:        fran(in.Insatsanordnare),
		Inmatningsorganisation: fran(in.Inmatningsorganisation),
		Malgrupper:             fran(in.Malgrupper),
	}
}

func toInsats(i store.InsatsIOrganisation) api.Insats {
	o := i.Organisation
	medlemmar := []string{}
	for _, d := range o.Ingaende {
		if d.Medlem {
			medlemmar = append(medlemmar, d.Namn)
		}
	}
	return api.Insats{
		Id:                     i.ID,
		OrganisationId:         i.OrganisationID,
		Namn:                   i.Namn,
		Startdatum:             i.Startdatum,
		Slutdatum:              i.Slutdatum,
		Beskrivning:            till(i.Beskrivning),
		Inriktning:             i.Inriktning,
		PreciseradInriktning:   i.PreciseradInriktning,
		Deltagarregistrering:   i.Deltagarregistrering,
		Malgrupper:             ickeNil(i.Malgrupper),
		Insatsanordnare:        till(i.Insatsanordnare),
		Inmatningsorganisation: till(i.Inmatningsorganisation),
		Version:                int32(i.Version),
		Organisation: api.InsatsOrganisation{
			Id: o.ID, Namn: o.Namn, Startdatum: o.Startdatum, Slutdatum: o.Slutdatum,
			Samverkansform: o.Samverkansform, Medlemmar: medlemmar,
		},
	}
}

// Samtycke

func fromSamtycke(insatsID uuid.UUID, in api.NyttSamtycke, p register.Personnummer) register.NyttSamtycke {
	ut := register.NyttSamtycke{
		InsatsID:     insatsID,
		Personnummer: p,
		Blankett:     in.Blankett,
		Datum:        in.Datum,
		Sprak:        in.Sprak,
		Satt:         in.Satt,
		ExterntID:    fran(in.ExterntId),
	}
	if m := in.Mognadsbedomning; m != nil {
		ut.Mognadsbedomning = &register.Mognadsbedomning{Datum: m.Datum, Vardnadshavare: m.Vardnadshavare}
	}
	return ut
}

func toSamtycke(s store.SamtyckeMedIdentitet) api.Samtycke {
	ut := api.Samtycke{
		Id:           s.ID,
		InsatsId:     s.InsatsID,
		Blankett:     s.Blankett,
		Datum:        s.Datum,
		Sprak:        s.Sprak,
		Satt:         s.Satt,
		ExterntId:    s.ExterntID,
		Status:       samtyckesstatus(s),
		Registrerat:  s.Registrerat.UTC(),
		DeltagandeId: s.DeltagandeID,
		Deltagare:    toDeltagare(s.Identitet),
		Version:      int32(s.Version),
	}
	if s.Aterkallat != nil {
		t := s.Aterkallat.UTC()
		ut.Aterkallat = &t
	}
	if s.MognadDatum != nil {
		ut.Mognadsbedomning = &api.Mognadsbedomning{Datum: *s.MognadDatum, Vardnadshavare: fran(s.MognadVardnadshavare)}
	}
	return ut
}

func samtyckesstatus(s store.SamtyckeMedIdentitet) api.Samtyckesstatus {
	switch {
	case s.Aterkallat != nil:
		return api.ATERKALLAT
	case s.DeltagandeID != nil:
		return api.ANVANT
	}
	return api.OANVANT
}

// toDeltagare shows who it is, to the few who may see it; nil when erased.
func toDeltagare(i *register.Identitet) *api.Deltagare {
	if i == nil {
		return nil
	}
	return &api.Deltagare{Personnummer: i.Personnummer.Siffror(), Namn: i.Namn, Kommun: till(i.Kommun)}
}

func toAterkallelse(s register.Samtycke, d *register.Deltagande) api.Aterkallelse {
	ut := api.Aterkallelse{Id: s.ID, Aterkallat: fran(s.Aterkallat).UTC()}
	if d != nil {
		ut.DeltagandeId = &d.ID
	}
	return ut
}

// fromDeltagandesokning refuses a search for nothing; the day tells which numbers there may be.
func fromDeltagandesokning(in api.DeltagandeSokning, idag register.Datum) (register.Deltagandesokning, error) {
	var p register.Personnummer
	if in.Personnummer != nil {
		var err error
		if p, err = register.ParsePersonnummer(*in.Personnummer, idag); err != nil {
			return register.Deltagandesokning{}, err
		}
	}
	return register.NyDeltagandesokning(fran(in.Namn), p, fran(in.Status))
}

// toDeltagareSvar shows what the population register and the insats know. Of a
// protected person nothing follows but that: kön and ålder are left out too, so
// that the answer is the same for all of them.
func toDeltagareSvar(post register.Folkbokforingspost, p register.Personnummer, lage store.Personlage, idag register.Datum) api.DeltagareSvar {
	if post.Skydd != register.SkyddInget {
		return api.DeltagareSvar{Hittad: true, Skyddad: true, Deltaganden: []api.DeltagandeKort{}}
	}
	ut := api.DeltagareSvar{Hittad: post.Hittad, Avregistrerad: post.Avregistrerad, Deltaganden: konvertera(lage.Deltaganden, toDeltagandeKort)}
	if c := lage.Oanvant; c != nil {
		ut.OanvantSamtycke = &api.SamtyckeKort{Id: c.ID, Datum: c.Datum}
	}
	if post.NyttNummer != "" {
		bytt := true
		ut.Bytt = &bytt
	}
	if !post.Hittad {
		return ut
	}
	kon, alder := p.Kon(), int32(p.Alder(idag))
	ut.Namn, ut.Kommun, ut.Kon, ut.Alder = till(post.Namn), till(post.Kommun), &kon, &alder
	return ut
}

// Deltagande

func fromSysselsattning(s api.Sysselsattning) register.Sysselsattning {
	return register.Sysselsattning{
		Forsorjning:     s.Forsorjning,
		Arbetssokande:   s.Arbetssokande,
		Arbetar:         s.Arbetar,
		ArbetarProcent:  heltalFran(s.ArbetarProcent),
		Arbetstyper:     fran(s.Arbetstyper),
		Studerar:        s.Studerar,
		StuderarProcent: heltalFran(s.StuderarProcent),
	}
}

// fromInregistrering reads what a first in-registration and a correction share.
func fromInregistrering(in api.Inregistrering) register.Inregistrering {
	return register.Inregistrering{
		Startdag:               in.Startdag,
		Stadsdel:               fran(in.Stadsdel),
		Utbildningsniva:        in.Utbildningsniva,
		ArOffentligForsorjning: int(in.ArOffentligForsorjning),
		Fore: fromSysselsattning(api.Sysselsattning{
			Forsorjning: in.Forsorjning, Arbetssokande: in.Arbetssokande,
			Arbetar: in.Arbetar, ArbetarProcent: in.ArbetarProcent, Arbetstyper: in.Arbetstyper,
			Studerar: in.Studerar, StuderarProcent: in.StuderarProcent,
		}),
	}
}

func fromNyttDeltagande(insatsID uuid.UUID, in api.NyttDeltagande) register.Inregistrering {
	ut := fromInregistrering(api.Inregistrering{
		Startdag: in.Startdag, Stadsdel: in.Stadsdel, Utbildningsniva: in.Utbildningsniva,
		ArOffentligForsorjning: in.ArOffentligForsorjning, Forsorjning: in.Forsorjning, Arbetssokande: in.Arbetssokande,
		Arbetar: in.Arbetar, ArbetarProcent: in.ArbetarProcent, Arbetstyper: in.Arbetstyper,
		Studerar: in.Studerar, StuderarProcent: in.StuderarProcent,
	})
	ut.InsatsID, ut.SamtyckeID, ut.ExterntID = insatsID, in.SamtyckeId, fran(in.ExterntId)
	return ut
}

func fromRattadIn(in api.RattadInregistrering) register.Inregistrering {
	return fromInregistrering(api.Inregistrering{
		Startdag: in.Startdag, Stadsdel: in.Stadsdel, Utbildningsniva: in.Utbildningsniva,
		ArOffentligForsorjning: in.ArOffentligForsorjning, Forsorjning: in.Forsorjning, Arbetssokande: in.Arbetssokande,
		Arbetar: in.Arbetar, ArbetarProcent: in.ArbetarProcent, Arbetstyper: in.Arbetstyper,
		Studerar: in.Studerar, StuderarProcent: in.StuderarProcent,
	})
}

func fromUtregistrering(in api.Utregistrering) register.Utregistrering {
	ut := register.Utregistrering{Avslutningsdag: in.Avslutningsdag, Avslutsanledning: in.Avslutsanledning}
	if in.Efter != nil {
		efter := fromSysselsattning(*in.Efter)
		ut.Efter = &efter
	}
	return ut
}

func fromRattadUt(in api.RattadUtregistrering) register.Utregistrering {
	return fromUtregistrering(api.Utregistrering{Avslutningsdag: in.Avslutningsdag, Avslutsanledning: in.Avslutsanledning, Efter: in.Efter})
}

func toSysselsattning(m register.Mattillfalle) api.Sysselsattning {
	ut := api.Sysselsattning{
		Forsorjning:     ickeNil(m.Forsorjning),
		Arbetssokande:   fran(m.Arbetssokande),
		Arbetar:         fran(m.Arbetar),
		ArbetarProcent:  heltal32(m.ArbetarProcent),
		Studerar:        fran(m.Studerar),
		StuderarProcent: heltal32(m.StuderarProcent),
	}
	if len(m.Arbetstyper) > 0 {
		ut.Arbetstyper = &m.Arbetstyper
	}
	return ut
}

func toInregistrering(m register.Mattillfalle) api.Inregistrering {
	s := toSysselsattning(m)
	return api.Inregistrering{
		Startdag:               m.Dag,
		Stadsdel:               m.Stadsdel,
		Utbildningsniva:        fran(m.Utbildningsniva),
		ArOffentligForsorjning: int32(fran(m.ArOffentligForsorjning)),
		Forsorjning:            s.Forsorjning, Arbetssokande: s.Arbetssokande,
		Arbetar: s.Arbetar, ArbetarProcent: s.ArbetarProcent, Arbetstyper: s.Arbetstyper,
		Studerar: s.Studerar, StuderarProcent: s.StuderarProcent,
	}
}

func toUtregistrering(m register.Mattillfalle) api.Utregistrering {
	ut := api.Utregistrering{Avslutningsdag: m.Dag, Avslutsanledning: fran(m.Avslutsanledning)}
	if m.MedMatning() {
		s := toSysselsattning(m)
		ut.Efter = &s
	}
	return ut
}

// toDeltagande shows a deltagande; i is nil in the answers of creating calls,
// which carry neither name nor number.
func toDeltagande(d register.Deltagande, i *register.Identitet) api.Deltagande {
	ut := api.Deltagande{
		Id:             d.ID,
		InsatsId:       d.InsatsID,
		SamtyckeId:     d.SamtyckeID,
		Status:         d.Status(),
		Startdag:       d.Startdag,
		Avslutningsdag: d.Avslutningsdag,
		ExterntId:      d.ExterntID,
		Deltagare:      toDeltagare(i),
		Inregistrering: toInregistrering(d.In),
		Skapad:         d.Skapad.UTC(),
		Version:        int32(d.Version),
	}
	if d.Ut != nil {
		u := toUtregistrering(*d.Ut)
		ut.Utregistrering = &u
	}
	return ut
}

func toVersion(m register.Mattillfalle) api.Version {
	ut := api.Version{Typ: m.Typ, Version: int32(m.Version), Registrerad: m.Registrerad.UTC(), RegistreradAv: m.RegistreradAv, Skal: m.Skal}
	if m.Typ == register.MatningIn {
		in := toInregistrering(m)
		ut.Inregistrering = &in
	} else {
		u := toUtregistrering(m)
		ut.Utregistrering = &u
	}
	return ut
}

func toDeltagandeMedIdentitet(d store.DeltagandeMedIdentitet) api.Deltagande {
	return toDeltagande(d.Deltagande, d.Identitet)
}

func toDeltagandeKort(d register.Deltagande) api.DeltagandeKort {
	return api.DeltagandeKort{Id: d.ID, Status: d.Status(), Startdag: d.Startdag, Avslutningsdag: d.Avslutningsdag}
}

// Anonyma

func fromAnonyma(in api.NyaAnonyma) register.Anonymregistrering {
	return register.Anonymregistrering{Inregistreringsar: int(in.Inregistreringsar), AntalKvinnor: int(in.AntalKvinnor), AntalMan: int(in.AntalMan)}
}

func toAnonyma(a register.Anonyma) api.Anonyma {
	return api.Anonyma{Id: a.ID, InsatsId: a.InsatsID, Inregistreringsar: int32(a.Inregistreringsar),
		AntalKvinnor: int32(a.AntalKvinnor), AntalMan: int32(a.AntalMan), Registrerat: a.Registrerat.UTC()}
}

// Kodverk

func toKodrad(r register.Kodrad) api.Kodrad {
	return api.Kodrad{
		Kodverk: r.Kodverk, Kod: r.Kod, Etikett: r.Etikett, Ordning: int32(r.Ordning),
		GiltigFran: r.GiltigFran, GiltigTom: r.GiltigTom, Samverkansform: r.Samverkansform, Tillhor: till(r.Tillhor),
		Exklusiv: r.Exklusiv, UtanMatning: r.UtanMatning, Utesluts: r.Utesluts,
	}
}

func toKommun(k register.Kommun) api.Kommun {
	return api.Kommun{Kod: k.Kod, Namn: k.Namn, Lan: k.Lan, LanNamn: k.LanNamn}
}

// Inloggning

func toTokens(t auth.Tokens) api.Token {
	return api.Token{AccessToken: t.AccessToken, TokenType: t.TokenType, ExpiresIn: int32(t.ExpiresIn),
		RefreshToken: till(t.RefreshToken), Scope: till(t.Scope)}
}

func toJag(p store.Profil) api.Jag {
	return api.Jag{
		Id: p.ID, Fornamn: till(p.Fornamn), Efternamn: till(p.Efternamn), Klient: till(p.Klient),
		PersonnummerMaskerat: till(p.PersonnummerMaskerat),
		Behorigheter: konvertera(p.Behorigheter, func(b register.Behorighet) api.Behorighet {
			return api.Behorighet{Roll: b.Roll, FranOchMed: b.From, TillOchMed: b.Tom}
		}),
		Uppdrag: konvertera(utanTackta(p.Uppdrag), func(u store.Profiluppdrag) api.Uppdrag {
			return api.Uppdrag{Roll: u.Roll, OrganisationId: u.OrganisationID, Organisation: u.Organisation,
				InsatsId: till(u.InsatsID), Insats: till(u.Insats)}
		}),
		Scopes: ickeNil(p.Scopes),
	}
}

// utanTackta leaves out the insatser that an uppdrag on the whole organisation
// covers already: they come and go as insatser do, the uppdrag does not.
func utanTackta(alla []store.Profiluppdrag) []store.Profiluppdrag {
	return slices.DeleteFunc(slices.Clone(alla), func(u store.Profiluppdrag) bool {
		return u.InsatsID != uuid.Nil && slices.ContainsFunc(alla, func(v store.Profiluppdrag) bool {
			return v.InsatsID == uuid.Nil && v.Roll == u.Roll && v.OrganisationID == u.OrganisationID
		})
	})
}

// Logg

func toLoggpost(l store.Loggpost) api.Loggpost {
	ut := api.Loggpost{
		Id: l.ID, Tid: l.Tid.UTC(), AktorId: till(l.AktorID), AktorTyp: api.LoggpostAktorTyp(l.AktorTyp),
		Handelse: l.Handelse, Objekttyp: till(l.Objekttyp), ObjektId: l.ObjektID, InsatsId: l.InsatsID,
		OrganisationId: l.OrganisationID, Utfall: api.LoggpostUtfall(l.Utfall),
	}
	if l.AktorID == uuid.Nil {
		ut.AktorTyp = api.ANONYM // a log-in that nobody in particular tried
	}
	switch {
	case l.Handelse == register.HandelseOperationNekad.String():
		ut.Regel, ut.Detalj = till(errNekad.regel), till(l.Marke)
	case l.Utfall != store.UtfallOK:
		ut.Regel = till(l.Marke)
	case l.Objekttyp == "samtycke" || l.Objekttyp == "deltagande":
		ut.ExterntId = till(l.Marke)
	default:
		ut.Detalj = till(l.Marke)
	}
	return ut
}

// Rapport

func fromUrval(p api.HamtaForsorjningsrapportParams) register.Urval {
	return register.Urval{
		Samverkansform: p.Samverkansform, Budgetar: int(p.Budgetar),
		Verksamhetsomrade: fran(p.Verksamhetsomrade), Lan: fran(p.Lan),
		OrganisationID: fran(p.OrganisationId), InsatsID: fran(p.InsatsId), Kon: fran(p.Kon),
	}
}

func toForsorjningsrapport(r register.Forsorjningsrapport) api.Forsorjningsrapport {
	u := r.Urval
	ut := api.Forsorjningsrapport{
		Titel: r.Titel, Korningstid: r.Korningstid.UTC(), Noter: ickeNil(r.Noter),
		Urval: api.Rapporturval{
			Samverkansform: u.Samverkansform, Budgetar: int32(u.Budgetar),
			Verksamhetsomrade: till(u.Verksamhetsomrade), Lan: till(u.Lan),
			OrganisationId: till(u.OrganisationID), InsatsId: till(u.InsatsID), Kon: till(u.Kon),
		},
		Start: api.Startdel{Antal: int32(r.Start.Antal), Unika: int32(r.Start.Unika),
			Rader: konvertera(r.Start.Rader, func(x register.ForsorjningStartrad) api.Startrad {
				return api.Startrad{Kod: x.Kod, Etikett: x.Etikett, Antal: int32(x.Antal), Namnare: int32(x.Namnare)}
			})},
		Slut: api.Slutdel{Antal: int32(r.Slut.Antal), Unika: int32(r.Slut.Unika), UtanMatning: int32(r.Slut.UtanMatning),
			Rader: konvertera(r.Slut.Rader, func(x register.ForsorjningSlutrad) api.Slutrad {
				return api.Slutrad{Kod: x.Kod, Etikett: x.Etikett, AntalFore: int32(x.AntalFore), AntalEfter: int32(x.AntalEfter),
					Namnare: int32(x.Namnare), Forandring: int32(x.Forandring), ForandringProcent: x.ForandringProcent}
			})},
	}
	if o := r.Namn.Organisation; o != nil && u.OrganisationID != uuid.Nil {
		ut.Urval.Organisation = &o.Namn
	}
	ut.Urval.Insats = r.Namn.Insats
	return ut
}

// toCursor is where a feed goes on, opaque to the caller.
func toCursor(id uuid.UUID) string { return id.String() }

func fromCursor(s *string) (uuid.UUID, error) {
	if s == nil {
		return uuid.Nil, nil
	}
	if !arUUID(*s) {
		return uuid.Nil, &avslag{400, regelOgiltig, felaktigaParametrar,
			[]register.Faltfel{{Pekare: "cursor", Regel: "cursor", Meddelande: "Ta cursor ur _links.next, oförändrad."}}}
	}
	return uuid.Parse(*s)
}
