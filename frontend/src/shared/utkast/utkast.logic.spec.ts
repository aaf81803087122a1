import { describe, expect, it } from "vitest";
import {
    lagringsnyckel,
    livslangd,
    passaIn,
    tolkaNyckel,
    tolkaPost,
    utanPersonnummer,
} from "./utkast.logic";

describe("nyckeln", () => {
    it("är användare, formulär och samtycke, och går att läsa tillbaka", () => {
        const k = lagringsnyckel("a-1", { form: "in", id: "s-1" });
        expect(k).toBe("sus-utkast:a-1:in:s-1");
        expect(tolkaNyckel(k)).toEqual({
            anvandareId: "a-1",
            form: "in",
            id: "s-1",
        });
    });
    it("av annat slag är inte vår", () => {
        expect(tolkaNyckel("annat")).toBeUndefined();
        expect(tolkaNyckel("sus-utkast:a")).toBeUndefined();
        expect(tolkaNyckel("sus-utkast:a:b:c:d")).toBeUndefined();
    });
});

describe("ett sparat utkast", () => {
    const nu = 1_000_000_000;
    it("lever i tolv timmar", () => {
        expect(
            tolkaPost(
                JSON.stringify({ sparad: nu - livslangd + 1, svar: { a: 1 } }),
                nu,
            ),
        ).toBeDefined();
        expect(
            tolkaPost(
                JSON.stringify({ sparad: nu - livslangd, svar: { a: 1 } }),
                nu,
            ),
        ).toBeUndefined();
    });
    it("från framtiden, trasigt eller utan svar gäller inte", () => {
        expect(
            tolkaPost(JSON.stringify({ sparad: nu + livslangd, svar: {} }), nu),
        ).toBeUndefined();
        expect(tolkaPost("{", nu)).toBeUndefined();
        expect(tolkaPost("null", nu)).toBeUndefined();
        expect(
            tolkaPost(JSON.stringify({ sparad: "x", svar: {} }), nu),
        ).toBeUndefined();
        expect(tolkaPost(null, nu)).toBeUndefined();
    });
});

describe("personnummer", () => {
    it.each([
        "197701172392",
        "19770117-2392",
        "770117-2392",
        "7701172392",
        "Kontakt: 800060-2386 ring henne",
        "770117+2392",
        "fel nr 770117 2392, rättat",
        "fel nr 770117\u20132392, rättat",
        "1977-01-17 - 2392",
    ])("tas bort ur fri text: %s", (text) => {
        expect(utanPersonnummer({ skal: text, andra: ["a", text] })).toEqual({
            skal: "",
            andra: ["a", ""],
        });
    });
    it("förväxlas inte med datum, id och tal", () => {
        const svar = {
            dag: "2026-03-01",
            id: "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f",
            ar: 2010,
            ja: true,
            tom: null,
        };
        expect(utanPersonnummer(svar)).toEqual(svar);
    });
});

describe("att passa in sparade svar", () => {
    const tom = {
        startdag: "",
        forsorjning: [] as string[],
        arbetar: "" as string,
        efter: { studerar: "" },
    };
    it("tar det formuläret har, även inuti", () => {
        expect(
            passaIn(tom, {
                startdag: "2026-01-01",
                forsorjning: ["SA"],
                efter: { studerar: "ja" },
            }),
        ).toEqual({
            startdag: "2026-01-01",
            forsorjning: ["SA"],
            arbetar: "",
            efter: { studerar: "ja" },
        });
    });
    it("släpper svar som ett äldre formulär hade på ett annat ställe", () => {
        const svar = { startdag: "2026-01-01", studerar: "ja" };
        expect(passaIn(tom, svar)).toEqual({ ...tom, startdag: "2026-01-01" });
    });
    it("släpper okända fält och fel slag", () => {
        expect(
            passaIn(tom, {
                okand: 1,
                startdag: 3,
                forsorjning: "SA",
                efter: null,
            }),
        ).toEqual(tom);
        expect(passaIn(tom, "skräp")).toEqual(tom);
    });
});

describe("ett id", () => {
    it("är inget personnummer, vilka siffror det än har", () => {
        const id = "01a21101-d0e2-7127-93b6-197701172392";
        expect(utanPersonnummer({ id })).toEqual({ id });
        expect(utanPersonnummer({ id: `Se ${id}` })).toEqual({ id: "" });
    });
});
