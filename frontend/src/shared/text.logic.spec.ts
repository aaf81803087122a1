import { describe, expect, it } from "vitest";
import {
    antal,
    antalMed,
    dagMedManad,
    enRad,
    orgnr,
    period,
    personnummer,
    tidpunkt,
    upprakning,
} from "./text.logic";

describe("tal och ord", () => {
    it("har hårt mellanrum mellan tusentalen och inga decimaler", () => {
        expect(antal(999)).toBe("999");
        expect(antal(12345)).toBe("12\u00a0345");
        expect(antal(2.4)).toBe("2");
    });
    it("har ordet i ental bara efter ett", () => {
        expect(antalMed(0, "deltagare", "deltaganden")).toBe("0 deltaganden");
        expect(antalMed(1, "deltagare", "deltaganden")).toBe("1 deltagare");
        expect(antalMed(1000, "deltagare", "deltaganden")).toBe(
            "1\u00a0000 deltaganden",
        );
    });
    it("räknas upp med «och» före det sista", () => {
        expect(upprakning([])).toBe("");
        expect(upprakning(["a"])).toBe("a");
        expect(upprakning(["a", "b", "c"])).toBe("a, b och c");
    });
});

describe("en text på flera rader", () => {
    it("blir en rad, utan mellanslag omkring", () => {
        expect(enRad("  Fel dag\nangiven. \r\n")).toBe("Fel dag angiven.");
        expect(enRad("\n ")).toBe("");
    });
});

describe("dagar och tider", () => {
    it("har månaden i ord, och visar det som inte är en dag som det är", () => {
        expect(dagMedManad("2010-03-01")).toBe("1 mars 2010");
        expect(dagMedManad("2010-02-30")).toBe("2010-02-30");
        expect(dagMedManad("")).toBe("");
    });
    it("är en öppen period så länge den pågår", () => {
        expect(period("2010-05-01")).toBe("2010-05-01 –");
        expect(period("2010-05-01", "2011-01-31")).toBe(
            "2010-05-01 – 2011-01-31",
        );
    });
    it("visar tidpunkten som klockan går i Sverige, sommar och vinter", () => {
        expect(tidpunkt("2026-07-01T22:30:00Z")).toBe("2026-07-02 00:30");
        expect(tidpunkt("2026-01-01T22:30:00Z")).toBe("2026-01-01 23:30");
    });
});

describe("nummer", () => {
    it("delas av sitt bindestreck när de är hela", () => {
        expect(orgnr("2220001925")).toBe("222000-1925");
        expect(orgnr("222000")).toBe("222000");
        expect(personnummer("197701172392")).toBe("19770117-2392");
        expect(personnummer("7701172392")).toBe("7701172392");
    });
});
