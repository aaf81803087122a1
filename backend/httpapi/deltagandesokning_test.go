package httpapi

import (
	"strings"
	"testing"

	"sus/api"
)

func TestEnDeltagareHittasPaDelAvNamnetOchPaNumretUtanFolkbokforingen(t *testing.T) {
	p := nyttProv(t)
	const vem = "DELTAGARANSVARIG A1"
	vag := "/v1/insatser/" + p.insats["A1"].ID.String() + "/deltagande-sokningar"
	var deltaganden []api.Deltagande
	for range 3 {
		var d api.Deltagande
		p.vanta(200, vem, "GET", "/v1/deltaganden/"+p.nyttDeltagande(vem, "A1"), nil, nil).json(t, &d)
		deltaganden = append(deltaganden, d)
	}
	annan := p.nyttDeltagande("DELTAGARANSVARIG A2", "A2")
	var framling api.Deltagande
	p.vanta(200, "DELTAGARANSVARIG A2", "GET", "/v1/deltaganden/"+annan, nil, nil).json(t, &framling)
	p.aktor("SYSTEMFORVALTARE") // whose log-in is logged too
	p.navet.Stang()

	sok := func(kropp map[string]any, fraga string) api.DeltagandeLista {
		t.Helper()
		var lista api.DeltagandeLista
		p.vanta(200, vem, "POST", vag+fraga, kropp, nil).json(t, &lista)
		return lista
	}
	d := deltaganden[0]
	namn, nummer := d.Deltagare.Namn, d.Deltagare.Personnummer
	del := strings.ToUpper(namn[:len(namn)-1])
	for text, kropp := range map[string]map[string]any{
		"namn": {"namn": del, "personnummer": nummer}, "nummer": {"personnummer": nummer}, "läge": {"personnummer": nummer, "status": "PAGAENDE"},
	} {
		lista := sok(kropp, "")
		if len(lista.Data) != 1 || lista.Data[0].Id != d.Id || lista.Data[0].Deltagare == nil || lista.Data[0].Deltagare.Namn != namn || *lista.UnderscoreMeta.TotalRecords != 1 {
			t.Errorf("på %s: %d träffar", text, len(lista.Data))
		}
	}
	if lista := sok(map[string]any{"namn": del}, ""); len(lista.Data) == 0 {
		t.Error("namnet ensamt finner ingen")
	}
	for text, kropp := range map[string]map[string]any{
		"annat läge": {"personnummer": nummer, "status": "AVSLUTAD"}, "annans nummer": {"personnummer": framling.Deltagare.Personnummer},
		"okänt namn": {"namn": "qqxx"},
	} {
		if lista := sok(kropp, ""); len(lista.Data) != 0 || *lista.UnderscoreMeta.TotalRecords != 0 {
			t.Errorf("%s: %d träffar", text, len(lista.Data))
		}
	}

	efternamn := namn[strings.LastIndex(namn, " ")+1:]
	lista := sok(map[string]any{"namn": efternamn}, "?limit=1")
	if l := lista.UnderscoreLinks; l.Self.Method != "POST" || l.Self.Href != vag+"?limit=1&offset=0" {
		t.Errorf("länken är %+v", l.Self)
	}
	var poster api.LoggpostLista
	p.vanta(200, "SYSTEMFORVALTARE", "GET", "/v1/loggposter?limit=1", nil, nil).json(t, &poster)
	if l := poster.Data[0]; l.Handelse != "DELTAGANDEN_SOKTA" || *l.InsatsId != p.insats["A1"].ID || l.Detalj != nil || l.ExterntId != nil {
		t.Errorf("loggposten är %+v", l)
	}
	for _, sokt := range []string{namn, del, efternamn, nummer, "qqxx"} {
		if strings.Contains(p.logg.String(), sokt) {
			t.Error("serverns logg bär det sökta")
		}
	}
}

func TestEnOrimligSokningSagerVadSomSkaSkrivas(t *testing.T) {
	p := nyttProv(t)
	vag := "/v1/insatser/" + p.insats["A1"].ID.String() + "/deltagande-sokningar"
	for namn, f := range map[string]struct {
		kropp              any
		pekare, regel, ord string
	}{
		"ingenting":          {map[string]any{}, "/namn", "sokord-saknas", "Skriv en del av namnet, eller hela personnumret."},
		"bara läge":          {map[string]any{"status": "PAGAENDE"}, "/namn", "sokord-saknas", "hela personnumret"},
		"en bokstav":         {map[string]any{"namn": "a"}, "/namn", "for-kort", "minst 2"},
		"inga bokstäver":     {map[string]any{"namn": "-*-"}, "/namn", "for-kort", "minst två bokstäver"},
		"för långt":          {map[string]any{"namn": strings.Repeat("a", 101)}, "/namn", "for-langt", "högst 100"},
		"mellanslag":         {map[string]any{"namn": "alva "}, "/namn", "fel-form", "utan mellanslag"},
		"tio siffror":        {map[string]any{"personnummer": testnummer(1991, 2, 3)[2:]}, "/personnummer", "fel-form", "tolv siffror"},
		"kontrollsiffra":     {map[string]any{"personnummer": "199102032380"}, "/personnummer", "personnummer-kontrollsiffra", "Kontrollsiffran"},
		"okänt läge":         {map[string]any{"namn": "alva", "status": "SOVER"}, "/status", "okand-kod", "PAGAENDE"},
		"datum hör inte hit": {map[string]any{"namn": "alva", "startdagFran": "2026-01-01"}, "/startdagFran", "okant-falt", "finns inte"},
	} {
		var pr api.Problem
		p.vanta(422, "DELTAGARANSVARIG A1", "POST", vag, f.kropp, nil).json(t, &pr)
		if len(pr.Fel) != 1 || pr.Fel[0].Pekare != f.pekare || pr.Fel[0].Regel != f.regel || !strings.Contains(pr.Fel[0].Meddelande, f.ord) {
			t.Errorf("%s: %+v", namn, pr.Fel)
		}
	}
	p.vanta(400, "DELTAGARANSVARIG A1", "POST", vag+"?namn=alva", map[string]any{"namn": "alva"}, nil)
}
