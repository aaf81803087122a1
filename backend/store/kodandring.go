package store

import (
	"context"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// DateradKod reads a code with its dated rows, for every user; 404 when there is none.
func (s *Store) DateradKod(ctx context.Context, typ register.Kodverkstyp, kod string) (register.DateradKod, error) {
	return lasDateradKod(s.Oppet(ctx), typ, kod)
}

func lasDateradKod(f db.Fraga, typ register.Kodverkstyp, kod string) (register.DateradKod, error) {
	id, err := db.Rad[uuid.UUID](f, `select id from kodverk where kodverk = ? and kod = ? limit 1`, typ, kod)
	if err != nil {
		return register.DateradKod{}, err
	}
	rader, err := db.Rader[register.Kodrad](f, `select * from kodverk where kodverk = ? and kod = ? order by giltig_fran`, typ, kod)
	if err != nil {
		return register.DateradKod{}, err
	}
	return register.DateradKod{ID: id, Kodverk: typ, Kod: kod, Rader: rader, Version: rader[0].Version}, nil // rows are never taken away
}

// Kodanvandning counts what is registered with a code, over every insats: for
// Försäkringskassan, which sees none of it. tom is the last day that is wanted. The
// database's own function counts, and gives numbers and days. Refused: 403, 404.
func (s *Store) Kodanvandning(ctx context.Context, b db.Begaran, typ register.Kodverkstyp, kod string, tom *register.Datum) ([]register.Kodanvandning, error) {
	if !b.Aktor.FarAndraKodverk() {
		return nil, s.Neka(ctx, b, db.Arende{Handelse: register.HandelseOperationNekad, Detalj: "hamtaKodpaverkan"}, register.Nekad())
	}
	k, err := s.DateradKod(ctx, typ, kod)
	if err != nil {
		return nil, err
	}
	return lasKodanvandning(s.Oppet(ctx), k, tom)
}

func lasKodanvandning(f db.Fraga, k register.DateradKod, tom *register.Datum) ([]register.Kodanvandning, error) {
	return db.Rader[register.Kodanvandning](f, `select slag, antal, pa_raden, efter_dagen, forsta, sista from sus_kodanvandning(?, ?, ?, ?) order by slag collate "C"`,
		k.Kodverk, k.Kod, k.Sista().Fran, tom)
}

func kodarende(a register.Aktor, h register.Handelse) db.Arende {
	arende := db.Arende{Handelse: h}
	if !a.FarAndraKodverk() {
		arende.Hinder = register.Nekad()
	}
	return arende
}

// SkapaKod puts a new code in a list. Refused: 403 for others than Försäkringskassan, and
// by register.SkapaKod.
func (s *Store) SkapaKod(ctx context.Context, b db.Begaran, in register.Koduppgifter, svara func(register.DateradKod) (db.Svar, error)) (db.Svar, error) {
	svar, err := db.Skapa(ctx, s.UtanKodverk(), b, kodarende(b.Aktor, register.HandelseKodSkapad), func(tx *db.Tx) (register.DateradKod, error) {
		alla, err := db.LasKodverk(tx)
		if err != nil {
			return register.DateradKod{}, err
		}
		kommuner, err := lasKommuner(tx)
		if err != nil {
			return register.DateradKod{}, err
		}
		k, err := register.SkapaKod(in, alla, kommuner, tx.Idag())
		if err != nil {
			return k, err
		}
		return sparaKod(tx, k, k.Beskriv())
	}, svara)
	return svar, s.galler(ctx, err)
}

// AndraKod changes a code whose version is the Begaran's. Refused: 403 for others than
// Försäkringskassan, 404, 412 foraldrad, and by register.AndraKod.
func (s *Store) AndraKod(ctx context.Context, b db.Begaran, typ register.Kodverkstyp, kod string, in register.Kodandring) (register.DateradKod, error) {
	k, err := db.Andra(ctx, s.UtanKodverk(), b, kodarende(b.Aktor, register.HandelseKodAndrad), func(tx *db.Tx) (register.DateradKod, error) {
		alla, err := db.LasKodverk(tx)
		if err != nil {
			return register.DateradKod{}, err
		}
		forr, finns := alla.DateradKod(typ, kod)
		if !finns {
			return forr, register.Saknas()
		}
		tx.Galler(forr.ID, uuid.Nil, uuid.Nil)
		if err := tx.ProvaVersion(forr.Version); err != nil {
			return forr, err
		}
		bruk, err := lasKodanvandning(tx, forr, in.Tom)
		if err != nil {
			return forr, err
		}
		ny, err := register.AndraKod(forr, in, bruk, alla, tx.Idag())
		if err != nil {
			return forr, err
		}
		if ny.Version == forr.Version {
			tx.IngetGjort()
			return forr, nil
		}
		return sparaKod(tx, ny, ny.BeskrivAndring(forr))
	})
	return k, s.galler(ctx, err)
}

// sparaKod writes a code's rows, and none away. The earlier ones are written first: two
// never hold on one day.
func sparaKod(tx *db.Tx, k register.DateradKod, gjort string) (register.DateradKod, error) {
	for _, r := range k.Rader {
		id, err := db.Rad[uuid.UUID](tx, `insert into kodverk as k (kodverk, kod, giltig_fran, giltig_tom, etikett, ordning, samverkansform, tillhor,
				exklusiv, utan_matning, utesluts, endast_aterkallelse, bit, nr, version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
			on conflict (kodverk, kod, giltig_fran) do update set giltig_tom = excluded.giltig_tom, etikett = excluded.etikett, ordning = excluded.ordning,
				exklusiv = excluded.exklusiv, utan_matning = excluded.utan_matning, utesluts = excluded.utesluts, version = excluded.version
			returning id`,
			r.Kodverk, r.Kod, r.Fran, r.Tom, r.Etikett, r.Ordning, r.Samverkansform, r.Tillhor,
			r.Exklusiv, r.UtanMatning, r.Utesluts, r.EndastAterkallelse, r.Bit, r.Nr, r.Version)
		if err != nil {
			return k, err
		}
		k.ID = id
	}
	tx.Galler(k.ID, uuid.Nil, uuid.Nil)
	tx.Detalj(gjort)
	return k, nil
}

// galler lets a change of the lists hold from the next request here. Elsewhere, and here
// too when they cannot be read just now, it does so as old lists are found out: by whoever
// writes at once, by readers in some seconds.
func (s *Store) galler(ctx context.Context, err error) error {
	if err == nil {
		_, _ = s.LasOmKodverk(ctx)
	}
	return err
}
