package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"sus/backend/auth"
	"sus/backend/devcert"
	"sus/backend/folkbokforing"
	"sus/backend/httpapi"
	"sus/backend/sms"
	"sus/backend/store/konto"
	"sus/frontend"
)

// handler ties the register to log-in, to the outside systems and to HTTP.
func (s *server) handler() (http.Handler, error) {
	smsOptions, err := s.smsOptions()
	if err != nil {
		return nil, err
	}
	smsKlient, err := sms.New(smsOptions)
	if err != nil {
		return nil, err
	}
	folkOptions, err := s.folkbokforingOptions()
	if err != nil {
		return nil, err
	}
	if s.folkbokforing, err = folkbokforing.New(folkOptions); err != nil {
		return nil, err
	}
	s.auth, err = auth.New(konto.New(s.store.DB), smsKlient, auth.Options{
		Issuer: s.c.Issuer, Audience: s.c.Audience, AtkomstTTL: s.c.AtkomstTTL,
		ForsokPerPerson: s.c.ForsokPerson, ForsokPerAdress: s.c.ForsokAdress,
	})
	if err != nil {
		return nil, err
	}
	o := httpapi.Options{
		Store: s.store, Auth: s.auth, Folkbokforing: s.folkbokforing, Demo: s.demo, Version: version,
		HTTPS: s.c.HTTPS, TrustedProxies: s.c.BetroddProxy, Logger: slog.Default(),
		Web: frontend.Byggd(), Ready: s.vakt.Redo,
	}
	if s.demo && s.sms != nil {
		o.SMS = smsKlient
	}
	return httpapi.New(o)
}

func (s *server) smsOptions() (sms.Options, error) {
	f := s.c.SMS
	o := sms.Options{
		URL: f.URL, CAFil: f.CA, Anvandare: f.Anvandare, Losenord: f.Losenord, Fran: f.Fran,
		WhenDelivered: f.WhenDelivered, Timeout: f.Timeout,
	}
	if s.sms == nil {
		return o, kravURL(f.URL, "SUS_SMS_URL")
	}
	filer, err := devcert.Sakerstall(s.certDir(), time.Now())
	o.URL, o.CAFil, o.Losenord = s.sms.URL, filer.CA, s.smsLosenord
	s.smsSimulator = &o
	return o, err
}

func (s *server) folkbokforingOptions() (folkbokforing.Options, error) {
	f := s.c.Folkbokforing
	o := folkbokforing.Options{
		URL: f.URL, CAFil: f.CA, CertFil: f.Cert, KeyFil: f.Key, Orgnr: f.Orgnr, BestallningID: f.Bestallning,
	}
	if s.navet == nil {
		if err := kravURL(f.URL, "SUS_FOLKBOKFORING_URL"); err != nil {
			return o, err
		}
	} else {
		filer, err := devcert.Sakerstall(s.certDir(), time.Now())
		if err != nil {
			return o, err
		}
		o = folkbokforing.SimulatorOptions(s.navet.URL, filer)
	}
	o.Timeout, o.Klocka = f.Timeout, s.store.Nu
	return o, nil
}

// kravURL refuses to guess where an outside system is.
func kravURL(url, namn string) error {
	if url == "" {
		return fmt.Errorf("ange %s: simulatorn används bara med egen databas eller i en demo", namn)
	}
	return nil
}
