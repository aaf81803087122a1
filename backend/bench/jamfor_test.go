package main

import (
	"reflect"
	"testing"
	"time"

	"sus/backend/bench/last"
)

func TestAFloorWithFewerStatementsIsNotAccepted(t *testing.T) {
	vara := []sats{{slag: "begin", per: 1}, {slag: "sats", per: 2}, {slag: "sats", per: 1}, {slag: "commit", per: 1}}
	likaManga := []sats{{slag: "begin", per: 1}, {slag: "sats", per: 3}, {slag: "commit", per: 1}}
	if !lika(vara, likaManga) {
		t.Error("lika många satser sagda på annat sätt nekades")
	}
	utanTx := []sats{{slag: "sats", per: 5}}
	for namn, golv := range map[string][]sats{"en färre": likaManga[1:], "utan transaktion": utanTx} {
		if lika(vara, golv) {
			t.Errorf("%s godtogs", namn)
		}
	}
}

func TestTheFormOfAnswersIsTheirFieldsAndNotTheirValues(t *testing.T) {
	ett := map[string]any{"id": "a", "version": 1.0, "deltagare": map[string]any{"namn": "x"}}
	annat := map[string]any{"id": "b", "version": 2.0, "deltagare": map[string]any{"namn": "y"}}
	if !reflect.DeepEqual(formen(ett), formen(annat)) {
		t.Error("samma fält skildes åt")
	}
	delete(annat, "version")
	if reflect.DeepEqual(formen(ett), formen(annat)) {
		t.Error("ett fält för lite märktes inte")
	}
}

func TestTheRatioIsThatOfTheMedians(t *testing.T) {
	u := []last.Utfall{{Antal: 100, Sekunder: 1}, {Antal: 900, Sekunder: 1}, {Antal: 200, Sekunder: 1}}
	if m := median(u); m != 200 {
		t.Errorf("medianen blev %v, ville ha 200", m)
	}
	if m := median(u[:2]); m != 500 {
		t.Errorf("medianen av två blev %v, ville ha 500", m)
	}
	if ms(1500*time.Microsecond) != 1.5 {
		t.Error("millisekunder räknas fel")
	}
}

func TestNoSettingOfSUSFollowsToWhatIsMeasured(t *testing.T) {
	svar := utanSus([]string{"PATH=/bin", "SUS_PORT=1", "SUS_DATABASE_URL=x", "SUS_PG_BIN=/pg"})
	if !reflect.DeepEqual(svar, []string{"PATH=/bin", "SUS_PG_BIN=/pg"}) {
		t.Errorf("miljön blev %v", svar)
	}
}
