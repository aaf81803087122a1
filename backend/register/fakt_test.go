package register

import (
	"slices"
	"testing"

	"github.com/google/uuid"
)

func TestTheFactsOfADeltagande(t *testing.T) {
	ett, fem := int16(1), int16(5)
	var rader []Kodrad
	for bit, kod := range map[int16]string{1: "SA", 4: "FORSORJNINGSSTOD", 7: "INGEN"} {
		rader = append(rader, Kodrad{Kodverk: KodverkForsorjning, Kod: kod, Bit: &bit})
	}
	const sa, forsorjningsstod, ingen = 1 << 1, 1 << 4, 1 << 7
	noll, tva := int16(0), int16(2)
	kv := NyttKodverk(append(rader,
		Kodrad{Kodverk: KodverkUtbildningsniva, Kod: "GYMNASIUM", Nr: &ett},
		Kodrad{Kodverk: KodverkAvslutsanledning, Kod: "FLYTT", Nr: &fem, UtanMatning: true},
		Kodrad{Kodverk: KodverkAvslutsanledning, Kod: "PLAN", Nr: &ett},
		Kodrad{Kodverk: KodverkArbetstyp, Kod: string(ArbeteInteSubventionerat), Bit: &noll}, Kodrad{Kodverk: KodverkArbetstyp, Kod: string(ArbeteEgetForetag), Bit: &tva}))
	niva, kommun, kon, ar, alder, aldre, ja, nej, halvtid := "GYMNASIUM", "0380", KonKvinna, 3, 33, 34, true, false, 50
	slut := NyttDatum(2011, 2, 1)
	flytt, plan := "FLYTT", "PLAN"
	d := Deltagande{Reg: 7, Person: 99, Startdag: NyttDatum(2010, 12, 31), In: Mattillfalle{
		Utbildningsniva: &niva, Kommun: &kommun, Kon: &kon, ArOffentligForsorjning: &ar, Alder: &alder,
		Forsorjning: []string{"SA", "FORSORJNINGSSTOD"}, Arbetssokande: &ja, Arbetar: &ja, ArbetarProcent: &halvtid, Studerar: &nej,
		Arbetstyper: []Arbetstyp{ArbeteInteSubventionerat, ArbeteEgetForetag},
	}}
	org, insats := Samverkansorganisation{Nr: 4}, Insats{Nr: 12}

	in, ut := Faktarader(d, org, insats, kv)
	if ut != nil {
		t.Error("ett öppet deltagande har ett slut")
	}
	vill := Faktarad{Ar: 2010, Manad: 131, Org: 4, Insats: 12, Fore: sa | forsorjningsstod, Efter: -1, Kon: FaktKvinna, Alder: 33, Kommun: 380,
		Utbildning: 1, Person: 99, Startmanad: 131, Bidragsar: 3, ArbeteFore: 50, ArbeteEfter: -1, StudierFore: 0, StudierEfter: -1, Orsak: -1, Reg: 7,
		Slutmanad: FaktOppen, Dagar: -1, ArbetssokandeFore: 1, ArbetssokandeEfter: -1, ArbetstypFore: 1<<0 | 1<<2, ArbetstypEfter: -1}
	if *in != vill {
		t.Errorf("fick %+v", *in)
	}

	d.Avslutningsdag = &slut
	d.Ut = &Mattillfalle{Avslutsanledning: &flytt, Alder: &aldre}
	inAvslutad := vill
	inAvslutad.Slutmanad = 133
	vill.Ar, vill.Manad, vill.Alder, vill.Orsak, vill.Slutmanad, vill.Dagar = 2011, 133, 34, 5, 133, 33
	if in, ut := Faktarader(d, org, insats, kv); *ut != vill || *in != inAvslutad {
		t.Errorf("utan mätning: fick %+v", *ut)
	}
	d.Ut = &Mattillfalle{Avslutsanledning: &plan, Alder: &aldre, Forsorjning: []string{"INGEN"}, Arbetssokande: &nej, Arbetar: &nej, Studerar: &ja, StuderarProcent: &halvtid}
	vill.Orsak, vill.Efter, vill.ArbeteEfter, vill.StudierEfter = 1, ingen, 0, 50
	vill.ArbetssokandeEfter, vill.ArbetstypEfter = 0, 0
	if _, ut := Faktarader(d, org, insats, kv); *ut != vill {
		t.Errorf("med mätning: fick %+v", *ut)
	}

	d.Felregistrerad = true
	if in, ut := Faktarader(d, org, insats, kv); in != nil || ut != nil {
		t.Error("en felregistrering ingår i siffrorna")
	}
}

func TestTheAnswersAmongTheFacts(t *testing.T) {
	ja, noll, tre, alder, aldre, kon := true, 0, 3, 33, 34, KonMan
	fran, slut := NyttDatum(2010, 12, 31), NyttDatum(2011, 2, 1)
	stalls := func(nr int32, typ Svarstyp, vidIn, vidUt bool, andra ...func(*Fraga)) Fraga {
		f := Fraga{ID: uuid.New(), Nr: nr, Period: Period{Fran: NyttDatum(2010, 1, 1)}, Svarstyp: typ, VidIn: vidIn, VidUt: vidUt}
		for _, kod := range []string{"7", "2", "4"} {
			f.Alternativ = append(f.Alternativ, Svarsalternativ{Kod: kod})
		}
		for _, a := range andra {
			a(&f)
		}
		return f
	}
	flerval, heltal := stalls(1, SvarFlerval, true, true), stalls(2, SvarHeltal, true, true)
	bara := stalls(3, SvarEnval, true, false)
	slutad := stalls(4, SvarSkala, true, true, func(f *Fraga) { f.Tom = &fran })
	borjar := stalls(5, SvarSkala, true, true, func(f *Fraga) { f.Fran = fran.Plus(1) })
	d := Deltagande{Reg: 7, Startdag: fran, In: Mattillfalle{Dag: fran, Alder: &alder, Kon: &kon, Forsorjning: []string{"SA"}, Arbetssokande: &ja, Svar: []Fragesvar{
		{FragaID: flerval.ID, Koder: []string{"7", "4"}}, {FragaID: heltal.ID, Tal: &noll}, {FragaID: slutad.ID, Tal: &tre}}},
		Avslutningsdag: &slut, Ut: &Mattillfalle{Dag: slut, Alder: &aldre, Forsorjning: []string{"SA"}, Arbetssokande: &ja, Svar: []Fragesvar{{FragaID: flerval.ID, Koder: []string{"2"}}}}}
	fragor := []Fraga{flerval, heltal, bara, slutad, borjar}
	rakna := func() []Faktasvar {
		in, ut := Faktarader(d, Samverkansorganisation{Nr: 4}, Insats{Nr: 12}, NyttKodverk(nil))
		return FaktasvarFor(d, in, ut, fragor)
	}
	vid := func(matt int16, fraga int32, svar int16) Faktasvar {
		f := Faktasvar{Ar: 2010, Manad: 131, Insats: 12, Matt: matt, Fraga: fraga, Svar: svar, Kon: FaktMan, Alder: 33, Kommun: -1}
		if matt == FaktMattUt {
			f.Ar, f.Manad, f.Alder = 2011, 133, 34
		}
		return f
	}
	in := []Faktasvar{vid(0, 1, 1), vid(0, 1, 3), vid(0, 2, 0), vid(0, 3, -1), vid(0, 4, 3)}
	if fick, vill := rakna(), append(slices.Clone(in), vid(1, 1, 2), vid(1, 2, -1), vid(1, 5, -1)); !slices.Equal(fick, vill) {
		t.Errorf("fick %+v, ville ha %+v", fick, vill)
	}
	d.Ut = &Mattillfalle{Dag: slut}
	if fick := rakna(); !slices.Equal(fick, in) {
		t.Errorf("utan mätning: fick %+v", fick)
	}
	d.Felregistrerad = true
	if fick := rakna(); len(fick) > 0 {
		t.Errorf("en felregistrering: fick %+v", fick)
	}
}
