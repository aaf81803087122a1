package store

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
	"sus/backend/store/db"
)

// identitetsrad is identitet as it lies in the database. This file alone turns it
// into a register.Identitet and back.
type identitetsrad struct {
	SamtyckeID   uuid.UUID `gorm:"primaryKey"`
	InsatsID     uuid.UUID
	Personnummer []byte
	Blindindex   []byte
	Namn         []byte
	Kommun       string
	Skydd        register.Skydd
	Uppslagen    time.Time

	Avregistrerad bool
}

// TableName is the table's own name.
func (identitetsrad) TableName() string { return "identitet" }

// The places that a ciphertext is bound to.
func adPersonnummer(samtycke uuid.UUID) string { return samtycke.String() + ".personnummer" }
func adNamn(samtycke uuid.UUID) string         { return samtycke.String() + ".namn" }

func krypteraIdentitet(n *db.Nycklar, i register.Identitet) (identitetsrad, error) {
	nummer, err := n.Kryptera([]byte(i.Personnummer.Siffror()), adPersonnummer(i.SamtyckeID))
	if err != nil {
		return identitetsrad{}, err
	}
	namn, err := n.Kryptera([]byte(i.Namn), adNamn(i.SamtyckeID))
	if err != nil {
		return identitetsrad{}, err
	}
	return identitetsrad{
		SamtyckeID: i.SamtyckeID, InsatsID: i.InsatsID, Personnummer: nummer, Blindindex: n.Blindindex(i.Personnummer), Namn: namn,
		Kommun: i.Kommun, Skydd: i.Skydd, Uppslagen: i.Uppslagen, Avregistrerad: i.Avregistrerad,
	}, nil
}

// dekrypteraIdentitet is nil for a row that a withdrawal has taken (SamtyckeID Nil).
func dekrypteraIdentitet(n *db.Nycklar, r identitetsrad) (*register.Identitet, error) {
	if len(r.Personnummer) == 0 {
		return nil, nil
	}
	siffror, err := n.Dekryptera(r.Personnummer, adPersonnummer(r.SamtyckeID))
	if err != nil {
		return nil, fmt.Errorf("identiteten till samtycke %s går inte att dekryptera", r.SamtyckeID)
	}
	p, err := register.AterstallPersonnummer(string(siffror))
	if err != nil {
		return nil, fmt.Errorf("identiteten till samtycke %s är inget personnummer", r.SamtyckeID)
	}
	namn, err := dekrypteraNamn(n, r.Namn, r.SamtyckeID)
	if err != nil {
		return nil, err
	}
	return &register.Identitet{
		SamtyckeID: r.SamtyckeID, InsatsID: r.InsatsID, Personnummer: p, Namn: namn,
		Kommun: r.Kommun, Skydd: r.Skydd, Uppslagen: r.Uppslagen.UTC(), Avregistrerad: r.Avregistrerad,
	}, nil
}

// dekrypteraNamn opens the name alone.
func dekrypteraNamn(n *db.Nycklar, krypterat []byte, samtycke uuid.UUID) (string, error) {
	namn, err := n.Dekryptera(krypterat, adNamn(samtycke))
	if err != nil {
		return "", fmt.Errorf("namnet till samtycke %s går inte att dekryptera", samtycke)
	}
	return string(namn), nil
}
