import { describe, expect, it } from "vitest";
import type { Schema } from "@/shared/api/typer";
import { skillnaderna, sparadesSa } from "./sparat.logic";

const svar: Schema<"Inregistrering"> = {
    startdag: "2026-03-01",
    utbildningsniva: "GYMNASIUM",
    arOffentligForsorjning: 2,
    fore: {
        forsorjning: ["SA", "A_KASSA"],
        arbetssokande: true,
        arbetar: false,
        studerar: false,
    },
};

describe("det som redan var sparat", () => {
    it("är det samma vilken ordning svaren än står i", () => {
        expect(
            sparadesSa(svar, {
                arOffentligForsorjning: 2,
                utbildningsniva: "GYMNASIUM",
                startdag: "2026-03-01",
                fore: { ...svar.fore, forsorjning: ["A_KASSA", "SA"] },
            }),
        ).toBe(true);
    });
    it("är det samma vilket skäl det än fick", () => {
        expect(
            sparadesSa({ ...svar, skal: "Fel" }, { ...svar, skal: "" }),
        ).toBe(true);
    });
    it("är det samma vilken version av en fråga som än besvarades, och om inget svar är en tom lista", () => {
        const svaret = { fragaId: "f", koder: ["1"] };
        expect(
            sparadesSa(
                { ...svar, svar: [{ ...svaret, fragaversion: 2 }] },
                { ...svar, svar: [svaret] },
            ),
        ).toBe(true);
        expect(sparadesSa({ ...svar, svar: [] }, svar)).toBe(true);
        expect(sparadesSa({ ...svar, svar: [svaret] }, svar)).toBe(false);
    });
    it.each([
        { arOffentligForsorjning: 3 },
        { fore: { ...svar.fore, forsorjning: ["SA"] } },
        { stadsdel: "ANGERED" },
    ])("är ett annat när något skiljer: %j", (skillnad) => {
        expect(sparadesSa(svar, { ...svar, ...skillnad })).toBe(false);
    });
});

describe("skillnaderna mellan det ifyllda och det sparade", () => {
    const rad = (
        namn: string,
        text: string,
    ): { etikett: string; pekare: string; text: string } => ({
        etikett: namn.toUpperCase(),
        pekare: `/${namn}`,
        text,
    });
    it("är de fält som säger olika, i formulärets ordning", () => {
        expect(
            skillnaderna(
                [rad("a", "1"), rad("b", "2"), rad("c", "3")],
                [rad("c", "4"), rad("b", "2"), rad("a", "9")],
            ),
        ).toEqual([
            { pekare: "/a", etikett: "A", sparat: "9", ifyllt: "1" },
            { pekare: "/c", etikett: "C", sparat: "4", ifyllt: "3" },
        ]);
    });
    it("är också de frågor som bara det ena har, men aldrig skälet", () => {
        expect(
            skillnaderna(
                [rad("a", "1"), rad("skal", "Fel")],
                [rad("b", "2"), rad("skal", "Inte ifyllt")],
            ),
        ).toEqual([
            { pekare: "/a", etikett: "A", sparat: "Inte ifyllt", ifyllt: "1" },
            { pekare: "/b", etikett: "B", sparat: "2", ifyllt: "Inte ifyllt" },
        ]);
    });
});
