package db

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"sus/backend/register"
)

// vemVersion is how the persons of a log row are hashed now. Version 1 (32 bytes)
// covers neither their insats nor, by itself, their number; version 2 covers both
// and says its own number in the first byte.
const vemVersion = 2

// hash is one person's, by the salt that is erased with the person.
func (p Loggad) hash(version int, salt []byte) []byte {
	var b bytes.Buffer
	if version >= 2 {
		b.WriteByte(2)
	}
	b.Write(salt)
	b.Write(p.SamtyckeID[:])
	b.Write(p.Blindindex)
	if version >= 2 {
		b.Write(p.InsatsID[:])
	}
	summa := sha256.Sum256(b.Bytes())
	return summa[:]
}

// personerhash is that of all persons of a row, in their order.
func personerhash(version int, hashar [][]byte) []byte {
	if version == 1 {
		summa := sha256.Sum256(bytes.Join(hashar, nil))
		return summa[:]
	}
	b := binary.BigEndian.AppendUint32([]byte{2}, uint32(len(hashar)))
	summa := sha256.Sum256(append(b, bytes.Join(hashar, nil)...))
	return append([]byte{2}, summa[:]...)
}

// raderad is what is left of a person who was erased from a log row.
type raderad struct {
	loggpost uuid.UUID
	ordning  int32
	hash     []byte
	radering uuid.UUID
}

// Skanna reads the row.
func (r *raderad) Skanna(rad Row) error {
	return rad.Scan(UUIDBytes(&r.loggpost), &r.ordning, &r.hash, UUIDBytes(&r.radering))
}

// raderingshash is that of all that one log row erased, by row and place
// (sus_raderingshash reckons the same).
func raderingshash(borta []raderad) []byte {
	b := []byte{1}
	for _, r := range borta {
		b = append(b, r.loggpost[:]...)
		b = binary.BigEndian.AppendUint32(b, uint32(r.ordning))
		b = append(b, r.hash...)
	}
	summa := sha256.Sum256(b)
	return summa[:]
}

// loggID is the id of the row, made when it is first asked for.
func (h *Arende) loggID() (uuid.UUID, error) {
	var err error
	if h.id == uuid.Nil {
		h.id, err = uuid.NewV7()
	}
	return h.id, err
}

// RaderaLoggpersoner erases from the log, in an insats, the person of a samtycke and
// the searches for the person whose identitet it still has. It is the one way: the use
// case's own log row covers what is erased, and the database asks for that row, and that
// the identitet is gone when the transaction is over.
func (tx *Tx) RaderaLoggpersoner(samtycke, insats uuid.UUID) error {
	if !tx.rad.Handelse.Raderar() {
		return errors.New("db: " + tx.rad.Handelse.String() + " raderar inte")
	}
	id, err := tx.rad.loggID()
	if err != nil {
		return err
	}
	tx.rad.InsatsID = insats
	tx.rad.raderat, err = Rad[[]byte](tx, `select sus_radera_loggpersoner(?, ?, ?)`, id, samtycke, insats)
	return err
}

// RaderaSokningar erases from the log, in every insats, the searches for the person
// whose identitet the samtycke still has: for a protection, before RaderaLoggpersoner.
func (tx *Tx) RaderaSokningar(samtycke uuid.UUID) error {
	id, err := tx.rad.loggID()
	if err != nil {
		return err
	}
	tx.rad.raderat, err = Rad[[]byte](tx, `select sus_radera_sokningar(?, ?)`, id, samtycke)
	return err
}

// vemrad is a log row as far as its persons are concerned.
type vemrad struct {
	id       uuid.UUID
	tid      time.Time
	handelse string
	utfall   Utfall
	insats   *[16]byte
	personer []byte
	raderat  []byte
	hashar   map[int32][]byte
}

// Skanna reads the row.
func (v *vemrad) Skanna(rad Row) error {
	return rad.Scan(UUIDBytes(&v.id), &v.tid, &v.handelse, &v.utfall, &v.insats, &v.personer, &v.raderat)
}

func (v *vemrad) version() int {
	if len(v.personer) == 32 {
		return 1
	}
	return vemVersion
}

// vemperson is a person where the log has one.
type vemperson struct {
	Loggad
	loggpost uuid.UUID
	ordning  int32
	salt     []byte
}

// Skanna reads the row.
func (p *vemperson) Skanna(rad Row) error {
	var samtycke *[16]byte
	err := rad.Scan(UUIDBytes(&p.loggpost), &p.ordning, &samtycke, &p.Blindindex, UUIDBytes(&p.InsatsID), &p.salt)
	if samtycke != nil {
		p.SamtyckeID = *samtycke
	}
	return err
}

// raderande is the names of the events that erase.
func raderande() []string {
	var namn []string
	for _, h := range register.Handelser() {
		if h.Raderar() {
			namn = append(namn, h.String())
		}
	}
	return namn
}

// provaVem holds the persons of log rows against the rows' hashes, and what was
// erased against the rows that erased it. It says what is wrong, "" for nothing. Row
// security first shows the persons of the rows' own insatser, and all when they do
// not suffice.
func provaVem(tx *Tx, poster [][16]byte) (string, error) {
	brutet, err := provaVemI(tx, poster, false)
	if brutet != "" && err == nil {
		brutet, err = provaVemI(tx, poster, true)
	}
	return brutet, err
}

func provaVemI(tx *Tx, poster [][16]byte, alla bool) (string, error) {
	rader, err := Rader[vemrad](tx, `select p.id, p.tid, p.handelse, p.utfall, p.insats_id, p.personer_hash, p.radering_hash
		from unnest(?::uuid[]) l (id) join loggpost p on p.id = l.id
		where p.personer_hash is not null or p.radering_hash is not null or exists (select from loggraderad r where r.loggpost_id = p.id)`, poster)
	if err != nil {
		return "", err
	}
	if err := tx.oppnaFor(rader, alla); err != nil {
		return "", err
	}
	av := map[uuid.UUID]*vemrad{}
	for i := range rader {
		rader[i].hashar = map[int32][]byte{}
		av[rader[i].id] = &rader[i]
	}
	personer, err := Rader[vemperson](tx, `select loggpost_id, ordning, samtycke_id, blindindex, insats_id, salt from loggperson
		where loggpost_id = any(?::uuid[])`, poster)
	if err != nil {
		return "", err
	}
	for _, p := range personer {
		r := av[p.loggpost]
		if r == nil || r.personer == nil {
			return fel("loggposten %s har fått en person", p.loggpost), nil
		}
		r.hashar[p.ordning] = p.hash(r.version(), p.salt)
	}
	if brutet, err := raderade(tx, av, poster); brutet != "" || err != nil {
		return brutet, err
	}
	for i := range rader {
		r := &rader[i]
		if r.hel() {
			continue
		}
		if r.version() == 1 {
			// Before erasures were covered only that there was one can be asked.
			fanns, err := Rad[bool](tx, `select exists (select from loggpost where insats_id = ? and handelse = any(?) and utfall = 'OK'
				and radering_hash is null and tid > ?)`, r.insats, raderande(), r.tid.Add(-samtidig))
			if err != nil {
				return "", err
			}
			if fanns {
				continue
			}
		}
		return fel("personerna vid loggposten %s är ändrade, eller borta utan att en radering är loggad", r.id), nil
	}
	if brutet, err := provaExternt(tx, poster); brutet != "" || err != nil {
		return brutet, err
	}
	if brutet, err := provaRaderingar(tx, rader); brutet != "" || err != nil {
		return brutet, err
	}
	return provaBorta(tx, poster)
}

// samtidig is how much earlier an erasing row may say that it is than the row whose
// person it erased. A row's time is the database's clock when it was written, before
// its transaction was over: the later of two that met may have the earlier time.
const samtidig = time.Minute

func fel(text string, varden ...any) string { return fmt.Sprintf(text, varden...) }

// hel is true when the persons there and the erased ones together are those of the
// row's hash.
func (v *vemrad) hel() bool {
	if v.personer == nil {
		return len(v.hashar) == 0
	}
	hashar := make([][]byte, len(v.hashar))
	for ordning, h := range v.hashar {
		if ordning < 1 || int(ordning) > len(hashar) {
			return false
		}
		hashar[ordning-1] = h
	}
	return bytes.Equal(personerhash(v.version(), hashar), v.personer)
}

// raderade adds the erased persons' hashes to their rows. Each must have been erased
// by a row that erases, of the same time or later.
func raderade(tx *Tx, av map[uuid.UUID]*vemrad, poster [][16]byte) (string, error) {
	borta, err := Rader[raderad](tx, `select loggpost_id, ordning, hash, radering from loggraderad where loggpost_id = any(?::uuid[])`, poster)
	if err != nil || len(borta) == 0 {
		return "", err
	}
	var vilka [][16]byte
	for _, r := range borta {
		vilka = append(vilka, r.radering)
	}
	rader, err := Rader[vemrad](tx, `select p.id, p.tid, p.handelse, p.utfall, p.insats_id, p.personer_hash, p.radering_hash from loggpost p
		where p.id = any(?::uuid[])`, vilka)
	if err != nil {
		return "", err
	}
	raderingar := map[uuid.UUID]vemrad{}
	for _, r := range rader {
		raderingar[r.id] = r
	}
	for _, b := range borta {
		r, x := av[b.loggpost], raderingar[b.radering]
		if r == nil || x.raderat == nil || x.tid.Add(samtidig).Before(r.tid) {
			return fel("personer vid loggposten %s är borta utan att en radering är loggad", b.loggpost), nil
		}
		if _, kvar := r.hashar[b.ordning]; kvar {
			return fel("en person vid loggposten %s är både kvar och raderad", b.loggpost), nil
		}
		r.hashar[b.ordning] = b.hash
	}
	return "", nil
}

// provaRaderingar holds what was erased against the rows that erased it.
func provaRaderingar(tx *Tx, rader []vemrad) (string, error) {
	namn := raderande()
	for _, r := range rader {
		if r.raderat == nil {
			continue
		}
		borta, err := Rader[raderad](tx, `select loggpost_id, ordning, hash, radering from loggraderad where radering = ?
			order by loggpost_id, ordning`, r.id)
		if err != nil {
			return "", err
		}
		if r.utfall != UtfallOK || !slices.Contains(namn, r.handelse) || !bytes.Equal(raderingshash(borta), r.raderat) {
			return fel("loggposten %s raderade inte de personer som sägs vara raderade med den", r.id), nil
		}
	}
	return "", nil
}

// provaBorta finds a row that tells of an erasure although what it names still stands.
// An identitet that is erased never comes back under its samtycke.
func provaBorta(tx *Tx, poster [][16]byte) (string, error) {
	kvar, finns, err := RadOm[uuid.UUID](tx, `select p.id from unnest(?::uuid[]) l (id) join loggpost p on p.id = l.id
		where p.radering_hash is not null and p.utfall = 'OK' and (
			p.objekttyp = 'samtycke' and exists (select from identitet i where i.samtycke_id = p.objekt_id)
			or p.objekttyp = 'deltagande' and exists (select from deltagande d join identitet i on i.samtycke_id = d.samtycke_id where d.id = p.objekt_id)
			or p.handelse = ? and exists (select from samtycke s where s.id = p.objekt_id)) limit 1`, poster, register.HandelseSamtyckeGallrat.String())
	if err != nil || !finns {
		return "", err
	}
	return fel("loggposten %s säger att någon är raderad som finns kvar", kvar), nil
}

// oppnaFor lets row security show the persons of the rows.
func (tx *Tx) oppnaFor(rader []vemrad, alla bool) error {
	if alla {
		_, err := Kor(tx, `select set_config('sus.insatser', (select coalesce(string_agg(id::text, ','), '') from insats), true)`)
		return err
	}
	var ids []uuid.UUID
	for _, r := range rader {
		if r.insats != nil {
			ids = append(ids, *r.insats)
		}
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return tx.oppna(slices.Compact(ids))
}

// LoggID is the id that the use case's log row will have.
func (tx *Tx) LoggID() (uuid.UUID, error) { return tx.rad.loggID() }

// LoggposterDar is the rows of the audit log that the conditions match, newest first,
// below the row efter and with their case ids; limit 0 is all. Who asks has logged that
// it was asked.
func (d *DB) LoggposterDar(ctx context.Context, b Begaran, v Villkor, efter uuid.UUID, limit int) (poster []Loggpost, err error) {
	v.Om(efter != uuid.Nil, "id < ?", efter)
	sats, varden := `select `+loggColumns+` from loggpost`+v.Where()+` order by id desc`, v.Varden()
	if limit > 0 {
		sats, varden = sats+` limit ?`, append(varden, limit)
	}
	err = d.forsok(ctx, b, Arende{}, register.Kodverk{}, func(tx *Tx) (err error) {
		if poster, err = Rader[Loggpost](tx, sats, varden...); err != nil {
			return err
		}
		return tx.medExterntID(poster)
	})
	return poster, err
}
