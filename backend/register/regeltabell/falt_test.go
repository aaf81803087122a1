package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheWebClientsTablesFollowTheSource(t *testing.T) {
	falt, err := faltregler("..", "../../rapport")
	if err != nil {
		t.Fatal(err)
	}
	for namn, vill := range filer(falt) {
		fil, err := os.ReadFile(filepath.Join("../../../frontend/src/shared/api", namn))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(fil, vill) {
			t.Errorf("%s does not follow its source: run go generate in backend/register", namn)
		}
	}
}

func TestEveryWayToRefuseAFieldIsRead(t *testing.T) {
	katalog, err := os.ReadFile("../" + katalogfil)
	if err != nil {
		t.Fatal(err)
	}
	las := func(body string) ([]faltregel, error) {
		mapp := t.TempDir()
		for fil, text := range map[string]string{katalogfil: string(katalog), "nytt.go": "package register\n\nfunc nytt(f *felsamling, p string) error {\n" + body + "\n}\n"} {
			if err := os.WriteFile(filepath.Join(mapp, fil), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return faltregler(mapp)
	}
	for body, vill := range map[string]faltregel{
		`f.lagg("/namn", RegelObligatoriskt)`:                        {"nytt", "obligatoriskt", "/namn", "Fältet måste fyllas i."},
		`f.lagg(p+"/namn", RegelForLangt, fmt.Sprintf("%d", p))`:     {"nytt", "for-langt", `p+"/namn"`, ""},
		`return konfliktVid("/namn", RegelInsatsLast, "Går inte.")`:  {"nytt", "insats-last", "/namn", "Går inte."},
		`return personnummerfel(RegelPersonnummerDatum, "Fel dag.")`: {"nytt", "personnummer-datum", "/personnummer", "Fel dag."},
		`fel := RegelForKort.Vid("/namn", "Två tecken.")`:            {"nytt", "for-kort", "/namn", "Två tecken."},
	} {
		if fatt, err := las(body); err != nil || len(fatt) != 1 || fatt[0] != vill {
			t.Errorf("%s was read as %+v (%v)", body, fatt, err)
		}
	}
	if fatt, err := las(`return Konflikt(RegelRedanOppen)`); err != nil || len(fatt) != 0 {
		t.Errorf("a refusal of the whole was read as %+v (%v)", fatt, err)
	}
	if _, err := las(`f.annat("/namn", RegelObligatoriskt)`); err == nil || !strings.Contains(err.Error(), "annat") {
		t.Errorf("a call that is not known was passed over: %v", err)
	}
}
