package sms

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
)

// Lista gives the last messages a simulator has taken, newest first. It is for
// the demo's page of SMS codes; 46elks itself has no such address and the call
// fails there.
func (k *Klient) Lista(ctx context.Context) ([]Mottaget, error) {
	u, err := url.Parse(k.o.URL)
	if err != nil {
		return nil, err
	}
	ctx, avbryt := context.WithTimeout(ctx, k.o.Timeout)
	defer avbryt()
	body, err := k.anropa(ctx, http.MethodGet, u.ResolveReference(&url.URL{Path: meddelandenVag}).String(), nil)
	if err != nil {
		return nil, err
	}
	var svar struct {
		Data []Mottaget `json:"data"`
	}
	if err := json.Unmarshal(body, &svar); err != nil {
		return nil, otillganglig("svaret går inte att tolka")
	}
	return svar.Data, nil
}
