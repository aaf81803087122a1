import { describe, expect, it } from "vitest";
import {
    antalPaSida,
    nastaOrdning,
    ordningen,
    perSida,
    sidnumren,
    sidstorlekI,
} from "./sidor.logic";

describe("sidorna i en lista", () => {
    it.each([
        [1, 1, "1"],
        [1, 2, "1 2"],
        [2, 3, "1 2 3"],
        [1, 12, "1 2 … 12"],
        [3, 12, "1 2 3 4 … 12"],
        [4, 12, "1 2 3 4 5 … 12"],
        [5, 12, "1 … 4 5 6 … 12"],
        [9, 12, "1 … 8 9 10 11 12"],
        [12, 12, "1 … 11 12"],
    ])("sida %i av %i visas som %s", (sida, sidor, text) => {
        expect(
            sidnumren(sida, sidor)
                .map((n) => n ?? "…")
                .join(" "),
        ).toBe(text);
    });

    it("säger vilken sida det är, utom på den första", () => {
        const meta = { totalRecords: 234, limit: 20, offset: 0, count: 20 };
        expect(antalPaSida(meta, "post", "poster")).toBe("234 poster");
        expect(antalPaSida({ ...meta, offset: 40 }, "post", "poster")).toBe(
            "234 poster, sida 3 av 12",
        );
        expect(antalPaSida({ ...meta, offset: 4000 }, "post", "poster")).toBe(
            "234 poster",
        );
    });

    it("har den storlek som adressen säger, om listan kan ha den", () => {
        expect([{}, { antal: "50" }, { antal: "70" }].map(perSida)).toEqual([
            20, 50, 20,
        ]);
        expect(
            [{}, { antal: "100" }, { antal: "20" }].map(sidstorlekI),
        ).toEqual([undefined, "100", undefined]);
    });
});

describe("ordningen i en lista", () => {
    it("vänds när samma rubrik väljs igen", () => {
        expect(nastaOrdning("namn", "namn", false)).toBe("-namn");
        expect(nastaOrdning("-namn", "namn", false)).toBe("namn");
    });
    it("börjar som kolumnen brukar läsas", () => {
        expect(nastaOrdning("namn", "startdatum", true)).toBe("-startdatum");
        expect(nastaOrdning("-startdatum", "namn", false)).toBe("namn");
    });
    it("sägs bara om den kolumn som listan står efter", () => {
        expect(
            ["namn", "-namn", "startdatum"].map((s) => ordningen(s, "namn")),
        ).toEqual(["ascending", "descending", undefined]);
    });
});
