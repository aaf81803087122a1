import { describe, expect, it } from "vitest";
import type { Kodrad } from "@/features/kodverk/kodverk.logic";
import type { Schema } from "@/shared/api/typer";
import { granska, tillTrad } from "@/shared/formular/tabell";
import {
    type Insvar,
    type Utsvar,
    fragarEfter,
    grupperade,
    insvarAv,
    intabell,
    medUteslutning,
    stadsdelarFor,
    tomtIn,
    tomtUt,
    uttabell,
    utsvarAv,
    vidAnledningen,
} from "./matning.logic";

function rad(kod: string, ordning: number, mer: Partial<Kodrad> = {}): Kodrad {
    return {
        kodverk: "FORSORJNING",
        kod,
        etikett: kod,
        ordning,
        giltigFran: "2004-01-01",
        exklusiv: false,
        utanMatning: false,
        utesluts: false,
        endastAterkallelse: false,
        ...mer,
    };
}

const forsorjning = [
    rad("SJUKPENNING", 1),
    rad("SA", 2),
    rad("INGEN", 8, { etikett: "Ingen offentlig försörjning", exklusiv: true }),
];
const anledningar = [
    rad("AVSLUT_ENLIGT_PLAN", 1),
    rad("FLYTT", 5, { utanMatning: true }),
    rad("FELREGISTRERING", 10, { utesluts: true }),
];
const insats = {
    startdatum: "2025-01-01",
    slutdatum: "2026-10-31",
    organisation: {
        id: "o",
        namn: "Förbundet",
        startdatum: "2020-01-01",
        samverkansform: "FINSAM" as const,
        medlemmar: [],
    },
};
const arbetstyper = [rad("INTE_SUBVENTIONERAT", 1), rad("EGET_FORETAG", 3)];
const infakta = {
    idag: "2026-11-25",
    insats,
    forsorjning,
    arbetstyper,
    utbildningsnivaer: [rad("GYMNASIUM", 3, { etikett: "Gymnasium" })],
    stadsdelar: [],
    rattar: false,
};
const iStockholm = { ...infakta, stadsdelar: [rad("S0180_FARSTA", 1)] };
const utfakta = {
    idag: "2026-11-25",
    insats,
    forsorjning,
    arbetstyper,
    anledningar,
    startdag: "2026-03-01",
    rattar: false,
};

const ifyllt: Insvar = {
    ...tomtIn("i1"),
    startdag: "2026-03-01",
    utbildningsniva: "GYMNASIUM",
    arOffentligForsorjning: "2",
    fore: {
        ...tomtIn("").fore,
        forsorjning: ["SA"],
        arbetssokande: "ja",
        arbetar: "nej",
        studerar: "nej",
    },
};
const utifyllt: Utsvar = {
    ...tomtUt("i1", "d1"),
    avslutningsdag: "2026-09-30",
    avslutsanledning: "AVSLUT_ENLIGT_PLAN",
    efter: {
        ...tomtUt("", "").efter,
        forsorjning: ["INGEN"],
        arbetssokande: "nej",
        arbetar: "ja",
        arbetarProcent: "75",
        arbetstyper: ["INTE_SUBVENTIONERAT"],
        studerar: "nej",
    },
};

/** The filled form with other answers on the situation before. */
const medFore = (fore: Partial<Insvar["fore"]>): Insvar => ({
    ...ifyllt,
    fore: { ...ifyllt.fore, ...fore },
});

const pekare = (fel: { pekare: string }[]): string[] =>
    fel.map((f) => f.pekare);
const regler = (fel: { regel: string }[]): string[] => fel.map((f) => f.regel);

describe("en inregistrering", () => {
    it("som är tom får alla fel på en gång, i formulärets ordning", () => {
        expect(pekare(granska(intabell, tomtIn("i1"), infakta))).toEqual([
            "/startdag",
            "/utbildningsniva",
            "/arOffentligForsorjning",
            "/fore/forsorjning",
            "/fore/arbetssokande",
            "/fore/arbetar",
            "/fore/studerar",
        ]);
    });
    it("som är ifylld har inga fel", () => {
        expect(granska(intabell, ifyllt, infakta)).toEqual([]);
    });
    it.each([
        ["2026-11-26", "framtida-dag"],
        ["2026-02-30", "datum"],
        ["i går", "datum"],
        ["2024-12-31", "utanfor-insatsen"],
        ["2026-11-01", "utanfor-insatsen"],
        ["2019-12-31", "utanfor-organisationen"],
    ])("får inte ha startdagen %s: %s", (startdag, regel) => {
        expect(
            regler(granska(intabell, { ...ifyllt, startdag }, infakta)),
        ).toEqual([regel]);
    });
    it.each(["-1", "1,5", "101", "två"])(
        "får inte ha %s år",
        (arOffentligForsorjning) => {
            expect(
                pekare(
                    granska(
                        intabell,
                        { ...ifyllt, arOffentligForsorjning },
                        infakta,
                    ),
                ),
            ).toEqual(["/arOffentligForsorjning"]);
        },
    );
    it("får inte ha «ingen» tillsammans med annan försörjning", () => {
        const [fel] = granska(
            intabell,
            medFore({ forsorjning: ["SA", "INGEN"] }),
            infakta,
        );
        expect(fel?.meddelande).toBe(
            "Ingen offentlig försörjning kan inte väljas tillsammans med annan försörjning.",
        );
    });
    it("frågar inte efter, och sänder inte, den försörjning som inte finns på dagen", () => {
        const svar = medFore({ forsorjning: ["FORR", "INGEN"] });
        expect(granska(intabell, svar, infakta)).toEqual([]);
        expect(tillTrad(intabell, svar, infakta).fore.forsorjning).toEqual([
            "INGEN",
        ]);
        expect(
            pekare(
                granska(intabell, medFore({ forsorjning: ["FORR"] }), infakta),
            ),
        ).toEqual(["/fore/forsorjning"]);
    });
    it("kräver omfattning och typ när deltagaren arbetar, och omfattning när den studerar", () => {
        const svar = medFore({
            arbetar: "ja",
            studerar: "ja",
            studerarProcent: "0",
        });
        expect(pekare(granska(intabell, svar, infakta))).toEqual([
            "/fore/arbetarProcent",
            "/fore/arbetstyper",
            "/fore/studerarProcent",
        ]);
    });
    it("som rättas kräver skäl och får inte passera avslutningsdagen", () => {
        const fel = granska(intabell, ifyllt, {
            ...infakta,
            rattar: true,
            avslutningsdag: "2026-02-01",
        });
        expect(regler(fel)).toEqual([
            "startdag-efter-avslutning",
            "obligatoriskt",
        ]);
    });
    it("sänder bara det som frågats, försörjningen i formulärets ordning", () => {
        const svar = medFore({
            forsorjning: ["SA", "SJUKPENNING"],
            arbetarProcent: "50",
            arbetstyper: ["EGET_FORETAG"],
        });
        expect(tillTrad(intabell, svar, infakta)).toEqual({
            startdag: "2026-03-01",
            utbildningsniva: "GYMNASIUM",
            arOffentligForsorjning: 2,
            fore: {
                forsorjning: ["SJUKPENNING", "SA"],
                arbetssokande: true,
                arbetar: false,
                studerar: false,
            },
        });
        expect(
            tillTrad(
                intabell,
                medFore({ studerar: "ja", studerarProcent: "50 %" }),
                infakta,
            ).fore,
        ).toMatchObject({
            studerarProcent: 50,
        });
    });
});

describe("en utregistrering", () => {
    it("nekas vid avslutsanledningen när det är fel att läget efter finns eller saknas", () => {
        const fel = (p: string) => ({
            pekare: p,
            regel: "efter-utan-matning",
            meddelande: "m",
        });
        expect(
            pekare(vidAnledningen([fel("/efter"), fel("/efter/arbetar")])),
        ).toEqual(["/avslutsanledning", "/efter/arbetar"]);
    });
    it("som är tom frågar inte efter det som kommer efter", () => {
        expect(pekare(granska(uttabell, tomtUt("i1", "d1"), utfakta))).toEqual([
            "/avslutningsdag",
            "/avslutsanledning",
        ]);
    });
    it("med mätning kräver läget efter", () => {
        const svar = {
            ...tomtUt("i1", "d1"),
            avslutningsdag: "2026-09-30",
            avslutsanledning: "AVSLUT_ENLIGT_PLAN",
        };
        expect(pekare(granska(uttabell, svar, utfakta))).toEqual([
            "/efter/forsorjning",
            "/efter/arbetssokande",
            "/efter/arbetar",
            "/efter/studerar",
        ]);
        expect(granska(uttabell, utifyllt, utfakta)).toEqual([]);
    });
    it("utan mätning, eller en felregistrering, tar inget efter", () => {
        for (const avslutsanledning of ["FLYTT", "FELREGISTRERING"]) {
            const svar = { ...utifyllt, avslutsanledning };
            expect(
                granska(
                    uttabell,
                    { ...svar, efter: tomtUt("", "").efter },
                    utfakta,
                ),
            ).toEqual([]);
            expect(tillTrad(uttabell, svar, utfakta)).toEqual({
                avslutningsdag: "2026-09-30",
                avslutsanledning,
            });
        }
        expect(fragarEfter("", anledningar)).toBeUndefined();
    });
    it("får inte vara före startdagen", () => {
        expect(
            regler(
                granska(
                    uttabell,
                    { ...utifyllt, avslutningsdag: "2026-02-28" },
                    utfakta,
                ),
            ),
        ).toEqual(["avslutning-fore-start"]);
    });
    it("sänder läget efter", () => {
        expect(tillTrad(uttabell, utifyllt, utfakta).efter).toEqual({
            forsorjning: ["INGEN"],
            arbetssokande: false,
            arbetar: true,
            arbetarProcent: 75,
            arbetstyper: ["INTE_SUBVENTIONERAT"],
            studerar: false,
        });
    });
});

describe("en rättelse", () => {
    const d: Schema<"Deltagande"> = {
        id: "d1",
        insatsId: "i1",
        samtyckeId: "s1",
        status: "AVSLUTAD",
        startdag: "2026-03-01",
        skapad: "2026-03-01T10:00:00Z",
        version: 2,
        inregistrering: tillTrad(
            intabell,
            { ...ifyllt, stadsdel: "S0180_FARSTA" },
            iStockholm,
        ),
        utregistrering: tillTrad(uttabell, utifyllt, utfakta),
    };
    it("börjar med det som är registrerat, och ger tillbaka detsamma", () => {
        expect(tillTrad(intabell, insvarAv(d), iStockholm)).toEqual(
            d.inregistrering,
        );
        expect(tillTrad(uttabell, utsvarAv(d), utfakta)).toEqual(
            d.utregistrering,
        );
        expect(insvarAv(d).skal).toBe("");
        // What a draft is held against when it is opened again.
        expect(insvarAv(d).version).toBe(d.version);
        expect(utsvarAv(d).version).toBe(d.version);
    });
});

describe("avslutsanledningarna", () => {
    it("står under vad valet betyder, de med mätning först", () => {
        expect(
            grupperade(anledningar.toReversed()).map((a) => [a.varde, a.grupp]),
        ).toEqual([
            ["AVSLUT_ENLIGT_PLAN", "Med mätning"],
            ["FLYTT", "Utan mätning"],
            ["FELREGISTRERING", "Räknas inte som avslut"],
        ]);
    });
});

describe("försörjningen", () => {
    it("släpper de andra när «ingen» väljs, och «ingen» när någon annan väljs", () => {
        expect(medUteslutning(["SA"], ["SA", "INGEN"], forsorjning)).toEqual([
            "INGEN",
        ]);
        expect(medUteslutning(["INGEN"], ["INGEN", "SA"], forsorjning)).toEqual(
            ["SA"],
        );
        expect(
            medUteslutning(["SA"], ["SA", "SJUKPENNING"], forsorjning),
        ).toEqual(["SA", "SJUKPENNING"]);
        expect(medUteslutning(["SA"], [], forsorjning)).toEqual([]);
    });
});

describe("stadsdelar", () => {
    const rader = [
        rad("S0180_FARSTA", 1, { tillhor: "0180", giltigTom: "2020-12-31" }),
        rad("S1480_CENTRUM", 2, { tillhor: "1480", giltigTom: "2020-12-31" }),
    ];
    it("finns bara i personens kommun och på sin tid", () => {
        expect(
            stadsdelarFor(rader, "0180", "2020-05-01").map((r) => r.kod),
        ).toEqual(["S0180_FARSTA"]);
        expect(stadsdelarFor(rader, "0180", "2026-05-01")).toEqual([]);
        expect(stadsdelarFor(rader, "0380", "2020-05-01")).toEqual([]);
        expect(stadsdelarFor(rader, undefined, "2020-05-01")).toEqual([]);
    });
});
