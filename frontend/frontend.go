// Package frontend holds the built web client. What is not built is not there:
// the program then serves its start page instead.
package frontend

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Byggd is the client's files; empty when it was not built.
func Byggd() fs.FS {
	under, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the name is a constant
	}
	return under
}
