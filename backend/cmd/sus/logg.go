package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// LoggCmd is «sus logg»: the audit log.
type LoggCmd struct {
	Kontrollera LoggKontrolleraCmd `cmd:"" help:"Räkna om loggens hela kedja. Slutar med fel om en rad är ändrad eller borta, eller slutet avklippt."`
	Huvud       LoggHuvudCmd       `cmd:"" help:"Skriv loggens huvud, att spara där databasens ägare inte kommer åt det."`
	NyEpok      LoggNyEpokCmd      `cmd:"" help:"Låt loggen gå vidare efter en återställning som förlorade dess slut."`
	Nyckel      LoggNyckelCmd      `cmd:"" help:"Skriv loggens offentliga nyckel, för den som ska kontrollera loggen."`
	Visa        LoggVisaCmd        `cmd:"" help:"Skriv ut loggen, nyast först, utan personer. Att den lästs loggas."`
	Utdrag      LoggUtdragCmd      `cmd:"" help:"Skriv ut loggen om en person, för ett registerutdrag. Personnumret läses från standard in."`
}

// kommandoaktor is who acts when an administrator runs a command at the machine.
var kommandoaktor = register.Aktor{System: "kommando"}

// LoggVisaCmd is «sus logg visa».
type LoggVisaCmd struct {
	Administration `embed:""`

	JSONL  bool   `name:"jsonl" help:"En JSON-rad per post i stället för text."`
	Objekt string `placeholder:"ID" help:"Bara poster om detta objekt."`
	Antal  int    `default:"0" help:"Högst så många poster; 0 är alla."`
}

// loggsida is how many rows are read at a time.
const loggsida = 5000

// Run writes the log page by page.
func (c *LoggVisaCmd) Run(ctx context.Context) error {
	f := db.LoggFilter{Limit: loggsida}
	if c.Objekt != "" {
		id, err := uuid.Parse(c.Objekt)
		if err != nil {
			return errors.New("--objekt ska vara ett id (UUID)")
		}
		f.ObjektID = id
	}
	m, err := c.oppna(ctx)
	if err != nil {
		return err
	}
	defer m.stang()
	ut := bufio.NewWriter(os.Stdout)
	for kvar := c.Antal; ; {
		if c.Antal > 0 {
			f.Limit = min(loggsida, kvar)
		}
		poster, err := m.Store.Loggposter(ctx, db.Begaran{Aktor: kommandoaktor}, f)
		if err != nil {
			return errors.Join(err, ut.Flush())
		}
		for _, p := range poster {
			if err := c.skriv(ut, p); err != nil {
				return err
			}
			f.Efter = p.ID
		}
		kvar -= len(poster)
		if len(poster) < f.Limit || c.Antal > 0 && kvar <= 0 {
			return ut.Flush()
		}
	}
}

func (c *LoggVisaCmd) skriv(ut *bufio.Writer, p db.Loggpost) error {
	if c.JSONL {
		return json.NewEncoder(ut).Encode(map[string]any{
			"id": p.ID, "tid": p.Tid.UTC(), "aktorId": p.AktorID, "aktorTyp": p.AktorTyp, "handelse": p.Handelse,
			"objekttyp": p.Objekttyp, "objektId": p.ObjektID, "insatsId": p.InsatsID, "organisationId": p.OrganisationID,
			"utfall": p.Utfall, "regel": p.Regel, "externtId": p.ExterntID, "detalj": p.Detalj,
			"personerHash": hex.EncodeToString(p.PersonerHash), "traceparent": p.Traceparent,
			"adress": p.Adress, "roll": p.Roll, "av": p.Av, "varfor": p.Varfor,
		})
	}
	objekt := ""
	if p.ObjektID != nil {
		objekt = p.ObjektID.String()
	}
	rad := fmt.Sprintf("%s  %-6s %-36s %-28s %-5s %s %s %s", p.Tid.UTC().Format(time.RFC3339), p.AktorTyp, p.AktorID, p.Handelse,
		p.Utfall, p.Objekttyp, objekt, p.Regel)
	for _, x := range []struct{ namn, varde string }{{"adress", p.Adress}, {"roll", p.Roll}, {"av", p.Av}, {"varfor", p.Varfor}} {
		if x.varde != "" {
			rad += "  " + x.namn + "=" + strconv.Quote(x.varde) // somebody's own words, on one line
		}
	}
	_, err := fmt.Fprintln(ut, rad)
	return err
}
