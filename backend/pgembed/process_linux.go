package pgembed

import "syscall"

// dieWithParent has the kernel ask the child for a fast shutdown when the thread
// that started it dies, also when this program is killed with -9.
func dieWithParent(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGINT }
