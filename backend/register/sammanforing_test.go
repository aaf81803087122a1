package register

import (
	"slices"
	"testing"

	"github.com/google/uuid"
)

func TestTheOtherNumbersOfAPersonAreThoseThatTheRegisterPointsAt(t *testing.T) {
	var (
		fragat = Testnummer(NyttDatum(1980, 3, 17), false)
		nytt   = Testnummer(NyttDatum(1980, 3, 18), false)
		gamla  = Testnummer(NyttDatum(1980, 3, 19), true)
	)
	for name, f := range map[string]struct {
		post Folkbokforingspost
		want []Personnummer
	}{
		"no reference":                  {Folkbokforingspost{Hittad: true}, nil},
		"replaced":                      {Folkbokforingspost{Hittad: true, Avregistrerad: true, NyttNummer: nytt.Siffror()}, []Personnummer{nytt}},
		"replaced another one":          {Folkbokforingspost{Hittad: true, TidigareNummer: gamla.Siffror()}, []Personnummer{gamla}},
		"in the middle":                 {Folkbokforingspost{Hittad: true, NyttNummer: nytt.Siffror(), TidigareNummer: gamla.Siffror()}, []Personnummer{nytt, gamla}},
		"both ways the same":            {Folkbokforingspost{Hittad: true, NyttNummer: nytt.Siffror(), TidigareNummer: nytt.Siffror()}, []Personnummer{nytt}},
		"points at itself":              {Folkbokforingspost{Hittad: true, TidigareNummer: fragat.Siffror()}, nil},
		"protected":                     {Folkbokforingspost{Hittad: true, Skydd: SkyddSekretessmarkering, TidigareNummer: gamla.Siffror()}, []Personnummer{gamla}},
		"no number by our rules":        {Folkbokforingspost{Hittad: true, TidigareNummer: "198003172390"}, nil},
		"an answer that found nobody":   {Folkbokforingspost{TidigareNummer: gamla.Siffror()}, nil},
		"a number with too few figures": {Folkbokforingspost{Hittad: true, NyttNummer: "8003182395"}, nil},
	} {
		if got := f.post.AndraNummer(fragat); !slices.Equal(got, f.want) {
			t.Errorf("%s: %d numbers, want %d", name, len(got), len(f.want))
		}
	}
}

func TestKeysBecomeOneButNotOverTwoOpenDeltagandenOfOneInsats(t *testing.T) {
	id := func(n byte) uuid.UUID { return uuid.UUID{15: n} }
	i1, i2 := id(101), id(102)
	ingen := func(person int32) Personlank { return Personlank{Person: person} }
	oppen := func(person int32, insats uuid.UUID, d byte) Personlank { return Personlank{person, insats, id(d)} }
	for name, f := range map[string]struct {
		har    []Personlank
		byten  []Personbyte
		vantar []Vantandelank
	}{
		"nobody":                         {nil, nil, nil},
		"one":                            {[]Personlank{oppen(7, i1, 1), oppen(7, i2, 2)}, nil, nil},
		"two, none open":                 {[]Personlank{ingen(9), ingen(-3)}, []Personbyte{{9, -3}}, nil},
		"two, one open":                  {[]Personlank{oppen(9, i1, 1), ingen(4)}, []Personbyte{{9, 4}}, nil},
		"open in different insatser":     {[]Personlank{oppen(9, i1, 1), oppen(4, i2, 2)}, []Personbyte{{9, 4}}, nil},
		"both open in one insats":        {[]Personlank{oppen(9, i1, 2), oppen(4, i1, 1), oppen(4, i2, 3)}, nil, []Vantandelank{{i1, id(1), id(2)}}},
		"the pair is in order":           {[]Personlank{oppen(4, i1, 2), oppen(9, i1, 1)}, nil, []Vantandelank{{i1, id(1), id(2)}}},
		"both open in two":               {[]Personlank{oppen(4, i2, 1), oppen(4, i1, 2), oppen(9, i2, 3), oppen(9, i1, 4)}, nil, []Vantandelank{{i1, id(2), id(4)}, {i2, id(1), id(3)}}},
		"a third with none open":         {[]Personlank{oppen(4, i1, 1), oppen(5, i1, 2), ingen(6)}, []Personbyte{{6, 4}}, []Vantandelank{{i1, id(1), id(2)}}},
		"a third that fits the second":   {[]Personlank{oppen(4, i1, 1), oppen(4, i2, 2), oppen(5, i1, 3), oppen(6, i2, 4)}, []Personbyte{{6, 5}}, []Vantandelank{{i1, id(1), id(3)}, {i2, id(2), id(4)}}},
		"what came over is open as well": {[]Personlank{ingen(4), oppen(5, i1, 1), oppen(6, i1, 2)}, []Personbyte{{5, 4}}, []Vantandelank{{i1, id(1), id(2)}}},
		"three in one insats": {[]Personlank{oppen(4, i1, 1), oppen(5, i1, 2), oppen(6, i1, 3)}, nil,
			[]Vantandelank{{i1, id(1), id(2)}, {i1, id(1), id(3)}, {i1, id(2), id(3)}}},
	} {
		byten, vantar := Sammanfor(f.har)
		if !slices.Equal(byten, f.byten) || !slices.Equal(vantar, f.vantar) {
			t.Errorf("%s: %v and %v, want %v and %v", name, byten, vantar, f.byten, f.vantar)
		}
	}
}
