import { describe, expect, it } from "vitest";
import { granska, tillTrad, utskrift } from "@/shared/formular/tabell";
import { kod, kodpaverkan } from "@/shared/prov/varlden";
import {
    arFast,
    betydelse,
    kodsvarAv,
    kodtabell,
    lage,
    nykodstabell,
    paverkanIOrd,
    sistaRaden,
    tillhorIOrd,
    tomKod,
} from "./kod.logic";

const c = {
    idag: "2026-03-02",
    kodverk: "AVSLUTSANLEDNING" as const,
    kommuner: [],
};
const rad = sistaRaden(kod);

describe("en kods rader", () => {
    it.each([
        ["2026-03-03", undefined, "Kommer"],
        ["2026-03-02", undefined, "Gäller"],
        ["2004-01-01", "2026-03-02", "Gäller"],
        ["2004-01-01", "2026-03-01", "Har slutat"],
    ])("från %s till %s är det «%s»", (giltigFran, giltigTom, vantat) => {
        expect(
            lage(
                { ...rad, giltigFran, ...(giltigTom ? { giltigTom } : {}) },
                c.idag,
            ),
        ).toBe(vantat);
    });
    it("säger vad som hänger på dem", () => {
        expect(
            betydelse({
                ...rad,
                exklusiv: true,
                utesluts: true,
                endastAterkallelse: true,
                samverkansform: "AF_FK_SAMARBETE",
            }),
        ).toBe(
            "Utesluter alla andra, Utan mätning, Ur all statistik, Sätts bara när ett samtycke återkallas, Bara Af/FK-samarbete",
        );
        expect(betydelse({ ...rad, utanMatning: false })).toBe("");
    });
    it.each([
        ["PRECISERAD_INRIKTNING", "INDIVIDINRIKTAD", "Individinriktad"],
        ["FRAGEORD", "DIAGNOS", "Diagnos eller sjukdom"],
        ["STADSDEL", "1480", "Göteborg (1480)"],
        ["STADSDEL", "0180", "0180"],
        ["MALGRUPP", undefined, ""],
    ] as const)(
        "i %s som hör till %s säger det: «%s»",
        (kodverk, tillhor, vantat) => {
            const kommuner = [{ varde: "1480", text: "Göteborg (1480)" }];
            expect(
                tillhorIOrd(tillhor === undefined ? {} : { tillhor }, {
                    kodverk,
                    kommuner,
                }),
            ).toBe(vantat);
        },
    );
    it("ändras inte i ett inbyggt kodverk", () => {
        expect(arFast("ARBETSTYP")).toBe(true);
        expect(arFast("STADSDEL")).toBe(false);
    });
});

describe("en ny kod", () => {
    const svar = {
        ...tomKod(c.idag),
        kod: "NY",
        etikett: "Ny",
        ordning: "9",
    };
    it("gäller från i dag, och frågar bara efter kodverkets egen betydelse", () => {
        expect(granska(nykodstabell, svar, c)).toEqual([]);
        expect(tillTrad(nykodstabell, svar, c)).toEqual({
            kod: "NY",
            etikett: "Ny",
            ordning: 9,
            giltigFran: c.idag,
            utanMatning: false,
            utesluts: false,
        });
        expect(
            tillTrad(nykodstabell, svar, { ...c, kodverk: "FORSORJNING" }),
        ).toMatchObject({ exklusiv: false });
    });
    it.each([
        ["kod", "ny kod", "kod-format"],
        ["giltigFran", "2026-03-01", "forfluten-dag"],
        ["ordning", "0", "utanfor-granser"],
    ])("nekas %s «%s»: %s", (falt, varde, regel) => {
        expect(
            granska(nykodstabell, { ...svar, [falt]: varde }, c).map(
                (f) => f.regel,
            ),
        ).toEqual([regel]);
    });
    it("tillhör det som kodverket har över sig", () => {
        const fragas = (kodverk: "STADSDEL" | "FRAGEORD" | "MALGRUPP") =>
            utskrift(nykodstabell, svar, { ...c, kodverk }).some(
                (r) => r.pekare === "/tillhor",
            );
        expect(fragas("STADSDEL")).toBe(true);
        expect(fragas("FRAGEORD")).toBe(true);
        expect(fragas("MALGRUPP")).toBe(false);
    });
});

describe("ändringen av en kod", () => {
    it("börjar från den senaste raden, utan dag", () => {
        const svar = kodsvarAv({ ...kod, version: 3 });
        expect(svar).toMatchObject({
            etikett: "Sjukdom",
            ordning: "4",
            utanMatning: "ja",
            gallerFran: "",
            version: 3,
        });
        expect(tillTrad(kodtabell, svar, c)).toEqual({
            etikett: "Sjukdom",
            ordning: 4,
            utanMatning: true,
            utesluts: false,
        });
    });
    it("säger hur mycket som är registrerat", () => {
        const text = (p: typeof kodpaverkan, k: object) =>
            paverkanIOrd(
                p,
                { ...tillTrad(kodtabell, kodsvarAv(kod), c), ...k },
                rad,
            ).map((u) => `${u.pekare} ${u.text}`);
        expect(text(kodpaverkan, {})).toEqual([
            "/etikett Koden är registrerad i 12 mätningar, 2010-01-11 – 2026-02-02. De behåller sin text och betydelse.",
        ]);
        expect(
            text(
                {
                    anvandning: [
                        {
                            slag: "INSATS",
                            antal: 1,
                            paRaden: 1,
                            efterDagen: 1,
                            forsta: "2026-05-01",
                            sista: "2026-05-01",
                        },
                    ],
                    rapporter: ["SUS - Rapport"],
                },
                {
                    etikett: "Annat",
                    gallerFran: "2026-04-01",
                    giltigTom: "2026-04-30",
                },
            ),
        ).toEqual([
            "/etikett Koden är registrerad i 1 insats, 2026-05-01 – 2026-05-01. Före 2026-04-01 är de oförändrade.",
            "/giltigTom 1 insats är registrerade efter 2026-04-30: koden kan inte sluta gälla så tidigt.",
            "/etikett Koden skrivs ut i SUS - Rapport.",
        ]);
        expect(text({ anvandning: [], rapporter: [] }, {})).toEqual([
            "/etikett Inget är registrerat med koden.",
        ]);
    });
    it("säger det som kommer att nekas, vid dagen som saknas eller är för tidig", () => {
        const [matningar] = kodpaverkan.anvandning;
        const forsta = (
            k: object,
            mer: Partial<typeof matningar> = {},
        ): string | undefined =>
            paverkanIOrd(
                {
                    rapporter: [],
                    anvandning: matningar ? [{ ...matningar, ...mer }] : [],
                },
                { ...tillTrad(kodtabell, kodsvarAv(kod), c), ...k },
                rad,
            ).map((u) => `${u.pekare} ${u.text}`)[0];
        const utanDag =
            "Ange från vilken dag den ska gälla, i dag eller senare.";
        for (const k of [
            { etikett: "Annat" },
            { ordning: rad.ordning + 1 },
            { exklusiv: !rad.exklusiv },
            { utanMatning: !rad.utanMatning },
            { utesluts: !rad.utesluts },
            { etikett: "Annat", gallerFran: rad.giltigFran },
        ]) {
            expect(forsta(k)).toMatch(/^\/gallerFran /);
            expect(forsta(k)).toContain(utanDag);
        }
        const kvar = "De behåller sin text och betydelse.";
        expect(forsta({ giltigTom: "2026-12-31" })).toContain(kvar);
        // Only its earlier rows are registered.
        expect(forsta({ etikett: "Annat" }, { paRaden: 0 })).toContain(kvar);
        const fran = (gallerFran: string) =>
            forsta({ etikett: "Annat", gallerFran });
        expect(fran("2026-02-02")).toBe(
            "/gallerFran Koden är registrerad i 12 mätningar, 2010-01-11 – 2026-02-02. Ändringen går inte att spara så: mätningar är registrerade så sent som 2026-02-02. Välj en senare dag.",
        );
        expect(fran("2026-02-03")).toContain("Före 2026-02-03 är de");
    });
});
