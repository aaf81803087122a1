//go:build !linux

package pgembed

import "syscall"

// dieWithParent has no counterpart outside Linux: there a cluster whose program
// was killed is ended by the next start.
func dieWithParent(*syscall.SysProcAttr) {}
