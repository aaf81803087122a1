package register

import "slices"

// sysselsattning gathers the faults of what both measurements ask.
func (f *felsamling) sysselsattning(p string, s Sysselsattning, dag Datum, fakta Registreringsfakta) {
	if len(s.Forsorjning) == 0 {
		f.lagg(p+"/forsorjning", RegelObligatoriskt, "Välj minst en försörjning.")
	}
	for i, kod := range s.Forsorjning {
		r, ok := fakta.Kodverk.Giltig(KodverkForsorjning, kod, dag, fakta.Organisation.Samverkansform)
		if !ok {
			f.lagg(element(p+"/forsorjning", i), RegelOkandKod, "Försörjningen finns inte den dagen.")
		} else if r.Exklusiv && len(s.Forsorjning) > 1 {
			f.lagg(p+"/forsorjning", RegelForsorjningUtesluter, r.Etikett+" kan inte väljas tillsammans med annan försörjning.")
		}
	}
	f.unika(p+"/forsorjning", s.Forsorjning)
	f.procent(p+"/arbetarProcent", s.Arbetar, s.ArbetarProcent)
	switch {
	case s.Arbetar && len(s.Arbetstyper) == 0:
		f.lagg(p+"/arbetstyper", RegelObligatoriskt, "Välj minst en typ av arbete.")
	case !s.Arbetar && len(s.Arbetstyper) > 0:
		f.lagg(p+"/arbetstyper", RegelBaraMedJa, "Typ av arbete anges bara när deltagaren arbetar.")
	}
	typer := make([]string, len(s.Arbetstyper))
	for i, typ := range s.Arbetstyper {
		typer[i] = string(typ)
		if !slices.Contains(Arbetstyper, typ) {
			f.lagg(element(p+"/arbetstyper", i), RegelOkandKod, "Typen av arbete finns inte.")
		}
	}
	f.unika(p+"/arbetstyper", typer)
	f.procent(p+"/studerarProcent", s.Studerar, s.StuderarProcent)
}

// procent: 1–100 with Ja, nothing with Nej.
func (f *felsamling) procent(pekare string, ja bool, procent *int) {
	switch {
	case ja && procent == nil:
		f.lagg(pekare, RegelObligatoriskt, "Ange omfattningen i procent.")
	case !ja && procent != nil:
		f.lagg(pekare, RegelBaraMedJa, "Omfattningen anges bara när svaret är ja.")
	case procent != nil && (*procent < 1 || *procent > 100):
		f.lagg(pekare, RegelUtanforGranser, "Omfattningen ska vara ett heltal från 1 till 100.")
	}
}
