// An integrator's program: it registers a participant with the client that a
// generator made from the served contract, and prints what was answered.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"time"

	"github.com/oapi-codegen/runtime/types"

	"klient/sus"
)

func main() {
	ctx := context.Background()
	bas, token, nummer := os.Args[1], os.Args[2], os.Args[3]
	c, err := sus.NewClientWithResponses(bas, sus.WithRequestEditorFn(func(_ context.Context, r *http.Request) error {
		r.Header.Set("Authorization", "Bearer "+token)
		return nil
	}))
	if err != nil {
		log.Fatal(err)
	}
	mina := true
	insatser, err := c.ListaInsatserWithResponse(ctx, &sus.ListaInsatserParams{Mina: &mina})
	if err != nil || insatser.JSON200 == nil || len(insatser.JSON200.Data) == 0 {
		log.Fatal("no insats: ", err, insatser.Status())
	}
	insats := insatser.JSON200.Data[0]
	dag := types.Date{Time: insats.Startdatum.AddDate(0, 0, 30)}
	samtycke, err := c.SkapaSamtyckeWithResponse(ctx, insats.Id, nil, sus.NyttSamtycke{
		Personnummer: nummer, Blankett: "9443", Datum: types.Date{Time: dag.Add(-24 * time.Hour)}, Sprak: "sv", Satt: sus.SKRIFTLIGT})
	if err != nil || samtycke.JSON201 == nil {
		log.Fatal("no samtycke: ", err, samtycke.Status())
	}
	deltagande, err := c.SkapaDeltagandeWithResponse(ctx, insats.Id, nil, sus.NyttDeltagande{
		SamtyckeId: samtycke.JSON201.Id, Startdag: dag, Utbildningsniva: "GYMNASIUM", ArOffentligForsorjning: 2,
		Fore: sus.Sysselsattning{Forsorjning: []string{"FORSORJNINGSSTOD"}, Arbetssokande: true}})
	if err != nil || deltagande.JSON201 == nil {
		log.Fatal("no deltagande: ", err, deltagande.Status())
	}
	d := deltagande.JSON201
	fmt.Println(deltagande.HTTPResponse.Header.Get("Location"), d.Status, d.Inregistrering.Fore.Forsorjning)
}
