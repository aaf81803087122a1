import { describe, expect, it } from "vitest";
import {
    type Kodrad,
    etikett,
    giltiga,
    giltigaUnder,
    somVal,
} from "./kodverk.logic";

function rad(
    kod: string,
    ordning: number,
    delar: Partial<Kodrad> = {},
): Kodrad {
    return {
        kodverk: "FORSORJNING",
        kod,
        etikett: `Text ${kod}`,
        ordning,
        giltigFran: "2010-01-01",
        exklusiv: false,
        utanMatning: false,
        utesluts: false,
        endastAterkallelse: false,
        ...delar,
    };
}

const koder = (rader: Kodrad[]): string[] => rader.map((r) => r.kod);

describe("de koder som gäller", () => {
    const rader = [
        rad("B", 2, { giltigTom: "2015-12-31" }),
        rad("A", 1, { giltigFran: "2012-01-01" }),
        rad("F", 3, { samverkansform: "FINSAM" }),
    ];
    it.each([
        ["2009-12-31", []],
        ["2010-01-01", ["B", "F"]],
        ["2012-01-01", ["A", "B", "F"]],
        ["2015-12-31", ["A", "B", "F"]],
        ["2016-01-01", ["A", "F"]],
    ])("den %s är %j, i formulärets ordning", (dag, vantade) => {
        expect(koder(giltiga(rader, dag))).toEqual(vantade);
    });
    it("är samverkansformens egna och de som alla har", () => {
        expect(koder(giltiga(rader, "2013-01-01", "FINSAM"))).toContain("F");
        expect(koder(giltiga(rader, "2013-01-01", "TVAPARTSFINSAM"))).toEqual([
            "A",
            "B",
        ]);
    });
    it("kan inte väljas när bara en återkallelse sätter dem, men har sin etikett", () => {
        const med = [...rader, rad("ATER", 0, { endastAterkallelse: true })];
        expect(koder(giltiga(med, "2013-01-01"))).toEqual(["A", "B", "F"]);
        expect(etikett(med, "ATER", "2013-01-01")).toBe("Text ATER");
    });
    it("lämnar listan som den var", () => {
        giltiga(rader, "2013-01-01");
        expect(koder(rader)).toEqual(["B", "A", "F"]);
    });
});

describe("de koder som gäller någon dag under en tid", () => {
    const rader = [
        rad("B", 2, { giltigTom: "2015-12-31" }),
        rad("A", 1, { etikett: "Förr", giltigTom: "2011-12-31" }),
        rad("A", 1, { etikett: "Nu", giltigFran: "2012-01-01" }),
    ];
    it.each([
        ["2008-01-01", "2009-12-31", []],
        ["2008-01-01", "2010-01-01", ["A", "B"]],
        ["2008-01-01", undefined, ["A", "B"]],
        ["2015-12-31", undefined, ["A", "B"]],
        ["2016-01-01", undefined, ["A"]],
    ])(
        "från %s till %s är %j, var och en bara en gång",
        (fran, tom, koderna) => {
            expect(koder(giltigaUnder(rader, fran, tom))).toEqual(koderna);
        },
    );
});

describe("kodens text", () => {
    const rader = [
        rad("A", 1, { etikett: "Förr", giltigTom: "2015-12-31" }),
        rad("A", 1, { etikett: "Nu", giltigFran: "2016-01-01" }),
    ];
    it.each([
        ["A", "2015-12-31", "Förr"],
        ["A", "2016-01-01", "Nu"],
        ["A", "2009-01-01", "Nu"],
        ["A", undefined, "Nu"],
        ["X", "2016-01-01", "X"],
    ])("för %s den %s är «%s»", (kod, dag, text) => {
        expect(etikett(rader, kod, dag)).toBe(text);
    });
    it("står vid koden i ett fält", () => {
        expect(somVal([rad("A", 1)])).toEqual([{ varde: "A", text: "Text A" }]);
    });
});
