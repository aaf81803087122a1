package export

import (
	"encoding/json"
	"time"

	"sus/backend/rapport"
)

// ContentTypeCSVW is that of metadata for a CSV on the web, https://www.w3.org/TR/tabular-metadata/.
const ContentTypeCSVW = "application/csvm+json"

type csvw struct {
	Context     []any          `json:"@context"`
	URL         string         `json:"url"`
	Title       string         `json:"dc:title"`
	Created     string         `json:"dc:created"`
	Publisher   string         `json:"dc:publisher"`
	Notes       []any          `json:"notes"`
	Dialect     map[string]any `json:"dialect"`
	TableSchema csvwSchema     `json:"tableSchema"`
}

type csvwSchema struct {
	Columns []csvwColumn `json:"columns"`
}

type csvwColumn struct {
	Name     string `json:"name"`
	Titles   string `json:"titles"`
	Datatype string `json:"datatype"`
	Required bool   `json:"required"`
}

// CSVW describes the CSV of the format data, which is at adress: its columns and codes, and
// what stands beside the cells: the choice, persons, those without measurement, coverage,
// notes and definitions.
func CSVW(r *rapport.Resultat, adress string) ([]byte, error) {
	t := r.Data()
	del := t.Delar[0]
	d := csvw{
		Context: []any{"http://www.w3.org/ns/csvw", map[string]string{"@language": "sv"}}, URL: adress, Title: t.Titel,
		Created: t.Korningstid.UTC().Format(time.RFC3339), Publisher: "SUS", Dialect: map[string]any{"encoding": "utf-8", "delimiter": ",", "header": true, "lineTerminators": []string{"\n"}},
	}
	koder := map[string]any{}
	for _, k := range del.Kolumner {
		typ := "string"
		if k.Typ == rapport.KolumnTal {
			typ = "number"
		}
		d.TableSchema.Columns = append(d.TableSchema.Columns, csvwColumn{k.Namn, k.Rubrik, typ, k.Typ == rapport.KolumnDimension})
		if k.Typ == rapport.KolumnDimension {
			ord := map[string]string{}
			for _, kat := range k.Kategorier {
				ord[kat.Kod] = kat.Etikett
			}
			koder[k.Namn] = ord
		}
	}
	bredvid := map[string]any{"koder": koder, "noter": del.Noter, "huvud": rader(t.Huvud), "definitioner": rader(t.Definitioner)}
	for _, u := range t.Uppgifter {
		bredvid[u.Namn] = uppgift(u.Varde)
	}
	d.Notes = []any{bredvid}
	return json.Marshal(d)
}

func rader(huvud []rapport.Huvudrad) []string {
	svar := make([]string, len(huvud))
	for i, h := range huvud {
		svar[i] = h.String()
	}
	return svar
}
