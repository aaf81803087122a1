package httpapi

// The convert files are the only place where the wire and the domain meet: from…
// reads api into register, to… writes register as api, one file a concept. A column
// becomes public there and nowhere else. What they share stands here.

// fran is the value of a field that may be left out.
func fran[T any](p *T) T {
	if p == nil {
		var noll T
		return noll
	}
	return *p
}

// till leaves out a field that has its zero value.
func till[T comparable](v T) *T {
	var noll T
	if v == noll {
		return nil
	}
	return &v
}

func konvertera[A, B any](in []A, f func(A) B) []B {
	ut := make([]B, 0, len(in))
	for _, a := range in {
		ut = append(ut, f(a))
	}
	return ut
}

// ickeNil is a list that is never null on the wire.
func ickeNil[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}

func heltal32(p *int) *int32 {
	if p == nil {
		return nil
	}
	n := int32(*p)
	return &n
}

func heltalFran(p *int32) *int {
	if p == nil {
		return nil
	}
	n := int(*p)
	return &n
}
