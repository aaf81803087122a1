import { describe, expect, it } from "vitest";
import {
    arDag,
    dagISverige,
    dagarTill,
    dagfel,
    plusDagar,
    plusManader,
    tolkaDag,
} from "./datum.logic";

describe("dagar", () => {
    it("finns i kalendern eller inte", () => {
        expect(arDag("2024-02-29")).toBe(true);
        for (const fel of [
            "2026-02-29",
            "2026-13-01",
            "2026-1-1",
            "",
            "i dag",
            "0000-00-00",
        ]) {
            expect(arDag(fel), fel).toBe(false);
        }
    });
    it("som saknas, är felskrivna eller ligger framåt har var sitt fel", () => {
        const regler = (dag: string, idag?: string): string[] =>
            dagfel("/dag", dag, idag).map((f) => f.regel);
        expect(regler("", "2026-11-25")).toEqual(["obligatoriskt"]);
        expect(regler("2026-02-30", "2026-11-25")).toEqual(["datum"]);
        expect(regler("2026-11-26", "2026-11-25")).toEqual(["framtida-dag"]);
        expect(regler("2026-11-25", "2026-11-25")).toEqual([]);
        // A day of a plan may lie ahead.
        expect(regler("2030-01-01")).toEqual([]);
        expect(dagfel("/dag", "i går")).toEqual([
            {
                pekare: "/dag",
                regel: "datum",
                meddelande:
                    "Skriv datumet som åååå-mm-dd, till exempel 2026-03-01.",
            },
        ]);
    });
    it("räknas över månad, år och sommartid", () => {
        expect(plusDagar("2026-12-31", 1)).toBe("2027-01-01");
        expect(plusDagar("2026-03-28", 2)).toBe("2026-03-30");
        expect(dagarTill("2026-03-28", "2026-03-30")).toBe(2);
        expect(dagarTill("2026-03-30", "2026-03-28")).toBe(-2);
    });
    it("håller sig inom en kortare månad", () => {
        expect(plusManader("2026-01-31", 1)).toBe("2026-02-28");
        expect(plusManader("2026-03-15", -13)).toBe("2025-02-15");
    });
    it("är Sveriges, inte Londons", () => {
        expect(dagISverige(new Date("2026-06-30T22:30:00Z"))).toBe(
            "2026-07-01",
        );
        expect(dagISverige(new Date("2026-12-31T22:30:00Z"))).toBe(
            "2026-12-31",
        );
    });
});

describe("en dag som folk skriver den", () => {
    it.each([
        ["2026-11-01", "2026-11-01"],
        ["2026-11-1", "2026-11-01"],
        ["2026.11.01", "2026-11-01"],
        ["2026/11/01", "2026-11-01"],
        ["2026 11 01", "2026-11-01"],
        ["20261101", "2026-11-01"],
        ["261101", "2026-11-01"],
        ["26-11-01", "2026-11-01"],
        ["1/11 2026", "2026-11-01"],
        ["01/11-2026", "2026-11-01"],
        ["1/11 26", "2026-11-01"],
        ["1/11/2026", "2026-11-01"],
        ["1.11.2026", "2026-11-01"],
        ["1-11-2026", "2026-11-01"],
        ["1 november 2026", "2026-11-01"],
        ["den 1 November  2026", "2026-11-01"],
        ["1:e nov. 2026", "2026-11-01"],
        ["1 nov 2026", "2026-11-01"],
        ["29 feb 2024", "2024-02-29"],
        ["idag", "2026-11-25"],
        ["I dag", "2026-11-25"],
        [" igår ", "2026-11-24"],
        ["i går", "2026-11-24"],
    ])("%s är %s", (text, dag) => {
        expect(tolkaDag(text, "2026-11-25")).toBe(dag);
    });
    it.each([
        "",
        "1/11",
        "01.11.26", // the first of November, or the twenty-sixth
        "29 feb 2026",
        "31/11 2026",
        "2026-13-01",
        "1 novembris 2026",
        "1 no 2026",
        "2026",
        "5.5",
        "snart",
    ])("«%s» är ingen dag, eller kan vara två", (text) => {
        expect(tolkaDag(text, "2026-11-25")).toBeUndefined();
    });
    it("«idag» är ingen dag när ingen vet vilken det är", () => {
        expect(tolkaDag("idag", "")).toBeUndefined();
        expect(tolkaDag("igår", "")).toBeUndefined();
    });
});
