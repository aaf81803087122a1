package export

import (
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"sus/backend/rapport"
)

// dataset is JSON-stat 2.0, https://json-stat.org/full/.
type dataset struct {
	Version   string               `json:"version"`
	Class     string               `json:"class"`
	Label     string               `json:"label"`
	Source    string               `json:"source"`
	Updated   string               `json:"updated"`
	Note      []string             `json:"note,omitempty"`
	ID        []string             `json:"id"`
	Size      []int                `json:"size"`
	Role      map[string][]string  `json:"role,omitempty"`
	Dimension map[string]dimension `json:"dimension"`
	Value     []*float64           `json:"value"`
	Status    map[string]string    `json:"status,omitempty"`
	Extension map[string]any       `json:"extension"`
}

type dimension struct {
	Label    string   `json:"label"`
	Category category `json:"category"`
}

type category struct {
	Index map[string]int    `json:"index"`
	Label map[string]string `json:"label"`
	Unit  map[string]unit   `json:"unit,omitempty"`
}

type unit struct {
	Base     string `json:"base"`
	Decimals int    `json:"decimals"`
}

// statusSaknas marks a cell without a value, so that it is not read as 0.
const statusSaknas = ".."

// JSONStat is the data view as one JSON-stat 2.0 dataset: its dimension columns
// span the cube, the first number column is the value, dense in row-major
// order; years stack by the dimension whose role is time. Filters, run time and counts stand in extension. A cell that
// the view lacks is null with a status. The error is a view that is not such a table.
func JSONStat(t rapport.Tabell) ([]byte, error) {
	if len(t.Delar) != 1 {
		return nil, fmt.Errorf("json-stat: %d tabeller i stället för en", len(t.Delar))
	}
	del := t.Delar[0]
	d := dataset{
		Version: "2.0", Class: "dataset", Label: t.Titel, Source: "SUS",
		Updated: t.Korningstid.UTC().Format(time.RFC3339), Note: del.Noter,
		Dimension: map[string]dimension{},
		Extension: map[string]any{"korningstid": rapport.SkrivKorningstid(t.Korningstid)},
	}
	varde, celler := -1, 1
	var kolumner []int // of the dimensions
	for i, k := range del.Kolumner {
		switch {
		case k.Typ == rapport.KolumnDimension:
			kolumner = append(kolumner, i)
			celler *= len(k.Kategorier)
			d.ID = append(d.ID, k.Dimension)
			d.Size = append(d.Size, len(k.Kategorier))
			d.Dimension[k.Dimension] = nyDimension(k)
			if roll := roll(k); roll != "" {
				if d.Role == nil {
					d.Role = map[string][]string{}
				}
				d.Role[roll] = append(d.Role[roll], k.Dimension)
			}
		case varde < 0 && k.Typ == rapport.KolumnTal:
			varde = i
		}
	}
	if varde < 0 || len(kolumner) == 0 || celler == 0 {
		return nil, fmt.Errorf("json-stat: tabellen saknar dimension, kategori eller värde")
	}

	d.Value = make([]*float64, celler)
	for _, rad := range del.Rader {
		plats := 0
		for _, i := range kolumner {
			k := del.Kolumner[i]
			n, finns := d.Dimension[k.Dimension].Category.Index[rad[i].Text]
			if !finns {
				return nil, fmt.Errorf("json-stat: en rad har en kod utanför dimensionen %s", k.Dimension)
			}
			plats = plats*len(k.Kategorier) + n
		}
		if rad[varde].Slag == rapport.CellTal {
			d.Value[plats] = &rad[varde].Tal
		}
	}
	for plats, v := range d.Value {
		if v == nil {
			if d.Status == nil {
				d.Status = map[string]string{}
			}
			d.Status[strconv.Itoa(plats)] = statusSaknas
		}
	}
	for _, u := range t.Uppgifter {
		d.Extension[u.Namn] = uppgift(u.Varde)
	}
	d.Extension["huvud"], d.Extension["definitioner"] = rader(t.Huvud), rader(t.Definitioner)
	return json.Marshal(d)
}

func nyDimension(k rapport.Kolumn) dimension {
	d := dimension{Label: k.Rubrik, Category: category{Index: map[string]int{}, Label: map[string]string{}}}
	for i, kat := range k.Kategorier {
		d.Category.Index[kat.Kod] = i
		d.Category.Label[kat.Kod] = kat.Etikett
		if k.Metrik { // what is measured is itself a dimension, so each of its categories has a unit
			if d.Category.Unit == nil {
				d.Category.Unit = map[string]unit{}
			}
			d.Category.Unit[kat.Kod] = unit{Base: string(k.Enheter[i]), Decimals: k.Enheter[i].Decimaler()}
		}
	}
	return d
}

// roll is what a dimension is to the cube, "" for none of the format's roles.
func roll(k rapport.Kolumn) string {
	if k.Metrik {
		return "metric"
	}
	return string(k.Roll)
}

func uppgift(v any) any {
	lista, ok := v.([]rapport.Uppgift)
	if !ok {
		return v
	}
	svar := map[string]any{}
	for _, u := range lista {
		svar[u.Namn] = uppgift(u.Varde)
	}
	return svar
}
