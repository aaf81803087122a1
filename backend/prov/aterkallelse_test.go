package prov_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"sus/backend/folkbokforing"
	"sus/backend/register"
)

// demo is a data folder with a small demo and its server, durable as in production.
func demo(t *testing.T) (installation, *server) {
	t.Helper()
	i := installation{mapp: filepath.Join(mapp(t, false), "data")}
	kopiera(t, fylldDemo(t), i.mapp)
	return i, i.serva(t)
}

// person is somebody whom the demo has not.
type person struct{ nummer, namn string }

// okanda picks n people whose names have an Å, Ä or Ö and no part so short that it
// stands in a database by chance, and of whom there is no trace before they are
// registered: what is found afterwards is ours. A part that stands in kollega, the
// name of whoever registers, would be found in every answer that shows it.
func okanda(t *testing.T, i installation, kollega string, n int) []person {
	t.Helper()
	var alla []person
	l := nyLetare()
	for ar := 1900; len(alla) < 30; ar++ {
		for dag := 1; dag <= 12; dag++ {
			nr := register.Testnummer(register.NyttDatum(ar, dag, dag), dag%2 == 0)
			post, err := folkbokforing.SimulatorPost(nr, register.NyttDatum(2020, 1, 1).Tid())
			ja(t, err)
			delar := strings.Fields(post.Namn)
			kort := slices.ContainsFunc(delar, func(d string) bool { return len(d) < minst })
			kollegas := slices.ContainsFunc(delar, func(d string) bool { return strings.Contains(strings.ToLower(kollega), strings.ToLower(d)) })
			if len(delar) == 2 && !kort && !kollegas && strings.ContainsAny(post.Namn, "ÅÄÖåäö") {
				for _, s := range append(delar, nr.Siffror()[2:]) {
					l.lagg(fmt.Sprintf("%d.", len(alla)), []byte(s))
				}
				alla = append(alla, person{nr.Siffror(), post.Namn})
			}
		}
	}
	tables, filer := l.sokTables(t, i.databasURL(t, "postgres")), l.sokMapp(t, i.mapp)
	var svar []person
	delar := map[string]bool{}
	for k, p := range alla {
		d, namn := strings.Fields(p.namn), fmt.Sprintf("%d.", k)
		if len(tables[namn])+len(filer[namn]) == 0 && !delar[d[0]] && !delar[d[1]] && len(svar) < n {
			svar = append(svar, p)
			delar[d[0]], delar[d[1]] = true, true
		}
	}
	if len(svar) < n {
		t.Fatalf("bara %d av %d är okända för databasen", len(svar), len(alla))
	}
	alltid := nyLetare()
	for k, p := range svar {
		alltid.person(fmt.Sprint("okänd ", k), p.nummer, p.namn)
	}
	for vad, f := range map[string]fynd{"databasen": alltid.sokTables(t, i.databasURL(t, "postgres")), "datamappen": alltid.sokMapp(t, i.mapp)} {
		if len(f) > 0 {
			t.Fatalf("innan någon är registrerad har %s:%s", vad, f)
		}
	}
	return svar
}

// chiffer adds what the database keeps of one samtycke: ciphertexts with their
// nonces, the blind index, the log's salts and the stored answers' hashes.
func (l *letare) chiffer(t *testing.T, superURL, vem, samtycke string, medIndex bool) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), superURL)
	ja(t, err)
	defer func() { _ = conn.Close(context.Background()) }()
	var nummer, namn, index []byte
	var insats string
	ja(t, conn.QueryRow(t.Context(), `select personnummer, namn, blindindex, insats_id::text from identitet where samtycke_id = $1`, samtycke).
		Scan(&nummer, &namn, &index, &insats))
	const prefix, iv, tagg = 5, 12, 16 // Tink's; the prefix is the key's and the same for all
	l.bitar(vem+": chiffrerat nummer", nummer[prefix:], iv, len(nummer)-prefix-iv-tagg, tagg)
	l.bitar(vem+": chiffrerat namn", namn[prefix:], iv, len(namn)-prefix-iv-tagg, tagg)
	if medIndex {
		l.bitar(vem+": blindindex", index, 16, 16)
	}
	// A row of the report's facts has the person's key. With the other samtycke in
	// the register the key still leads to her: the old row must not be left either.
	var f struct {
		insats, kon, alder, kommun, utb int16
		fb, person                      int32
	}
	ja(t, conn.QueryRow(t.Context(), `select f.insats, f.fb, f.kon, f.alder, f.kommun, f.utb, f.person from fakt_in f join deltagande d using (reg) where d.samtycke_id = $1`, samtycke).
		Scan(&f.insats, &f.fb, &f.kon, &f.alder, &f.kommun, &f.utb, &f.person))
	rad := binary.LittleEndian.AppendUint16(nil, uint16(f.insats))
	rad = binary.LittleEndian.AppendUint32(rad, uint32(f.fb))
	for _, v := range []int16{f.kon, f.alder, f.kommun, f.utb} {
		rad = binary.LittleEndian.AppendUint16(rad, uint16(v))
	}
	l.lagg(vem+": faktarad", binary.LittleEndian.AppendUint32(rad, uint32(f.person)))
	for vad, fraga := range map[string]string{
		"loggens salt":  `select salt from loggperson where samtycke_id = $1 or (blindindex = $2 and insats_id = $3::uuid)`,
		"kroppens hash": `select kropp_hmac from idempotens where samtycke_id = $1 and $2::bytea is not null and $3::uuid is not null`,
		"sparat svar":   `select svar from idempotens where samtycke_id = $1 and $2::bytea is not null and $3::uuid is not null`,
	} {
		rader, err := conn.Query(t.Context(), fraga, samtycke, index, insats)
		ja(t, err)
		varden, err := pgx.CollectRows(rader, pgx.RowTo[[]byte])
		ja(t, err)
		if len(varden) == 0 {
			t.Errorf("%s: databasen har inget av %s", vem, vad)
		}
		for n, v := range varden {
			if vad == "sparat svar" {
				l.lagg(fmt.Sprintf("%s: %s %d", vem, vad, n), v) // ours in no other form: it is JSON with ids
				continue
			}
			l.bitar(fmt.Sprintf("%s: %s %d", vem, vad, n), v, 16)
		}
	}
}

// superkor runs statements with the superuser's rights, also when a test is over.
func superkor(t *testing.T, superURL string, satser ...string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	conn, err := pgx.Connect(ctx, superURL)
	ja(t, err)
	defer func() { _ = conn.Close(ctx) }()
	for _, sats := range satser {
		if _, err := conn.Exec(ctx, sats); err != nil {
			t.Fatalf("%s: %v", strings.SplitN(sats, "'", 2)[0], err)
		}
	}
}

// externtMedNamn is a caller's case id that holds a name, of nobody else.
const externtMedNamn = "AKT-4711-Qvarnzelius.Fornamn"

// nyckelnsNamn is a name that a caller's Idempotency-Keys hold, of nobody else.
const nyckelnsNamn = "Zackrisqvist.Fornamn"

// livslopp takes one person the whole way over HTTP, and tries the ways in which
// a number can get where it must not be: it is also sent where it does not belong.
func livslopp(t *testing.T, a ansvarig, p person) (samtycke, deltagande string) {
	t.Helper()
	traff := a.vanta(t, 200, a.sokning(p.nummer)).json(t)
	if traff.str("namn") != p.namn {
		t.Fatal("sökningen visar ett annat namn än folkbokföringens")
	}
	ny := a.samtycke(p.nummer).med("livslopp-samtycke-" + nyckelnsNamn)
	ny.body["externtId"], ny.body["sprak"] = externtMedNamn, "ti"
	ny.body["mognadsbedomning"] = body{"datum": a.dag(5), "vardnadshavare": true}
	samtycke = a.vanta(t, 201, ny).json(t).str("id")
	if igen := a.vanta(t, 201, ny).json(t).str("id"); igen != samtycke {
		t.Fatal("samma nyckel gav två samtycken")
	}
	if last := a.vanta(t, 200, a.las("/v1/samtycken/"+samtycke)).json(t); last.str("deltagare", "personnummer") != p.nummer || last.str("deltagare", "namn") != p.namn {
		t.Fatal("samtycket visar inte vem som gav det")
	}
	in := a.inskrivning(samtycke).med("livslopp-in-" + nyckelnsNamn)
	in.body["externtId"] = externtMedNamn
	deltagande = a.vanta(t, 201, in).json(t).str("id")
	vag := "/v1/deltaganden/" + deltagande
	lista := func() {
		for _, d := range a.vanta(t, 200, a.las("/v1/insatser/"+a.insats+"/deltaganden?limit=100&sort=-startdag")).data(t) {
			if d.str("id") == deltagande && d.str("deltagare", "namn") == p.namn {
				return
			}
		}
		t.Error("listan visar inte deltagaren")
	}
	lista()
	ratta := func(vad string, k body) {
		t.Helper()
		k["skal"] = "Fel uppgift från början."
		etag := a.vanta(t, 200, a.las(vag)).huvud.Get("ETag")
		a.vanta(t, 200, anrop{metod: "PUT", vag: vag + vad, token: a.token, etag: etag, body: k})
	}
	rattad := a.inskrivning("").body
	rattad["arOffentligForsorjning"] = 5
	ratta("/inregistrering", rattad)
	a.vanta(t, 201, a.utskrivning(deltagande).med("livslopp-ut-"+nyckelnsNamn))
	ratta("/utregistrering", body{"avslutningsdag": a.dag(91), "avslutsanledning": "FLYTT"})
	a.vanta(t, 200, a.las(vag+"/versioner"))
	a.vanta(t, 200, a.sokning(p.nummer))
	lista()

	tio := p.nummer[2:8] + "-" + p.nummer[8:]
	for _, fel := range []anrop{
		a.las("/v1/deltaganden/" + p.nummer), a.las("/v1/personer/" + p.nummer), a.las("/v1/insatser?personnummer=" + p.nummer),
		a.las("/" + p.nummer + "?namn=" + strings.ReplaceAll(p.namn, " ", "+")),
		{metod: "POST", vag: "/v1/deltagare-sokningar", token: a.token, body: body{"insatsId": p.nummer, "personnummer": tio}},
		{metod: "POST", vag: "/v1/deltagare-sokningar", token: a.token, body: body{"insatsId": a.insats, "personnummer": p.nummer, p.namn: p.nummer}},
		{metod: "POST", vag: "/v1/deltagare-sokningar", token: a.token, form: `{"personnummer":"` + p.nummer + `" ` + p.namn},
		{metod: "POST", vag: "/v1/deltagare-sokningar", token: p.nummer, body: body{"personnummer": p.nummer}},
		{metod: "POST", vag: "/v1/insatser/" + a.insats + "/deltaganden", token: a.token, body: body{"samtyckeId": p.nummer, "startdag": p.nummer, "utbildningsniva": p.namn}},
		{metod: "POST", vag: "/v1/inloggningar", body: body{"personnummer": p.nummer, "huvudlosenord": p.namn}},
		{metod: "PUT", vag: vag + "/inregistrering", token: a.token, etag: p.nummer, body: body{"skal": 1, "namn": p.namn}},
		a.samtycke(tio), a.samtycke(p.nummer).med(p.namn),
	} {
		if r := a.skicka(fel); r.fel != nil || r.status < 400 || r.status >= 500 {
			t.Errorf("ett felaktigt anrop (%s %s) gav %d %v", fel.metod, utanID(fel.vag), r.status, r.fel)
		}
	}
	return samtycke, deltagande
}

func TestAWithdrawnSamtyckeLeavesNoTraceOfThePerson(t *testing.T) {
	i, s := demo(t)
	super := i.databasURL(t, "postgres")
	a := s.ansvarig(t, i.token(t, "DELTAGARANSVARIG"), "")
	andra := andraInsats(t, a)
	b := s.ansvarig(t, i.token(t, "DELTAGARANSVARIG", "--insats", andra), andra)
	jag := a.vanta(t, 200, a.las("/v1/jag")).json(t)
	personer := okanda(t, i, jag.str("fornamn")+" "+jag.str("efternamn"), 3)
	ensam, delad, planta := personer[0], personer[1], personer[2]
	// A checkpoint removes the log's files, and with them what is to be found there.
	superkor(t, super, `select pg_create_physical_replication_slot('prov', true)`)

	samtycke, deltagande := livslopp(t, a, ensam)
	// The other one has consented twice, in two insatser.
	d1 := a.vanta(t, 201, a.samtycke(delad.nummer).med("delad-samtycke")).json(t).str("id")
	d2 := b.vanta(t, 201, b.samtycke(delad.nummer).med("delad-samtycke")).json(t).str("id")
	del1 := a.vanta(t, 201, a.inskrivning(d1).med("delad-in")).json(t).str("id")
	del2 := b.vanta(t, 201, b.inskrivning(d2).med("delad-in")).json(t).str("id")
	a.vanta(t, 200, a.sokning(delad.nummer))
	b.vanta(t, 200, b.sokning(delad.nummer))

	klartext, chiffer, kvar := nyLetare(), nyLetare(), nyLetare()
	klartext.person("ensam", ensam.nummer, ensam.namn)
	klartext.person("delad", delad.nummer, delad.namn)
	klartext.lagg("ensam: Idempotency-Key", []byte(nyckelnsNamn))
	chiffer.chiffer(t, super, "ensam", samtycke, true)
	chiffer.lagg("ensam: externt id", []byte(externtMedNamn))
	chiffer.chiffer(t, super, "delad", d1, false)
	kvar.chiffer(t, super, "delad kvar", d2, true)

	t.Run("kontrollen finner allt innan", func(t *testing.T) { kontroll(t, i, super, planta, chiffer) })
	superkor(t, super, `select pg_drop_replication_slot('prov')`)
	if r := a.vanta(t, 200, a.las("/v1/samtycken/"+samtycke)).json(t); r.str("sprak") != "ti" || r["mognadsbedomning"] == nil || r.str("externtId") != externtMedNamn {
		t.Error("samtycket visar inte språk, mognadsbedömning och externt id medan det gäller")
	}
	inget := func(vad string, f fynd) {
		t.Helper()
		if len(f) > 0 {
			t.Errorf("%s:%s", vad, f)
		}
	}
	inget("klartext i databasen medan de är registrerade", klartext.sokTables(t, super))

	a.vanta(t, 201, a.aterkallelse(samtycke).med("aterkalla-ensam-"+nyckelnsNamn))
	a.vanta(t, 201, a.aterkallelse(d1).med("aterkalla-delad"))
	if r := a.vanta(t, 200, a.las("/v1/samtycken/"+samtycke)).json(t); r["sprak"] != nil || r["mognadsbedomning"] != nil || r["externtId"] != nil {
		t.Error("samtycket har kvar språk, mognadsbedömning eller externt id")
	}
	t.Run("API:t visar henne inte", func(t *testing.T) {
		a.vanta(t, 409, a.aterkallelse(samtycke))
		for _, spelad := range []anrop{a.samtycke(ensam.nummer).med("livslopp-samtycke-" + nyckelnsNamn), a.inskrivning(samtycke).med("livslopp-in-" + nyckelnsNamn),
			a.utskrivning(deltagande).med("livslopp-ut-" + nyckelnsNamn), a.samtycke(delad.nummer).med("delad-samtycke"), a.inskrivning(d1).med("delad-in")} {
			if r := a.vanta(t, 410, spelad).json(t); r.str("regel") != "aterkallat" {
				t.Errorf("en uppspelning efteråt gav %s", r.str("regel"))
			}
		}
		f := fynd{}
		for _, vag := range []string{"/v1/samtycken/" + samtycke, "/v1/deltaganden/" + deltagande, "/v1/deltaganden/" + deltagande + "/versioner",
			"/v1/samtycken/" + d1, "/v1/deltaganden/" + del1} {
			ja(t, klartext.sok(strings.NewReader(string(a.vanta(t, 200, a.las(vag)).text)), "svaret på "+utanID(vag), f))
		}
		inget("API:t", f)
		listade := 0
		for _, d := range a.vanta(t, 200, a.las("/v1/insatser/"+a.insats+"/deltaganden?limit=100&sort=-startdag")).data(t) {
			if d.str("id") == deltagande || d.str("id") == del1 {
				if listade++; d["deltagare"] != nil {
					t.Error("listan visar en deltagare vars samtycke är återkallat")
				}
			}
		}
		if listade != 2 {
			t.Errorf("listan har %d av de två deltagandena, som finns kvar utan person", listade)
		}
		for _, l := range [][2]string{{"/v1/samtycken/" + d2, del2}, {"/v1/deltaganden/" + del2, del2}} {
			if r := b.vanta(t, 200, b.las(l[0])).json(t); r.str("deltagare", "personnummer") != delad.nummer || r.str("deltagare", "namn") != delad.namn {
				t.Error("det andra samtycket visar inte längre vem som gav det")
			}
		}
		if r := b.vanta(t, 201, b.inskrivning(d2).med("delad-in")).json(t); r.str("id") != del2 {
			t.Error("det andra samtyckets svar är inte sparat")
		}
	})

	efter := func(when string) {
		t.Helper()
		inget("klartext i databasen "+when, klartext.sokTables(t, super))
		inget("chiffer i levande rader "+when, chiffer.sokTables(t, super))
		inget("klartext i datamappen "+when, klartext.sokMapp(t, i.mapp))
		f := fynd{}
		ja(t, klartext.sok(strings.NewReader(string(s.fel.Bytes())), "loggen", f))
		ja(t, chiffer.sok(strings.NewReader(string(s.fel.Bytes())), "loggen", f))
		inget("serverns logg "+when, f)
		if f := kvar.sokTables(t, super); !f.pa("identitet") || !f.med("delad kvar: blindindex").pa("personnyckel") || !f.med("delad kvar: blindindex").pa("loggperson") ||
			!f.med("delad kvar: loggens salt").pa("loggperson") || !f.med("delad kvar: sparat svar").pa("idempotens") {
			t.Errorf("av det andra samtycket finns efteråt bara:%s", f)
		}
	}
	efter("efter återkallelsen")
	if n := len(strings.Split(string(s.fel.Bytes()), "\n")); n < 30 {
		t.Errorf("loggen har bara %d rader: den visar inget", n)
	}

	ut := i.kor(t, "gallra", "--fysiskt")
	if !strings.Contains(ut, "omskrivna") {
		t.Errorf("gallringen säger %q", ut)
	}
	efter("efter gallringen")
	inget("chiffer i datamappen efter gallringen", chiffer.sokMapp(t, i.mapp))
	if f := kvar.sokMapp(t, i.mapp); !f.pa("pgdata/base/") {
		t.Error("letaren finner inte längre det som ska vara kvar i filerna")
	}
	i.kor(t, "logg", "kontrollera")
	i.kor(t, "statistik", "kontrollera")
	b.vanta(t, 200, b.las("/v1/deltaganden/"+del2))
	if r := b.vanta(t, 200, b.sokning(delad.nummer)).json(t); r.str("namn") != delad.namn {
		t.Error("sökningen efter gallringen visar ett annat namn")
	}
}

// andraInsats is the name of the second insats of a's organisation in which people
// are registered by a deltagaransvarig of their own.
func andraInsats(t *testing.T, a ansvarig) string {
	t.Helper()
	alla := a.vanta(t, 200, a.las("/v1/insatser?limit=100")).data(t)
	k := slices.IndexFunc(alla, func(i body) bool { return i.str("id") == a.insats })
	for _, i := range alla {
		if i.str("organisationId") == alla[k].str("organisationId") && i.str("id") != a.insats && i.str("deltagarregistrering") == "MED_PERSONUPPGIFT_ELLER_ANONYM" {
			return i.str("namn")
		}
	}
	t.Fatal("förbundet har ingen andra insats")
	return ""
}

// kontroll shows that the searches find what there is to find: ciphertext and
// blind index in tables and files, and planted plaintext.
func kontroll(t *testing.T, i installation, super string, planta person, chiffer *letare) {
	l := nyLetare()
	l.person("planta", planta.nummer, planta.namn)
	superkor(t, super, `create table prov_planta (t text, b bytea, j jsonb, n numeric, i bigint)`,
		fmt.Sprintf(`insert into prov_planta (t) values ('%s'), (encode('%[1]s', 'base64')), (encode(sha256('%[1]s'), 'hex'))`, planta.nummer),
		fmt.Sprintf(`insert into prov_planta (b, n, i) values (convert_to('%s', 'UTF8'), %[2]s, %[2]s), (convert_to('%[1]s', 'LATIN1'), null, null)`, planta.namn, planta.nummer),
		fmt.Sprintf(`insert into prov_planta (j) values ('{"vem": {"namn": "%s"}}')`, planta.namn), `checkpoint`)
	loggen := filepath.Join(i.mapp, "prov-planta.log")
	ja(t, os.WriteFile(loggen, []byte("GET /v1/personer/"+planta.nummer+"\n"), 0o600))
	tables, filer := l.sokTables(t, super), l.sokMapp(t, i.mapp)
	superkor(t, super, `drop table prov_planta`, `checkpoint`)
	ja(t, os.Remove(loggen))
	for _, vad := range []string{"12 siffror utf-8", "12 siffror utf-8 base64 läge 0", "12 siffror sha-256 hex", "namn utf-8", "namn utf-8 hex", "namn latin-1 hex", "numeric be", "heltal be 12"} {
		if !tables.med("planta: " + vad).pa("prov_planta") {
			t.Errorf("planterad klartext (%s) hittades inte i tabellen", vad)
		}
	}
	for _, vad := range []string{"12 siffror utf-8", "12 siffror utf-8 base64 läge 0", "12 siffror sha-256 hex", "namn utf-8", "namn latin-1", "numeric le", "heltal le 12"} {
		f := filer.med("planta: " + vad)
		if !f.pa("pgdata/base/") || !f.pa("pgdata/pg_wal/") {
			t.Errorf("planterad klartext (%s) hittades inte i filerna:%s", vad, f)
		}
	}
	if !filer.pa("prov-planta.log") {
		t.Error("planterad klartext hittades inte i en annan fil i datamappen")
	}

	tables, filer = chiffer.sokTables(t, super), chiffer.sokMapp(t, i.mapp)
	for vad, table := range map[string][]string{
		"ensam: faktarad": {}, "delad: faktarad": {}, // files only: COPY writes numbers otherwise
		"ensam: chiffrerat nummer bit 1": {"identitet"}, "ensam: chiffrerat nummer bit 2": {"identitet"}, "ensam: chiffrerat nummer bit 3": {"identitet"},
		"ensam: chiffrerat namn bit 1": {"identitet"}, "ensam: blindindex bit 1": {"identitet", "personnyckel", "loggperson"},
		"ensam: blindindex bit 2": {"identitet", "personnyckel", "loggperson"}, "ensam: loggens salt": {"loggperson"},
		"ensam: externt id":    {"samtycke", "deltagande", "loggexternt"},
		"ensam: kroppens hash": {"idempotens"}, "ensam: sparat svar": {"idempotens"},
		"delad: chiffrerat nummer bit 1": {"identitet"}, "delad: chiffrerat namn bit 2": {"identitet"}, "delad: loggens salt": {"loggperson"},
	} {
		for _, tab := range table {
			if !tables.med(vad).pa("tabellen " + tab) {
				t.Errorf("%s hittades inte i %s", vad, tab)
			}
		}
		for _, plats := range []string{"pgdata/base/", "pgdata/pg_wal/"} {
			if !filer.med(vad).pa(plats) {
				t.Errorf("%s hittades inte i %s", vad, plats)
			}
		}
	}
}
