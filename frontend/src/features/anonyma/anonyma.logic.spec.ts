import { describe, expect, it } from "vitest";
import { granska, tillTrad } from "@/shared/formular/tabell";
import {
    anonymatabell,
    aren,
    attFraga,
    attSpara,
    granskaAnonyma,
    laggTill,
    perAr,
    rattelseAv,
    summa,
    tillAnonyma,
    tommaAnonyma,
} from "./anonyma.logic";

const idag = "2026-11-25";
const sammanhang = {
    idag,
    ar: [{ varde: "2026", text: "2026" }],
    rattar: true,
};

describe("anonyma deltagare", () => {
    it("läggs till kön för kön och sparas tillsammans", () => {
        const svar = {
            ...tommaAnonyma(idag),
            antalKvinnor: "2",
            antalMan: "1",
        };
        expect(laggTill(svar, "kvinnor")).toBeUndefined();
        expect(laggTill(svar, "man")).toBeUndefined();
        svar.antalKvinnor = "3";
        expect(laggTill(svar, "kvinnor")).toBeUndefined();
        expect(svar.antalKvinnor + svar.antalMan).toBe("");
        expect(summa(svar.tillagda)).toEqual({ kvinnor: 5, man: 1 });
        expect(granskaAnonyma(svar)).toEqual([]);
        expect(attSpara(svar).map(tillAnonyma)).toEqual([
            { inregistreringsar: 2026, antalKvinnor: 5, antalMan: 1 },
        ]);
    });
    it.each(["", "0", "-1", "1,5", "tre", "10001"])(
        "tar inte emot antalet «%s»",
        (antalMan) => {
            const svar = { ...tommaAnonyma(idag), antalMan };
            expect(laggTill(svar, "man")?.pekare).toBe("/antalMan");
            expect(svar.tillagda).toEqual([]);
        },
    );
    it("sparas inte med ett antal som inte lagts till, eller inget alls", () => {
        expect(
            granskaAnonyma({ ...tommaAnonyma(idag), antalMan: "4" }).map(
                (f) => f.regel,
            ),
        ).toEqual(["inte-tillagt"]);
        expect(granskaAnonyma(tommaAnonyma(idag)).map((f) => f.regel)).toEqual([
            "inget-antal",
        ]);
    });
    it("sägs vara för många vid det fält de lades till från", () => {
        const fel = granskaAnonyma({
            ...tommaAnonyma(idag),
            tillagda: [
                { ar: "2026", kvinnor: 0, man: 9000 },
                { ar: "2026", kvinnor: 0, man: 9000 },
            ],
        });
        expect(fel.map((f) => [f.pekare, f.meddelande])).toEqual([
            [
                "/antalMan",
                "Antalet ska vara ett heltal från 1 till 10\u00a0000.",
            ],
        ]);
    });
    it("kan registreras för insatsens år, inte för kommande", () => {
        expect(aren({ startdatum: "2024-08-01" }, idag)).toEqual([
            "2026",
            "2025",
            "2024",
        ]);
        expect(
            aren({ startdatum: "2024-08-01", slutdatum: "2025-03-31" }, idag),
        ).toEqual(["2025", "2024"]);
        expect(
            aren({ startdatum: "2025-08-01", slutdatum: "2030-03-31" }, idag),
        ).toEqual(["2026", "2025"]);
    });
    it("räknas samman per år", () => {
        const rad = { id: "a", insatsId: "i", registrerat: "", version: 1 };
        expect(
            perAr([
                {
                    ...rad,
                    inregistreringsar: 2025,
                    antalKvinnor: 1,
                    antalMan: 0,
                },
                {
                    ...rad,
                    inregistreringsar: 2026,
                    antalKvinnor: 2,
                    antalMan: 1,
                },
                {
                    ...rad,
                    inregistreringsar: 2025,
                    antalKvinnor: 0,
                    antalMan: 3,
                },
            ]),
        ).toEqual([
            { ar: 2026, kvinnor: 2, man: 1 },
            { ar: 2025, kvinnor: 1, man: 3 },
        ]);
    });
    it("behåller det år de lades till för när året sedan ändras", () => {
        const svar = { ...tommaAnonyma(idag), antalKvinnor: "2" };
        laggTill(svar, "kvinnor");
        svar.inregistreringsar = "2025";
        svar.antalMan = "3";
        laggTill(svar, "man");
        expect(attSpara(svar)).toEqual([
            { ar: "2026", kvinnor: 2, man: 0 },
            { ar: "2025", kvinnor: 0, man: 3 },
        ]);
    });
    it.each([
        ["20", undefined],
        ["21", 21],
        ["22", 22],
        ["10001", undefined],
        ["tre", undefined],
    ])("frågas det om när %s läggs till: %s", (antalKvinnor, vantat) => {
        const svar = { ...tommaAnonyma(idag), antalKvinnor };
        expect(attFraga(svar, "kvinnor")).toBe(vantat);
    });
    it("rättas med ett skäl, också till noll", () => {
        const r = rattelseAv({
            id: "a",
            insatsId: "i",
            inregistreringsar: 2026,
            antalKvinnor: 22,
            antalMan: 1,
            registrerat: "",
            version: 1,
        });
        expect(
            granska(anonymatabell, r, sammanhang).map((f) => f.pekare),
        ).toEqual(["/skal"]);
        Object.assign(r, {
            antalKvinnor: "0",
            antalMan: "0",
            skal: "Fel\ninsats",
        });
        expect(granska(anonymatabell, r, sammanhang)).toEqual([]);
        expect(tillTrad(anonymatabell, r, sammanhang)).toEqual({
            inregistreringsar: 2026,
            antalKvinnor: 0,
            antalMan: 0,
            skal: "Fel insats",
        });
        r.antalMan = "1,5";
        expect(
            granska(anonymatabell, r, sammanhang).map((f) => f.pekare),
        ).toEqual(["/antalMan"]);
    });
});
