package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// deltagande is one as it goes over the wire.
type deltagande struct {
	ID             uuid.UUID       `json:"id"`
	InsatsID       uuid.UUID       `json:"insatsId"`
	SamtyckeID     uuid.UUID       `json:"samtyckeId"`
	Status         string          `json:"status"`
	Startdag       string          `json:"startdag"`
	Avslutningsdag *string         `json:"avslutningsdag,omitempty"`
	ExterntID      *string         `json:"externtId,omitempty"`
	Deltagare      *deltagare      `json:"deltagare,omitempty"`
	Inregistrering inregistrering  `json:"inregistrering"`
	Utregistrering *utregistrering `json:"utregistrering,omitempty"`
	Varningar      []string        `json:"varningar,omitempty"`
	Skapad         time.Time       `json:"skapad"`
	Version        int             `json:"version"`
}

type deltagare struct {
	Personnummer string `json:"personnummer"`
	Namn         string `json:"namn"`
	Kommun       string `json:"kommun,omitempty"`
}

type sysselsattning struct {
	Forsorjning     []string `json:"forsorjning"`
	Arbetssokande   bool     `json:"arbetssokande"`
	Arbetar         bool     `json:"arbetar"`
	ArbetarProcent  *int     `json:"arbetarProcent,omitempty"`
	Arbetstyper     []string `json:"arbetstyper,omitempty"`
	Studerar        bool     `json:"studerar"`
	StuderarProcent *int     `json:"studerarProcent,omitempty"`
}

type fragesvar struct {
	FragaID uuid.UUID `json:"fragaId"`
	Koder   *[]string `json:"koder,omitempty"`
	Tal     *int      `json:"tal,omitempty"`
}

type inregistrering struct {
	Startdag               string         `json:"startdag"`
	Stadsdel               *string        `json:"stadsdel,omitempty"`
	Utbildningsniva        string         `json:"utbildningsniva"`
	ArOffentligForsorjning int            `json:"arOffentligForsorjning"`
	Fore                   sysselsattning `json:"fore"`
	Svar                   []fragesvar    `json:"svar,omitempty"`
}

type utregistrering struct {
	Avslutningsdag   string          `json:"avslutningsdag"`
	Avslutsanledning string          `json:"avslutsanledning"`
	Efter            *sysselsattning `json:"efter,omitempty"`
	Svar             []fragesvar     `json:"svar,omitempty"`
}

const lasColumns = `d.id, d.insats_id, d.samtycke_id, d.startdag::text, d.avslutningsdag::text, d.oppen, d.felregistrerad, d.externt_id, d.skapad, d.version,
	i.personnummer, i.namn, coalesce(i.kommun, ''),
	m.dag::text, m.stadsdel, m.utbildningsniva, m.ar_offentlig_forsorjning, m.forsorjning, m.arbetssokande, m.arbetar, m.arbetar_procent,
	m.arbetstyper, m.studerar, m.studerar_procent,
	u.dag::text, u.avslutsanledning, u.forsorjning, u.arbetssokande, u.arbetar, u.arbetar_procent, u.arbetstyper, u.studerar, u.studerar_procent,
	(select json_agg(json_build_object('fragaId', s.fraga_id, 'koder', s.koder, 'tal', s.tal) order by f.nr)
		from fragesvar s join fraga f on f.id = s.fraga_id where s.mattillfalle_id = m.id),
	(select json_agg(json_build_object('fragaId', s.fraga_id, 'koder', s.koder, 'tal', s.tal) order by f.nr)
		from fragesvar s join fraga f on f.id = s.fraga_id where s.mattillfalle_id = u.id)`

const lasJoin = ` left join identitet i on i.samtycke_id = d.samtycke_id
	join lateral (select * from mattillfalle x where x.deltagande_id = d.id and x.typ = 'IN' order by x.version desc limit 1) m on true
	left join lateral (select * from mattillfalle x where x.deltagande_id = d.id and x.typ = 'UT' order by x.version desc limit 1) u on true`

// lasRad reads one row, and whose it is.
func (g *golv) lasRad(rad pgx.Row) (deltagande, error) {
	var d deltagande
	var oppen, fel bool
	var nummer, namn []byte
	var kommun string
	var utdag, anledning *string
	var ut sysselsattning
	var sokande, arbetar, studerar *bool
	in := &d.Inregistrering
	var utsvar []fragesvar
	err := rad.Scan(&d.ID, &d.InsatsID, &d.SamtyckeID, &d.Startdag, &d.Avslutningsdag, &oppen, &fel, &d.ExterntID, &d.Skapad, &d.Version,
		&nummer, &namn, &kommun,
		&in.Startdag, &in.Stadsdel, &in.Utbildningsniva, &in.ArOffentligForsorjning, &in.Fore.Forsorjning, &in.Fore.Arbetssokande, &in.Fore.Arbetar,
		&in.Fore.ArbetarProcent, &in.Fore.Arbetstyper, &in.Fore.Studerar, &in.Fore.StuderarProcent,
		&utdag, &anledning, &ut.Forsorjning, &sokande, &arbetar, &ut.ArbetarProcent, &ut.Arbetstyper, &studerar, &ut.StuderarProcent,
		&in.Svar, &utsvar)
	if err != nil {
		return d, err
	}
	d.Skapad = d.Skapad.UTC()
	switch {
	case fel:
		d.Status = "FELREGISTRERAD"
	case oppen:
		d.Status = "PAGAENDE"
	default:
		d.Status = "AVSLUTAD"
	}
	if utdag != nil {
		d.Utregistrering = &utregistrering{Avslutningsdag: *utdag, Avslutsanledning: *anledning, Svar: utsvar}
		if sokande != nil {
			ut.Arbetssokande, ut.Arbetar, ut.Studerar = *sokande, *arbetar, *studerar
			d.Utregistrering.Efter = &ut
		}
	}
	if nummer == nil {
		return d, nil
	}
	id := d.SamtyckeID.String()
	siffror, err := g.aead.Decrypt(nummer, []byte(id+".personnummer"))
	if err != nil {
		return d, err
	}
	klartext, err := g.aead.Decrypt(namn, []byte(id+".namn"))
	if err != nil {
		return d, err
	}
	d.Deltagare = &deltagare{Personnummer: string(siffror), Namn: string(klartext), Kommun: kommun}
	return d, nil
}

// las is GET /v1/deltaganden/{id}.
func (g *golv) las(a anrop) error {
	ctx := a.r.Context()
	id, err := uuid.Parse(a.r.PathValue("id"))
	if err != nil {
		return err
	}
	tx, err := g.begin(ctx, a.vem)
	if err != nil {
		return err
	}
	d, err := g.lasRad(tx.QueryRow(ctx, `select `+lasColumns+` from deltagande d`+lasJoin+` where d.id = $1 and d.insats_id = any($2)`, id, a.vem.insatser))
	if err != nil {
		return avbryt(ctx, tx, err)
	}
	h := handelse{handelse: "DELTAGANDE_LAST", objekttyp: "deltagande", objekt: &d.ID, insats: &d.InsatsID}
	if err := logga(ctx, tx, a.vem, h, []uuid.UUID{d.SamtyckeID}, []uuid.UUID{d.InsatsID}); err != nil {
		return avbryt(ctx, tx, err)
	}
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	a.w.Header().Set("ETag", `"`+strconv.Itoa(d.Version)+`"`)
	return a.json(http.StatusOK, d)
}

type lank struct {
	Href   string `json:"href"`
	Rel    string `json:"rel"`
	Method string `json:"method"`
}

type sida struct {
	Data  []deltagande    `json:"data"`
	Meta  map[string]int  `json:"_meta"`
	Links map[string]lank `json:"_links"`
}

// lista is GET /v1/insatser/{id}/deltaganden?limit&offset.
func (g *golv) lista(a anrop) error {
	ctx := a.r.Context()
	id, err := uuid.Parse(a.r.PathValue("id"))
	if err != nil {
		return err
	}
	fragor := a.r.URL.Query()
	limit, err1 := strconv.Atoi(fragor.Get("limit"))
	offset, err2 := strconv.Atoi(fragor.Get("offset"))
	if err1 != nil || err2 != nil || !a.vem.ser(id) {
		return fmt.Errorf("not asked so here")
	}
	tx, err := g.begin(ctx, a.vem)
	if err != nil {
		return err
	}
	rader, err := tx.Query(ctx, `select `+lasColumns+` from (select * from deltagande d where d.insats_id = $1 order by d.startdag, d.id limit $2 offset $3) d`+
		lasJoin+` order by d.startdag, d.id`, id, limit, offset)
	if err != nil {
		return avbryt(ctx, tx, err)
	}
	s := sida{Data: make([]deltagande, 0, limit)}
	var samtycken, insatser []uuid.UUID
	for rader.Next() {
		d, err := g.lasRad(rader)
		if err != nil {
			rader.Close()
			return avbryt(ctx, tx, err)
		}
		s.Data = append(s.Data, d)
		if d.Deltagare != nil {
			samtycken, insatser = append(samtycken, d.SamtyckeID), append(insatser, d.InsatsID)
		}
	}
	if err := rader.Err(); err != nil {
		return avbryt(ctx, tx, err)
	}
	totalt := offset + len(s.Data)
	if len(s.Data) == limit {
		if err := tx.QueryRow(ctx, `select count(*) from deltagande d where d.insats_id = $1`, id).Scan(&totalt); err != nil {
			return avbryt(ctx, tx, err)
		}
	}
	h := handelse{handelse: "DELTAGANDEN_LISTADE", objekttyp: "insats", objekt: &id, insats: &id}
	if err := logga(ctx, tx, a.vem, h, samtycken, insatser); err != nil {
		return avbryt(ctx, tx, err)
	}
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	s.Meta = map[string]int{"totalRecords": totalt, "limit": limit, "offset": offset, "count": len(s.Data)}
	s.Links = lankar(a.r.URL.EscapedPath(), limit, offset, len(s.Data), totalt)
	return a.json(http.StatusOK, s)
}

func lankar(vag string, limit, offset, antal, totalt int) map[string]lank {
	till := func(rel string, offset int) lank {
		return lank{fmt.Sprintf("%s?limit=%d&offset=%d", vag, limit, offset), rel, "GET"}
	}
	sista := 0
	if totalt > 0 {
		sista = (totalt - 1) / limit * limit
	}
	l := map[string]lank{"self": till("self", offset), "first": till("first", 0), "last": till("last", sista)}
	if offset > 0 {
		l["prev"] = till("prev", max(0, min(offset-limit, sista)))
	}
	if offset+antal < totalt && antal > 0 {
		l["next"] = till("next", offset+limit)
	}
	return l
}

func (a anrop) json(status int, v any) error {
	a.w.Header().Set("Content-Type", "application/json")
	a.w.WriteHeader(status)
	return json.NewEncoder(a.w).Encode(v)
}
