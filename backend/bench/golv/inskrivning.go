package main

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// nyttDeltagande is the body of an in-registration.
type nyttDeltagande struct {
	SamtyckeID             uuid.UUID      `json:"samtyckeId"`
	Startdag               string         `json:"startdag"`
	Stadsdel               *string        `json:"stadsdel"`
	Utbildningsniva        string         `json:"utbildningsniva"`
	ArOffentligForsorjning int            `json:"arOffentligForsorjning"`
	Fore                   sysselsattning `json:"fore"`
	ExterntID              *string        `json:"externtId"`
}

const maxBody = 256 << 10

var errRegel = errors.New("not allowed")

const infaktaSQL = `select s.datum::text, s.aterkallat, n.nr, n.startdatum::text, n.slutdatum::text, o.id, o.nr, o.startdatum::text, o.slutdatum::text,
	i.personnummer, i.blindindex, i.namn, i.kommun, i.skydd, i.uppslagen,
	exists (select from deltagande d where d.samtycke_id = s.id),
	exists (select from unnest(sus_alla_persontal(i.blindindex)) as p (person) join deltagande d on d.person = p.person
		where d.insats_id = s.insats_id and d.oppen),
	s.mognad_datum is not null, coalesce(i.kommun <> '' and not exists (select from organisationsrad r where r.org = o.nr and i.kommun = any(r.kommuner)
		and r.giltig_fran <= $3::text::date and coalesce(r.giltig_tom >= $3::text::date, true)), false)
	from samtycke s join insats n on n.id = s.insats_id join samverkansorganisation o on o.id = n.organisation_id
	left join identitet i on i.samtycke_id = s.id
	where s.id = $1 and s.insats_id = $2 for update of s for key share of n, o`

const skrivSQL = `with p as materialized (select sus_tag_personnyckel($4, $1, $2, $6::text::date) as person),
	d as (insert into deltagande (id, insats_id, samtycke_id, person, startdag, oppen, felregistrerad, externt_id, skapad, skapad_av, version)
		select $3, $4, $5, p.person, $6::text::date, true, false, $7, $8, $9, 1 from p returning reg, person),
	m as (insert into mattillfalle (id, deltagande_id, insats_id, typ, version, dag, stadsdel, utbildningsniva, ar_offentlig_forsorjning,
		kon, kommun, alder, forsorjning, arbetssokande, arbetar, arbetar_procent, arbetstyper, studerar, studerar_procent, registrerad, registrerad_av)
		values ($10, $3, $4, 'IN', 1, $6::text::date, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $8, $9))
	select reg, person from d`

const faktSQL = `insert into fakt_in (ar, manad, org, insats, fb, kon, alder, kommun, utb, person, startman, bidragsar, arbete_fore, studier_fore, reg, omrade, lan,
		slutman, arbetssokande_fore, arbetstyp_fore, inriktning, preciserad, malgrupp)
	select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, p.omrade, p.lan, 32767, $16, $17, i.inriktning, i.preciserad, i.malgrupp
	from sus_plats($3, $2) p, sus_insats_om($4, $2) i`

// skrivIn is POST /v1/insatser/{id}/deltaganden with an Idempotency-Key.
func (g *golv) skrivIn(a anrop) error {
	ctx := a.r.Context()
	insats, err := uuid.Parse(a.r.PathValue("id"))
	if err != nil {
		return err
	}
	text, err := io.ReadAll(http.MaxBytesReader(a.w, a.r.Body, maxBody))
	if err != nil {
		return err
	}
	var in nyttDeltagande
	avkodare := json.NewDecoder(bytes.NewReader(text))
	avkodare.DisallowUnknownFields()
	if err := avkodare.Decode(&in); err != nil {
		return err
	}
	nyckel := a.r.Header.Get("Idempotency-Key")
	utb, finns := g.kodrad.utbildning[in.Utbildningsniva]
	if !finns || nyckel == "" || !a.vem.ser(insats) {
		return errRegel
	}
	hash, err1 := g.body.ComputePrimaryPRF(append([]byte("skapaDeltagande\x00"+a.r.URL.EscapedPath()+"\n"), text...), 32)
	nyckelHash, err2 := g.body.ComputePrimaryPRF([]byte("Idempotency-Key\x00skapaDeltagande\x00"+nyckel), 32)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}

	tx, err := g.db.Begin(ctx)
	if err != nil {
		return err
	}
	nu := nu()
	var ny bool
	if err := tx.QueryRow(ctx, `with tagen as (insert into idempotens (anropare, operation, nyckel_hmac, kropp_hmac, skapad)
		values ($1, 'skapaDeltagande', $2, $3, $4) on conflict do nothing returning true)
		select exists (select from tagen) from (select set_config('sus.insatser', $5, true)) as c`,
		a.vem.id, nyckelHash, hash, nu, a.vem.lista).Scan(&ny); err != nil || !ny {
		return avbryt(ctx, tx, errors.Join(err, errRegel))
	}
	var (
		datum, iStart, oStart string
		iSlut, oSlut          *string
		aterkallat            *time.Time
		iNr, oNr              int16
		organisation          uuid.UUID
		nummer, index, namn   []byte
		kommun, skydd         string
		uppslagen             time.Time
		anvant, oppen         bool
		mogen, utanfor        bool
	)
	if err := tx.QueryRow(ctx, infaktaSQL, in.SamtyckeID, insats, in.Startdag).Scan(&datum, &aterkallat, &iNr, &iStart, &iSlut, &organisation, &oNr, &oStart, &oSlut,
		&nummer, &index, &namn, &kommun, &skydd, &uppslagen, &anvant, &oppen, &mogen, &utanfor); err != nil {
		return avbryt(ctx, tx, err)
	}
	siffror, err := g.aead.Decrypt(nummer, []byte(in.SamtyckeID.String()+".personnummer"))
	if err != nil {
		return avbryt(ctx, tx, err)
	}
	if _, err := g.aead.Decrypt(namn, []byte(in.SamtyckeID.String()+".namn")); err != nil {
		return avbryt(ctx, tx, err)
	}
	idag := dag(nu)
	if nu.Sub(uppslagen) > 24*time.Hour || anvant || oppen || aterkallat != nil || skydd != "INGET" || datum > idag || in.Startdag > idag ||
		in.Startdag < iStart || in.Startdag < oStart || iSlut != nil && in.Startdag > *iSlut || oSlut != nil && in.Startdag > *oSlut {
		return avbryt(ctx, tx, errRegel)
	}

	d := deltagande{InsatsID: insats, SamtyckeID: in.SamtyckeID, Status: "PAGAENDE", Startdag: in.Startdag, ExterntID: in.ExterntID, Skapad: nu, Version: 1,
		Inregistrering: inregistrering{in.Startdag, in.Stadsdel, in.Utbildningsniva, in.ArOffentligForsorjning, in.Fore, nil}}
	matning, err1 := uuid.NewV7()
	d.ID, err2 = uuid.NewV7()
	if err := errors.Join(err1, err2); err != nil {
		return avbryt(ctx, tx, err)
	}
	kon, konNr := konAv(siffror)
	alder := alderAv(siffror, in.Startdag)
	d.Varningar = varnade(alder < 15 && !mogen, utanfor)
	var reg, person int32
	if err := tx.QueryRow(ctx, skrivSQL, index, slumptal(), d.ID, insats, in.SamtyckeID, in.Startdag, in.ExterntID, nu, a.vem.id,
		matning, in.Stadsdel, in.Utbildningsniva, in.ArOffentligForsorjning, kon, kommun, alder, in.Fore.Forsorjning, in.Fore.Arbetssokande,
		in.Fore.Arbetar, in.Fore.ArbetarProcent, in.Fore.Arbetstyper, in.Fore.Studerar, in.Fore.StuderarProcent).Scan(&reg, &person); err != nil {
		return avbryt(ctx, tx, err)
	}
	if _, err := tx.Exec(ctx, `update folkbokforingsuppslag set ledde = true where aktor_id = $1 and blindindex = any($2) and not ledde`,
		a.vem.id, [][]byte{index}); err != nil {
		return avbryt(ctx, tx, err)
	}
	ar, manad := faktdag(in.Startdag)
	if _, err := tx.Exec(ctx, faktSQL, ar, manad, oNr, iNr, mangd(g.kodrad.bit, in.Fore.Forsorjning), konNr, int16(alder), tal(kommun), utb, person, manad,
		int16(in.ArOffentligForsorjning), procent(in.Fore.ArbetarProcent), procent(in.Fore.StuderarProcent), reg,
		janej(in.Fore.Arbetssokande), mangd(g.kodrad.arbetsbit, in.Fore.Arbetstyper)); err != nil {
		return avbryt(ctx, tx, err)
	}
	// The organisation's questions too, none of which the bench's organisations ask.
	if _, err := tx.Exec(ctx, `select nr from sus_fragor_vid($1, array[$2::date])`, organisation, in.Startdag); err != nil {
		return avbryt(ctx, tx, err)
	}
	// The uppdrag and the code lists stand until it is done.
	if _, err := tx.Exec(ctx, `select roll from uppdrag where coalesce(anvandare_id, klient_id) = $1 and (insats_id = $2 or organisation_id = $3)
		and $4::date between giltig_fran and coalesce(giltig_tom, 'infinity') for share`, a.vem.id, insats, organisation, idag); err != nil {
		return avbryt(ctx, tx, err)
	}
	if _, err := tx.Exec(ctx, `select sus_vakta_kodverk($1)`, g.kodrad.utgava); err != nil {
		return avbryt(ctx, tx, err)
	}
	h := handelse{handelse: "DELTAGANDE_INSKRIVET", objekttyp: "deltagande", objekt: &d.ID, insats: &insats, organisation: &organisation}
	if err := logga(ctx, tx, a.vem, h, []uuid.UUID{in.SamtyckeID}, []uuid.UUID{insats}); err != nil {
		return avbryt(ctx, tx, err)
	}
	svar, err := json.Marshal(d)
	if err != nil {
		return avbryt(ctx, tx, err)
	}
	plats := "/v1/deltaganden/" + d.ID.String()
	if _, err := tx.Exec(ctx, `update idempotens set status = 201, location = $1, etag = '"1"', svar = $2, samtycke_id = $3
		where anropare = $4 and operation = 'skapaDeltagande' and nyckel_hmac = $5`, plats, svar, in.SamtyckeID, a.vem.id, nyckelHash); err != nil {
		return avbryt(ctx, tx, err)
	}
	if err := tx.Commit(ctx); err != nil {
		return err
	}
	a.w.Header().Set("Content-Type", "application/json")
	a.w.Header().Set("Location", plats)
	a.w.Header().Set("ETag", `"1"`)
	a.w.WriteHeader(http.StatusCreated)
	_, err = a.w.Write(svar)
	return err
}

// varnade is the warnings that the database has to be asked for, by their ids.
func varnade(ung, utanfor bool) (v []string) {
	if ung {
		v = append(v, "under-15-utan-bedomning")
	}
	if utanfor {
		v = append(v, "kommun-utanfor")
	}
	return v
}

func slumptal() int32 {
	var b [4]byte
	rand.Read(b[:])
	return int32(binary.BigEndian.Uint32(b[:]))
}

func konAv(siffror []byte) (string, int16) {
	if siffror[10]%2 == 0 {
		return "KVINNA", 1
	}
	return "MAN", 2
}

// alderAv is whole years from a number's birthday to a day.
func alderAv(siffror []byte, pa string) int {
	ar := tal(pa[:4]) - tal(string(siffror[:4]))
	if pa[5:7]+pa[8:10] < string(siffror[4:8]) {
		ar--
	}
	return int(ar)
}

func faktdag(dag string) (ar, manad int16) {
	ar = tal(dag[:4])
	return ar, (ar-2000)*12 + tal(dag[5:7]) - 1
}

func tal(s string) int16 {
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return int16(n)
}

func procent(p *int) int16 {
	if p == nil {
		return 0
	}
	return int16(*p)
}

func janej(ja bool) int16 {
	if ja {
		return 1
	}
	return 0
}

func mangd(bit map[string]int, koder []string) int32 {
	var m int32
	for _, kod := range koder {
		m |= 1 << bit[kod]
	}
	return m
}
