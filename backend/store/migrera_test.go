package store_test

import (
	"os"
	"testing"

	"sus/backend/store"
	"sus/backend/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

func TestMigreringenKanKorasOmUtanAttNagotAndras(t *testing.T) {
	d := storetest.NyMedDatabas(t)
	if err := store.Migrera(t.Context(), d.MigrateURL, d.AppURL); err != nil {
		t.Fatal(err)
	}
}
