import { describe, expect, it } from "vitest";
import type { Schema } from "@/shared/api/typer";
import { sparadesSa } from "./sparat.logic";

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
    it.each([
        { arOffentligForsorjning: 3 },
        { fore: { ...svar.fore, forsorjning: ["SA"] } },
        { stadsdel: "ANGERED" },
    ])("är ett annat när något skiljer: %j", (skillnad) => {
        expect(sparadesSa(svar, { ...svar, ...skillnad })).toBe(false);
    });
});
