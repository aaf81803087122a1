package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"sus/backend/demo"
)

// halsa says where the server is and, in a demo, how to get in.
func (s *server) halsa(ctx context.Context, ut io.Writer, bas string) error {
	fmt.Fprintf(ut, "SUS svarar på %s\nPID %d\n", bas, os.Getpid())
	if !s.demo {
		return nil
	}
	inloggningar, err := demo.Inloggningar(ctx, s.store)
	if err != nil {
		return err
	}
	fmt.Fprintf(ut, "\nDemo. Dagens datum är %s. Logga in med personnummer och masterlösenord, eller som klient:\n\n", s.store.Idag())
	w := tabwriter.NewWriter(ut, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "Behörighet\tPersonnummer eller klient\tLösenord\tFörbund\tInsats")
	for _, i := range inloggningar {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", i.Roll, i.Anvandare, i.Losenord, i.Forbund, i.Insats)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(ut, "\nSms-koder: %s/demo/sms\nUtan inloggning: ./bin/sus demo token DELTAGARANSVARIG\n", bas)
	return err
}
