package httpapi

import (
	"strings"

	"sus/api"
	"sus/backend/export"
	"sus/backend/rapport"
	"sus/backend/register"
)

// fromUrval reads the choice. It refuses one without exactly one way to say which time (422).
func fromUrval(p api.HamtaRapportParams, idag register.Datum) (rapport.Urval, error) {
	tid, err := fromTidsval(p, idag)
	u := rapport.Urval{
		Samverkansform: register.Samverkansform(p.Samverkansform), Tid: tid,
		Verksamhetsomraden: value(p.Verksamhetsomrade), Lan: value(p.Lan), Organisationer: value(p.OrganisationId), Insatser: value(p.InsatsId),
		Kommuner: value(p.Kommun), Personlan: value(p.Personlan), Indelning: value(p.Indelning),
	}
	for _, k := range value(p.Kon) {
		u.Kon = append(u.Kon, register.Kon(k))
	}
	for _, a := range value(p.Alder) {
		u.Aldrar = append(u.Aldrar, rapport.ParseSpann(a))
	}
	for _, n := range value(p.Aldersgranser) {
		u.Aldersgranser = append(u.Aldersgranser, int(n))
	}
	return u, err
}

func fromTidsval(p api.HamtaRapportParams, idag register.Datum) (rapport.Tidsval, error) {
	ways := 0
	for _, given := range []bool{p.Budgetar != nil, p.Fran != nil || p.Till != nil, p.Period != nil} {
		if given {
			ways++
		}
	}
	if ways != 1 || (p.Fran == nil) != (p.Till == nil) {
		field := "/budgetar"
		if ways == 1 {
			field = map[bool]string{true: "/fran", false: "/till"}[p.Fran == nil]
		}
		return rapport.Tidsval{}, register.OgiltigaFalt([]register.Faltfel{register.RegelTidsval.Vid(field)})
	}
	switch {
	case p.Budgetar != nil:
		return rapport.Budgetar(int(*p.Budgetar)), nil
	case p.Period != nil:
		return rapport.Senaste(idag), nil
	}
	fran, err := rapport.ParseManad(*p.Fran)
	if err != nil {
		return rapport.Tidsval{}, err
	}
	till, err := rapport.ParseManad(*p.Till)
	return rapport.Tidsval{Fran: fran, Till: till}, err
}

func toRapport(r rapport.Resultat) api.Rapport {
	out := api.Rapport{
		Rapport: r.Rapport.ID(), Version: int32(r.Rapport.Version), Titel: r.Rapport.Titel, Korningstid: r.Korningstid.UTC(), Preliminar: r.Preliminar,
		Urval: toRapporturval(r.Urval), Bild: api.Rapportbild(r.Rapport.Bild), Fotnoter: notNil(r.Fotnoter()), Definitioner: toDefinitioner(r.Rapport),
		Huvud: convert(r.Huvud, func(h rapport.Huvudrad) api.Huvudrad { return api.Huvudrad{Etikett: h.Etikett, Varde: h.Varde} }),
		Indelning: convert(r.Indelning, func(d rapport.Delning) api.Rapportindelning {
			return api.Rapportindelning{Id: d.ID, Etikett: d.Etikett}
		}),
		Tackning: api.Tackning{Noter: notNil(r.Tackning.Noter), Rader: convert(r.Tackning.Rader, func(x rapport.Tackningsrad) api.Tackningsrad {
			return api.Tackningsrad{Kod: api.TackningsradKod(x.Kod), Etikett: x.Etikett, Antal: int32Of(x.Antal), Namnare: int32Of(x.Namnare)}
		})},
	}
	for i := range r.Delar {
		out.Delar = append(out.Delar, toRapportdel(&r, &r.Delar[i]))
	}
	return out
}

func toRapportdel(r *rapport.Resultat, d *rapport.Resultatdel) api.Rapportdel {
	columns := r.Kolumner(d)
	out := api.Rapportdel{Id: d.ID, Rubrik: r.Rubrik(d), Bredvid: r.Bredvid(d), Varning: optional(d.Varning), Noter: notNil(r.Noter(d)), Tal: []api.Rapporttal{}, Rader: []api.Rapportrad{},
		Kolumner: convert(columns, toRapportkolumn)}
	for _, s := range d.Summor {
		for _, t := range d.Tal {
			n := api.Rapporttal{Id: t.ID, Etikett: r.Talord(t), Varde: int32(t.Kvot(s.Summa).Taljare)}
			if len(s.Koder) > 0 {
				n.Koder = new(toKoder(r, s.Koder))
			}
			out.Tal = append(out.Tal, n)
		}
	}
	for _, row := range d.Rader {
		x := api.Rapportrad{Koder: toKoder(r, row.Koder), Etikett: row.Koder[len(row.Koder)-1].Etikett,
			Etiketter: convert(row.Koder, func(k rapport.Kategori) string { return k.Etikett })}
		for i, c := range row.Celler {
			x.Celler = append(x.Celler, c.Tal(columns[i].Enhet))
		}
		if printed := r.Tryckt(columns, row); printed != nil {
			x.Tryckt = &printed
		}
		out.Rader = append(out.Rader, x)
	}
	return out
}

func toKoder(r *rapport.Resultat, koder []rapport.Kategori) map[string]string {
	out := map[string]string{}
	for i, k := range koder {
		out[r.Indelning[i].ID] = k.Kod
	}
	return out
}

func toRapportkolumn(k rapport.Vardekolumn) api.Rapportkolumn {
	typ := api.TAL
	if k.Enhet == rapport.EnhetProcent {
		typ = api.PROCENT
	}
	return api.Rapportkolumn{Id: k.ID, Rubrik: k.Rubrik, Typ: typ, Enhet: api.RapportkolumnEnhet(k.Enhet)}
}

func toDefinitioner(r *rapport.Rapport) []api.Rapportdefinition {
	return convert(r.Definitioner(), func(m *rapport.Matt) api.Rapportdefinition {
		return api.Rapportdefinition{Id: m.ID, Text: m.Definition, Version: int32(m.Version)}
	})
}

func toRapporturval(u rapport.Urval) api.Rapporturval {
	out := api.Rapporturval{
		Samverkansform: u.Samverkansform, Fran: u.Tid.ForstaManad(), Till: u.Tid.SistaManad(),
		Verksamhetsomrade: listed(u.Verksamhetsomraden), Lan: listed(u.Lan), OrganisationId: listed(u.Organisationer), InsatsId: listed(u.Insatser), Kon: listed(u.Kon),
		Alder: listed(convert(u.Aldrar, rapport.Spann.Kod)), Kommun: listed(u.Kommuner), Personlan: listed(u.Personlan), Indelning: listed(u.Indelning),
		Aldersgranser: listed(convert(u.Aldersgranser, func(n int) int32 { return int32(n) })),
	}
	if fran, till, hela := u.Tid.HelaAr(); hela && fran == till {
		out.Budgetar = new(int32(fran))
	}
	return out
}

// listed is a list that is left out when it is empty.
func listed[T any](l []T) *[]T {
	if len(l) == 0 {
		return nil
	}
	return &l
}

func toRapportkatalog(kodverk register.Kodverk, idag register.Datum) api.Rapportkatalog {
	kategori := func(k rapport.Kategori) api.Kategori { return api.Kategori{Kod: k.Kod, Etikett: k.Etikett} }
	return api.Rapportkatalog{
		Rapporter: convert(rapport.Katalog(), func(r *rapport.Rapport) api.Rapportpost {
			return api.Rapportpost{
				Grupp: r.Grupp, Rapport: r.Namn, Titel: r.Titel, Fraga: r.Fraga, Version: int32(r.Version), Bild: api.Rapportbild(r.Bild), Radindelning: r.Rad, Kolumnindelning: optional(r.Kolumn),
				Definitioner: toDefinitioner(r),
				Delar: convert(r.Delar, func(d rapport.Del) api.Rapportpostdel {
					return api.Rapportpostdel{Id: d.ID, Rubrik: strings.TrimSuffix(strings.ReplaceAll(d.Rubrik, " för {tid}", ""), " "),
						Kolumner: convert(d.Matt, func(m *rapport.Matt) api.Rapportkolumn { return toRapportkolumn(m.Kolumn()) })}
				}),
			}
		}),
		Urval: convert(rapport.Urvalsfilter(kodverk, idag), func(f rapport.Filter) api.Urvalspost {
			return api.Urvalspost{Id: f.ID, Etikett: f.Etikett, Flera: f.Flera, Varden: listed(convert(f.Varden, kategori))}
		}),
		Indelningar: convert(rapport.Indelningar(), func(d *rapport.Dimension) api.Kategori { return api.Kategori{Kod: d.ID, Etikett: d.Etikett} }),
		Format: convert(export.Alla, func(f export.Format) api.Rapportformat {
			typ := f.Mediatyp
			if f.Profil != "" {
				typ += "; profile=" + f.Profil
			}
			return api.Rapportformat{Namn: f.Namn, Etikett: f.Etikett, Mediatyp: typ}
		}),
	}
}
