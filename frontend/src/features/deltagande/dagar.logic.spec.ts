import { describe, expect, it } from "vitest";
import { granskaDagar, urvaletsOrd } from "./dagar.logic";

const fel = (startdagFran: string, startdagTill: string): string[] =>
    granskaDagar({ startdagFran, startdagTill }).map(
        (f) => `${f.pekare} ${f.regel}`,
    );

describe("dagarna som en lista begränsas till", () => {
    it.each([
        ["", ""],
        ["2026-01-01", ""],
        ["", "2026-01-01"],
        ["2026-01-01", "2026-01-01"],
        ["2025-12-31", "2026-01-01"],
    ])("får vara från «%s» till «%s»", (fran, till) => {
        expect(fel(fran, till)).toEqual([]);
    });
    it("har den andra inte före den första", () => {
        expect(fel("2026-02-01", "2026-01-31")).toEqual([
            "/startdagTill till-fore-fran",
        ]);
    });
    it("är skrivna som dagar", () => {
        expect(fel("260201", "2026-02-30")).toEqual([
            "/startdagFran datum",
            "/startdagTill datum",
        ]);
    });
});

it.each([
    [undefined, undefined, undefined, ""],
    ["PAGAENDE", undefined, undefined, "pågående"],
    [
        "PAGAENDE",
        undefined,
        "2024-10-31",
        "pågående, startdag till och med 2024-10-31",
    ],
    [
        undefined,
        "2024-01-01",
        "2024-10-31",
        "startdag från och med 2024-01-01 till och med 2024-10-31",
    ],
] as const)("urvalet sägs i ord: %s %s %s", (status, fran, till, ord) => {
    expect(urvaletsOrd(status, fran, till)).toBe(ord);
});
