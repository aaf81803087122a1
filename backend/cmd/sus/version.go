package main

import (
	"fmt"
	"runtime"
)

// version is set by the linker (see the Makefile).
var version = "dev"

// VersionCmd is «sus version».
type VersionCmd struct{}

// Run prints the version.
func (VersionCmd) Run() error {
	_, err := fmt.Printf("sus %s (%s, %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
