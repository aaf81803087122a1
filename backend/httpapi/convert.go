package httpapi

// The convert files are the only place where the wire and the domain meet: from…
// reads api into register, to… writes register as api, one file a concept. A column
// becomes public there and nowhere else. What they share stands here.

// value is the value of a field that may be left out.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// optional leaves out a field that has its zero value.
func optional[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func convert[A, B any](in []A, f func(A) B) []B {
	out := make([]B, 0, len(in))
	for _, a := range in {
		out = append(out, f(a))
	}
	return out
}

// notNil is a list that is never null on the wire.
func notNil[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}

func int32Of(p *int) *int32 {
	if p == nil {
		return nil
	}
	n := int32(*p)
	return &n
}

func intOf(p *int32) *int {
	if p == nil {
		return nil
	}
	n := int(*p)
	return &n
}
