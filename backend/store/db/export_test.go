package db

import "time"

// ForgetAge makes the code lists that are kept look old.
func ForgetAge(d *DB) {
	k := *d.kodverk.senaste.Load()
	k.hamtat = time.Now().Add(-2 * kodverkGaller)
	d.kodverk.senaste.Store(&k)
}

// Columns is what is read of the tables of the chain.
var Columns = map[string]string{"loggpost": loggkolumner, "loggsigill": sigillkolumner}
