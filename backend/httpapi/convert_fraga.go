package httpapi

import (
	"sus/api"
	"sus/backend/register"
	"sus/backend/store"
)

func fromNyFraga(in api.NyFraga) register.Frageuppgifter {
	return register.Frageuppgifter{
		Namn:      in.Namn,
		Innehall:  in.Innehall,
		Period:    register.Period{Fran: in.FranOchMed, Tom: in.TillOchMed},
		Svarstyp:  in.Svarstyp,
		Etiketter: value(in.Alternativ),
		Minst:     intOf(in.Minst),
		Hogst:     intOf(in.Hogst),
		Steg:      intOf(in.Steg),
		LagstOrd:  value(in.LagstOrd),
		HogstOrd:  value(in.HogstOrd),
		VidIn:     in.VidIn,
		VidUt:     in.VidUt,
	}
}

func toFraga(f register.Fraga) api.Fraga {
	out := api.Fraga{
		Id:             f.ID,
		OrganisationId: f.OrganisationID,
		Namn:           f.Namn,
		Innehall:       f.Innehall,
		FranOchMed:     f.Fran,
		TillOchMed:     f.Tom,
		Svarstyp:       f.Svarstyp,
		LagstOrd:       optional(f.LagstOrd),
		HogstOrd:       optional(f.HogstOrd),
		VidIn:          f.VidIn,
		VidUt:          f.VidUt,
		Ordning:        int32(f.Ordning),
		BesvaradTom:    f.Besvarad,
		Version:        int32(f.Version),
	}
	if len(f.Alternativ) > 0 {
		alternativ := convert(f.Alternativ, func(a register.Svarsalternativ) api.Svarsalternativ {
			return api.Svarsalternativ{Kod: a.Kod, Etikett: a.Etikett}
		})
		out.Alternativ = &alternativ
	}
	switch f.Svarstyp {
	case register.SvarHeltal:
		out.Minst, out.Hogst = int32Of(f.Minst), int32Of(f.Hogst)
	case register.SvarSkala:
		out.Steg = int32Of(f.Hogst)
	}
	out.Varningar = toVarningar(f.Varningar)
	return out
}

func toFragaLista(rows []register.Fraga, meta api.Meta, links api.Lankar) api.FragaLista {
	return api.FragaLista{Data: convert(rows, toFraga), UnderscoreMeta: meta, UnderscoreLinks: links}
}

func toFrageordning(o store.Frageordning) api.Frageordning {
	return api.Frageordning{Fragor: notNil(o.Fragor), Version: int32(o.Version)}
}

// fromFragesvar is nil when nothing is said of the answers, and empty when there are none.
func fromFragesvar(in *[]api.Fragesvar) []register.Fragesvar {
	if in == nil {
		return nil
	}
	return append([]register.Fragesvar{}, convert(*in, func(s api.Fragesvar) register.Fragesvar {
		return register.Fragesvar{FragaID: s.FragaId, Fragaversion: int(value(s.Fragaversion)), Koder: value(s.Koder), Tal: intOf(s.Tal)}
	})...)
}

func toFragesvar(svar []register.Fragesvar) *[]api.Fragesvar {
	if len(svar) == 0 {
		return nil
	}
	out := convert(svar, func(s register.Fragesvar) api.Fragesvar {
		f := api.Fragesvar{FragaId: s.FragaID, Tal: int32Of(s.Tal)}
		if len(s.Koder) > 0 {
			f.Koder = &s.Koder
		}
		return f
	})
	return &out
}
