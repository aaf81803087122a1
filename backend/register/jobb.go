package register

// GallringArgs asks for the daily erasure: unused samtycken, the identity of old
// felregistreringar, spent log-ins and keys. It has no fields: what is due
// follows from the clock, and a job's arguments hold nothing about people.
type GallringArgs struct{}

// Kind names the job in the queue.
func (GallringArgs) Kind() string { return "gallring" }

// LoggkontrollArgs asks for the daily check of the audit log's chain.
type LoggkontrollArgs struct{}

// Kind names the job in the queue.
func (LoggkontrollArgs) Kind() string { return "loggkontroll" }
