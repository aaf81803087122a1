package register

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

var (
	annanOrg    = uuid.MustParse("01900000-0000-7000-8000-0000000000a1")
	annanInsats = uuid.MustParse("01900000-0000-7000-8000-0000000000a2")
)

func medUppdrag(roll Roll, org, insats uuid.UUID, scopes ...Scope) Aktor {
	return Aktor{Roller: []Roll{roll}, Scopes: scopes, Uppdrag: []Uppdrag{{roll, org, insats}}}
}

func TestWhatEachRoleMayDo(t *testing.T) {
	iOrg := testInsats()
	type svar struct{ ser, skriver, skaparOrg, andrarOrg, skaparInsats, andrarInsats, kontakt bool }
	for namn, fall := range map[string]struct {
		a    Aktor
		vill svar
	}{
		"nobody":                                   {Aktor{}, svar{}},
		"SUSRAPPORT":                               {medUppdrag(RollSusrapport, orgID, uuid.Nil), svar{kontakt: true}},
		"administrator of the organisation":        {medUppdrag(RollSamverkansadministrator, orgID, uuid.Nil), svar{andrarOrg: true, skaparInsats: true, andrarInsats: true, kontakt: true}},
		"administrator of another":                 {medUppdrag(RollSamverkansadministrator, annanOrg, uuid.Nil), svar{}},
		"administrator without uppdrag":            {Aktor{Roller: []Roll{RollSamverkansadministrator}}, svar{}},
		"insatsansvarig of the insats":             {medUppdrag(RollInsatsansvarig, orgID, insatsID), svar{andrarInsats: true, kontakt: true}},
		"insatsansvarig of the organisation":       {medUppdrag(RollInsatsansvarig, orgID, uuid.Nil), svar{andrarInsats: true, kontakt: true}},
		"insatsansvarig of a neighbour":            {medUppdrag(RollInsatsansvarig, orgID, annanInsats), svar{kontakt: true}},
		"insatsansvarig of another organisation":   {medUppdrag(RollInsatsansvarig, annanOrg, annanInsats), svar{}},
		"deltagaransvarig of the insats":           {medUppdrag(RollDeltagaransvarig, orgID, insatsID), svar{ser: true, skriver: true, kontakt: true}},
		"deltagaransvarig of a neighbour":          {medUppdrag(RollDeltagaransvarig, orgID, annanInsats), svar{kontakt: true}},
		"deltagaransvarig without uppdrag":         {Aktor{Roller: []Roll{RollDeltagaransvarig}}, svar{}},
		"an uppdrag whose role has expired":        {Aktor{Uppdrag: []Uppdrag{{RollDeltagaransvarig, orgID, insatsID}, {RollSamverkansadministrator, orgID, uuid.Nil}}}, svar{}},
		"systemförvaltare":                         {Aktor{Roller: []Roll{RollSystemforvaltare}}, svar{skaparOrg: true, andrarOrg: true, kontakt: true}},
		"a machine that reads":                     {medUppdrag(RollMaskin, orgID, insatsID, ScopeDeltagandeLas), svar{ser: true, kontakt: true}},
		"a machine that writes":                    {medUppdrag(RollMaskin, orgID, insatsID, ScopeDeltagandeSkriv), svar{ser: true, skriver: true, kontakt: true}},
		"a machine that pulls reports":             {medUppdrag(RollMaskin, orgID, insatsID, ScopeRapportLas), svar{kontakt: true}},
		"a machine of a neighbour":                 {medUppdrag(RollMaskin, orgID, annanInsats, ScopeDeltagandeSkriv), svar{kontakt: true}},
		"a machine of the organisation, no insats": {Aktor{Roller: []Roll{RollMaskin}, OrganisationID: orgID}, svar{kontakt: true}},
		"a person with a scope by mistake":         {Aktor{Roller: []Roll{RollSusrapport}, Scopes: []Scope{ScopeDeltagandeSkriv}}, svar{}},
	} {
		t.Run(namn, func(t *testing.T) {
			a := fall.a
			fatt := svar{a.FarSePersonuppgifter(insatsID), a.FarRegistrera(insatsID), a.FarSkapaOrganisation(), a.FarAndraOrganisation(orgID),
				a.FarSkapaInsats(orgID), a.FarAndraInsats(iOrg), a.FarSeKontaktperson(orgID)}
			if fatt != fall.vill {
				t.Errorf("\n got %+v\nwant %+v", fatt, fall.vill)
			}
			if ser := slices.Contains(a.InsatserMedPersonuppgifter(), insatsID); ser != fall.vill.ser {
				t.Errorf("row security says %v", ser)
			}
		})
	}
}

func TestAnUppdragOnTheOrganisationAsSuchOpensNobodysPersonuppgifter(t *testing.T) {
	a := medUppdrag(RollDeltagaransvarig, orgID, uuid.Nil) // auth expands it to insatser
	if len(a.InsatserMedPersonuppgifter()) != 0 || a.FarSePersonuppgifter(uuid.Nil) || a.FarSePersonuppgifter(insatsID) {
		t.Error("open")
	}
	b := medUppdrag(RollDeltagaransvarig, orgID, insatsID)
	b.Uppdrag = append(b.Uppdrag, b.Uppdrag[0])
	if len(b.InsatserMedPersonuppgifter()) != 1 {
		t.Error("not once each")
	}
}

func TestWhatAUserHolds(t *testing.T) {
	b := func(r Roll, from, tom string) Behorighet {
		return Behorighet{Roll: r, Period: NyPeriod(dag(from), dag(tom))}
	}
	for namn, fall := range map[string]struct {
		alla []Behorighet
		falt []string
	}{
		"nothing":   {nil, nil},
		"two years": {[]Behorighet{b(RollSusrapport, "2010-01-01", "2011-12-31")}, nil},
		"a day more than two years": {[]Behorighet{b(RollSusrapport, "2010-01-01", "2012-01-01")},
			[]string{"/behorigheter/0/till behorighet-for-lang"}},
		"an end before its start": {[]Behorighet{b(RollSusrapport, "2010-01-02", "2010-01-01")},
			[]string{"/behorigheter/0/till slut-fore-start"}},
		"two different roles": {[]Behorighet{b(RollSusrapport, "2010-01-01", "2010-12-31"), b(RollInsatsansvarig, "2010-01-01", "2010-12-31")}, nil},
		"three different roles one day": {[]Behorighet{b(RollSusrapport, "2010-01-01", "2010-12-31"), b(RollInsatsansvarig, "2010-03-01", "2010-12-31"), b(RollDeltagaransvarig, "2010-12-31", "2011-12-31")},
			[]string{"/behorigheter/2 for-manga-behorigheter"}},
		"three roles, never three a day": {[]Behorighet{b(RollSusrapport, "2010-01-01", "2010-12-31"), b(RollInsatsansvarig, "2010-03-01", "2010-12-31"), b(RollDeltagaransvarig, "2011-01-01", "2011-12-31")}, nil},
		"administratör and deltagaransvarig": {[]Behorighet{b(RollSamverkansadministrator, "2010-01-01", "2010-12-31"), b(RollDeltagaransvarig, "2010-12-31", "2011-12-31")},
			[]string{"/behorigheter/1 behorigheter-utesluter"}},
		"first the one, then the other": {[]Behorighet{b(RollSamverkansadministrator, "2010-01-01", "2010-12-31"), b(RollDeltagaransvarig, "2011-01-01", "2011-12-31")}, nil},
		"periods that abut":             {[]Behorighet{b(RollSusrapport, "2010-01-01", "2010-12-31"), b(RollSusrapport, "2011-01-01", "2011-12-31")}, nil},
		"periods that overlap by a day": {[]Behorighet{b(RollSusrapport, "2010-01-01", "2010-12-31"), b(RollSusrapport, "2010-12-31", "2011-12-30")},
			[]string{"/behorigheter/1 behorighet-overlappar"}},
		"a machine's role": {[]Behorighet{b(RollMaskin, "2010-01-01", "2010-12-31")}, []string{"/behorigheter/0/roll okand-kod"}},
	} {
		t.Run(namn, func(t *testing.T) {
			err := KontrolleraBehorigheter(fall.alla)
			if fall.falt == nil {
				if err != nil {
					t.Fatalf("refused: %+v", err)
				}
				return
			}
			nekas(t, err, KodOgiltig, fall.falt...)
		})
	}
}

func TestBehorigheterAreRightExactlyWhenEveryDayIs(t *testing.T) {
	roller := []Roll{RollSusrapport, RollInsatsansvarig, RollDeltagaransvarig, RollSamverkansadministrator}
	start := dag("2010-01-01")
	rapid.Check(t, func(t *rapid.T) {
		alla := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Behorighet {
			from := start.Plus(rapid.IntRange(0, 20).Draw(t, "from"))
			return Behorighet{Roll: rapid.SampledFrom(roller).Draw(t, "roll"), Period: NyPeriod(from, from.Plus(rapid.IntRange(0, 10).Draw(t, "dagar")))}
		}), 0, 5).Draw(t, "alla")
		ratt := true
		for n := range 40 {
			d, antal := start.Plus(n), map[Roll]int{}
			for _, b := range alla {
				if !d.Fore(b.Fran) && !d.Efter(*b.Tom) {
					antal[b.Roll]++
				}
			}
			for _, a := range antal {
				ratt = ratt && a == 1
			}
			ratt = ratt && len(antal) <= 2 && (antal[RollDeltagaransvarig] == 0 || antal[RollSamverkansadministrator] == 0)
		}
		if err := KontrolleraBehorigheter(alla); ratt != (err == nil) {
			t.Fatalf("right %v, %+v", ratt, err)
		}
	})
}

func TestEachNamedSystemHasAnIDOfItsOwn(t *testing.T) {
	ids, namn := map[uuid.UUID]string{}, map[string]bool{}
	for _, a := range systemaktorer {
		if ids[a.ID] != "" || namn[a.System] || a.ID == uuid.Nil || a.System == "" {
			t.Errorf("%s has %s, as %q has", a.System, a.ID, ids[a.ID])
		}
		ids[a.ID], namn[a.System] = a.System, true
	}
	if len(ids) < 5 {
		t.Errorf("%d systems", len(ids))
	}
}
