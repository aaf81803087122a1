// Package architecture holds the house rules as tests: who may import whom, how
// long a file may be, and which package names say nothing.
package architecture
