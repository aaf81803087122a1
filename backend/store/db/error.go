package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"sus/backend/register"
)

// ErrBorta means that the database does not answer, or could not finish for
// contention. Nothing was stored, or it is not known: a client asks again with
// the same Idempotency-Key.
var ErrBorta = errors.New("databasen svarar inte")

// konflikter is what each constraint means to a user. Two requests that race get
// past the rule's own check; the constraint then says the same.
var konflikter = map[string]*register.Error{
	"deltagande_en_oppen":    register.RedanOppen(),
	"deltagande_overlappar":  register.Overlappar("/startdag", uuid.Nil),
	"deltagande_samtycke_id": register.SamtyckeAnvant(),
	"deltagande_externt_id":  register.Konflikt(register.RegelExterntIDUpptaget).Med("Ditt externa id används redan för ett annat deltagande."),
	"samtycke_externt_id":    register.Konflikt(register.RegelExterntIDUpptaget).Med("Ditt externa id används redan för ett annat samtycke."),

	"samverkansorganisation_organisationsnummer": register.OrganisationsnummerFinns(uuid.Nil),
	"samverkansorganisation_af_fk":               register.AfFkTva(),
	"fraga_finns":                                register.FragaFinns(),
	"fraga_besvarad":                             register.FragaBesvarad(),
	"fragesvar_passar":                           register.FragaAndrad(),
	"kodverk_forsorjningsplats":                  register.Konflikt(register.RegelForsorjningUtanPlats),
}

// pgError returns the PostgreSQL error inside err, or nil.
func pgError(err error) *pgconn.PgError {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg
	}
	return nil
}

// tavlan is true when the transaction lost against another one and may win now:
// serialization, deadlock, or a random person key that was taken.
func tavlan(err error) bool {
	pg := pgError(err)
	if pg == nil {
		return false
	}
	switch pg.Code {
	case "40001", "40P01":
		return true
	case "23505":
		return pg.ConstraintName == "persontal_pkey"
	}
	return false
}

// mapError turns what the database said into what the domain says. What it does
// not know passes unchanged, and httpapi shows nothing of it.
func mapError(err error) error {
	if err == nil {
		return nil
	}
	var doman *register.Error
	if errors.As(err, &doman) {
		return err
	}
	if errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, sql.ErrNoRows) {
		return register.Saknas()
	}
	// Whatever a server says to a connection that it does not take, it is away.
	var anslutning *pgconn.ConnectError
	if errors.As(err, &anslutning) {
		return fmt.Errorf("%w: %w", ErrBorta, err)
	}
	if pg := pgError(err); pg != nil {
		if k := konflikter[pg.ConstraintName]; k != nil && (pg.Code == "23505" || pg.Code == "23P01" || pg.Code == "23514") {
			return k
		}
		if ovantat(pg.Code) {
			return fmt.Errorf("%w: %w", ErrBorta, err)
		}
		return utanVarden(pg)
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	if borta(err) {
		return fmt.Errorf("%w: %w", ErrBorta, err)
	}
	return err
}

// ovantat is the states in which the server, not the statement, is at fault:
// connection (08), resources (53), intervention (57), and a lock not got in time.
func ovantat(kod string) bool {
	return strings.HasPrefix(kod, "08") || strings.HasPrefix(kod, "53") || strings.HasPrefix(kod, "57") || kod == "55P03" || kod == "25P03"
}

func borta(err error) bool {
	var natet net.Error
	return errors.As(err, &natet) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, context.DeadlineExceeded) || pgconn.Timeout(err) || strings.Contains(err.Error(), "conn closed")
}

// utanVarden keeps code and names of a PostgreSQL error: its message and detail
// may repeat a row. Only an error of the statement itself (42) tells what it was.
func utanVarden(pg *pgconn.PgError) error {
	if strings.HasPrefix(pg.Code, "42") {
		return fmt.Errorf("postgresql %s: %s", pg.Code, pg.Message)
	}
	return fmt.Errorf("postgresql %s i %s %s", pg.Code, pg.TableName, pg.ConstraintName)
}

// Constraint is the name of the constraint that err breaks, "" for none.
func Constraint(err error) string {
	if pg := pgError(err); pg != nil {
		return pg.ConstraintName
	}
	return ""
}

// ForeignKey is true when err says that what is pointed at does not exist.
func ForeignKey(err error) bool {
	pg := pgError(err)
	return pg != nil && pg.Code == "23503"
}
