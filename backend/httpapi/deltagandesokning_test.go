package httpapi

import (
	"strings"
	"testing"

	"sus/api"
)

func TestADeltagareIsFoundByPartOfTheNameAndByNumberWithoutFolkbokforingen(t *testing.T) {
	p := newHarness(t)
	const who = "DELTAGARANSVARIG A1"
	path := "/v1/insatser/" + p.insats["A1"].ID.String() + "/deltagande-sokningar"
	var deltaganden []api.Deltagande
	for range 3 {
		var d api.Deltagande
		p.expect(200, who, "GET", "/v1/deltaganden/"+p.newDeltagande(who, "A1"), nil, nil).json(t, &d)
		deltaganden = append(deltaganden, d)
	}
	other := p.newDeltagande("DELTAGARANSVARIG A2", "A2")
	var foreign api.Deltagande
	p.expect(200, "DELTAGARANSVARIG A2", "GET", "/v1/deltaganden/"+other, nil, nil).json(t, &foreign)
	p.aktor("SYSTEMFORVALTARE") // whose log-in is logged too
	p.navet.Stang()

	search := func(body map[string]any, question string) api.DeltagandeLista {
		t.Helper()
		var list api.DeltagandeLista
		p.expect(200, who, "POST", path+question, body, nil).json(t, &list)
		return list
	}
	d := deltaganden[0]
	name, nummer := d.Deltagare.Namn, d.Deltagare.Personnummer
	part := strings.ToUpper(name[:len(name)-1])
	for text, body := range map[string]map[string]any{
		"namn": {"namn": part, "personnummer": nummer}, "nummer": {"personnummer": nummer}, "status": {"personnummer": nummer, "status": "PAGAENDE"},
	} {
		list := search(body, "")
		if len(list.Data) != 1 || list.Data[0].Id != d.Id || list.Data[0].Deltagare == nil || list.Data[0].Deltagare.Namn != name || *list.UnderscoreMeta.TotalRecords != 1 {
			t.Errorf("på %s: %d träffar", text, len(list.Data))
		}
	}
	if list := search(map[string]any{"namn": part}, ""); len(list.Data) == 0 {
		t.Error("namnet ensamt finner ingen")
	}
	for text, body := range map[string]map[string]any{
		"another status": {"personnummer": nummer, "status": "AVSLUTAD"}, "another's personnummer": {"personnummer": foreign.Deltagare.Personnummer},
		"an unknown name": {"namn": "qqxx"},
	} {
		if list := search(body, ""); len(list.Data) != 0 || *list.UnderscoreMeta.TotalRecords != 0 {
			t.Errorf("%s: %d träffar", text, len(list.Data))
		}
	}

	efternamn := name[strings.LastIndex(name, " ")+1:]
	list := search(map[string]any{"namn": efternamn}, "?limit=1")
	if l := list.UnderscoreLinks; l.Self.Method != "POST" || l.Self.Href != path+"?limit=1&offset=0" {
		t.Errorf("länken är %+v", l.Self)
	}
	var rows api.LoggpostLista
	p.expect(200, "SYSTEMFORVALTARE", "GET", "/v1/loggposter?limit=1", nil, nil).json(t, &rows)
	if l := rows.Data[0]; l.Handelse != "DELTAGANDEN_SOKTA" || *l.InsatsId != p.insats["A1"].ID || l.Detalj != nil || l.ExterntId != nil {
		t.Errorf("loggposten är %+v", l)
	}
	for _, sought := range []string{name, part, efternamn, nummer, "qqxx"} {
		if strings.Contains(p.logger.String(), sought) {
			t.Error("serverns logg bär det sökta")
		}
	}
}

func TestAnUnreasonableSearchIsToldWhatToWrite(t *testing.T) {
	p := newHarness(t)
	path := "/v1/insatser/" + p.insats["A1"].ID.String() + "/deltagande-sokningar"
	for name, f := range map[string]struct {
		body               any
		pekare, regel, ord string
	}{
		"nothing":                          {map[string]any{}, "/namn", "sokord-saknas", "Skriv en del av namnet, eller hela personnumret."},
		"status alone":                     {map[string]any{"status": "PAGAENDE"}, "/namn", "sokord-saknas", "hela personnumret"},
		"one letter":                       {map[string]any{"namn": "a"}, "/namn", "for-kort", "minst 2"},
		"no letters":                       {map[string]any{"namn": "-*-"}, "/namn", "for-kort", "minst två bokstäver"},
		"a name too long":                  {map[string]any{"namn": strings.Repeat("a", 101)}, "/namn", "for-langt", "högst 100"},
		"a space at the end":               {map[string]any{"namn": "alva "}, "/namn", "fel-form", "utan mellanslag"},
		"a personnummer of ten digits":     {map[string]any{"personnummer": testnummer(1991, 2, 3)[2:]}, "/personnummer", "fel-form", "tolv siffror"},
		"a wrong check digit":              {map[string]any{"personnummer": "199102032380"}, "/personnummer", "personnummer-kontrollsiffra", "Kontrollsiffran"},
		"an unknown status":                {map[string]any{"namn": "alva", "status": "SOVER"}, "/status", "okand-kod", "PAGAENDE"},
		"a date that does not belong here": {map[string]any{"namn": "alva", "startdagFran": "2026-01-01"}, "/startdagFran", "okant-falt", "finns inte"},
	} {
		var pr api.Problem
		p.expect(422, "DELTAGARANSVARIG A1", "POST", path, f.body, nil).json(t, &pr)
		if len(pr.Fel) != 1 || pr.Fel[0].Pekare != f.pekare || pr.Fel[0].Regel != f.regel || !strings.Contains(pr.Fel[0].Meddelande, f.ord) {
			t.Errorf("%s: %+v", name, pr.Fel)
		}
	}
	p.expect(400, "DELTAGARANSVARIG A1", "POST", path+"?namn=alva", map[string]any{"namn": "alva"}, nil)
}
