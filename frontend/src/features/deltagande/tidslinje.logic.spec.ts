import { describe, expect, it } from "vitest";
import type { Schema } from "@/shared/api/typer";
import * as v from "@/shared/prov/varlden";
import { gallande, harSvar, tidslinje } from "./tidslinje.logic";

const kodverk = {
    utbildning: [],
    forsorjning: [],
    anledning: [],
    arbetstyp: [],
    stadsdel: [],
    fragor: [],
};
const inreg: Schema<"Inregistrering"> = {
    startdag: "2026-03-01",
    utbildningsniva: "GYMNASIUM",
    arOffentligForsorjning: 2,
    fore: {
        forsorjning: ["SA"],
        arbetssokande: true,
        arbetar: true,
        arbetarProcent: 50,
        arbetstyper: ["EGET_FORETAG"],
        studerar: false,
    },
};

function version(
    typ: "IN" | "UT",
    nr: number,
    registrerad: string,
    mer: Partial<Schema<"Version">>,
): Schema<"Version"> {
    return { typ, version: nr, registrerad, registreradAv: "a", ...mer };
}

describe("tidslinjen", () => {
    const handelser = tidslinje(
        [
            version("UT", 1, "2026-09-30T10:00:00Z", {
                utregistrering: {
                    avslutningsdag: "2026-09-30",
                    avslutsanledning: "FLYTT",
                },
            }),
            version("IN", 2, "2026-03-05T10:00:00Z", {
                inregistrering: {
                    ...inreg,
                    arOffentligForsorjning: 3,
                    fore: { ...inreg.fore, arbetar: false },
                },
                skal: "Fel antal år.",
            }),
            version("IN", 1, "2026-03-02T10:00:00Z", { inregistrering: inreg }),
        ],
        kodverk,
    );
    it("har det senaste först", () => {
        expect(handelser.map((h) => h.rubrik)).toEqual([
            "Utregistrering",
            "Rättelse av inregistrering",
            "Inregistrering",
        ]);
    });
    it("har återkallelsen när den gjordes, efter det som den skrev", () => {
        const ut = version("UT", 1, "2026-04-01T08:00:00Z", {
            utregistrering: {
                avslutningsdag: "2026-04-01",
                avslutsanledning: "ATERKALLAT_SAMTYCKE",
            },
        });
        const rattad = version("UT", 2, "2026-05-01T08:00:00Z", {
            utregistrering: {
                avslutningsdag: "2026-03-30",
                avslutsanledning: "ATERKALLAT_SAMTYCKE",
            },
        });
        expect(
            tidslinje([rattad, ut], kodverk, "2026-04-01T08:00:00Z").map(
                (h) => [h.rubrik, h.uppgifter.length > 0],
            ),
        ).toEqual([
            ["Rättelse av utregistrering", true],
            ["Samtycket återkallades", false],
            ["Utregistrering", true],
        ]);
    });
    it("säger vad en rättelse ändrade, och varför", () => {
        expect(handelser[1]?.skal).toBe("Fel antal år.");
        expect(handelser[1]?.andrat).toEqual([
            "År med offentlig försörjning: 2 → 3",
            "Förvärvsarbetar före: Ja, 50 %: EGET_FORETAG → Nej",
        ]);
        expect(handelser[0]?.andrat).toEqual([]);
    });
    it("visar ett avslut utan mätning utan uppgifter efter", () => {
        expect(handelser[0]?.uppgifter.map((u) => u.namn)).toEqual([
            "Avslutningsdag",
            "Avslutsanledning",
        ]);
    });
});

describe("det som gäller", () => {
    it("står före och efter bredvid varandra, och det som bara finns på ett håll för sig", () => {
        const rader = gallande(
            {
                inregistrering: inreg,
                utregistrering: {
                    avslutningsdag: "2026-09-30",
                    avslutsanledning: "AVSLUT_ENLIGT_PLAN",
                    efter: {
                        forsorjning: ["INGEN"],
                        arbetssokande: false,
                        arbetar: false,
                        studerar: true,
                        studerarProcent: 50,
                    },
                },
            },
            kodverk,
        );
        expect(rader.map((r) => [r.namn, r.fore, r.efter])).toEqual([
            ["Startdag, avslutningsdag", "2026-03-01", "2026-09-30"],
            ["Högsta avslutade utbildningsnivå", "GYMNASIUM", undefined],
            ["År med offentlig försörjning", "2", undefined],
            ["Försörjning", "SA", "INGEN"],
            ["Aktivt arbetssökande", "Ja", "Nej"],
            ["Förvärvsarbetar", "Ja, 50 %: EGET_FORETAG", "Nej"],
            ["Studier", "Nej", "Ja, 50 %"],
            ["Avslutsanledning", undefined, "AVSLUT_ENLIGT_PLAN"],
        ]);
    });
    it("har inget efter medan det pågår", () => {
        const rader = gallande({ inregistrering: inreg }, kodverk);
        expect(rader.every((r) => r.efter === undefined)).toBe(true);
    });
});

describe("svaren på de kompletterande frågorna", () => {
    const medFragor = { ...kodverk, fragor: [v.skalfraga, v.fraga] };
    const stod = { fragaId: v.fraga.id, koder: ["1"] };
    const framtid = (tal: number) => ({ fragaId: v.skalfraga.id, tal });
    const utreg = {
        avslutningsdag: "2026-09-30",
        avslutsanledning: "AVSLUT_ENLIGT_PLAN",
    };

    it("står före och efter bredvid varandra, sist, i frågornas ordning", () => {
        const rader = gallande(
            {
                inregistrering: { ...inreg, svar: [stod] },
                utregistrering: {
                    ...utreg,
                    svar: [{ ...stod, koder: ["2"] }, framtid(5)],
                },
            },
            medFragor,
        );
        expect(rader.slice(-3).map((r) => [r.namn, r.fore, r.efter])).toEqual([
            ["Avslutsanledning", undefined, "AVSLUT_ENLIGT_PLAN"],
            ["Framtid", undefined, "5 – Stor"],
            ["Stöd", "Samtal", "Praktik"],
        ]);
    });
    it("står i historiken från vad till vad, också det som togs bort eller kom till", () => {
        const ett = (svar: Schema<"Fragesvar">[] | undefined, nr: number) =>
            version("IN", nr, `2026-03-0${nr}T10:00:00Z`, {
                inregistrering: { ...inreg, ...(svar ? { svar } : {}) },
            });
        const andrat = tidslinje(
            [
                ett([stod], 1),
                ett([{ ...stod, koder: ["2"] }, framtid(2)], 2),
                ett(undefined, 3),
            ],
            medFragor,
        ).map((h) => h.andrat);
        expect(andrat).toEqual([
            ["Framtid: 2 → borttaget", "Stöd: Praktik → borttaget"],
            ["Framtid: saknades → 2", "Stöd: Samtal → Praktik"],
            [],
        ]);
    });
    it("håller isär två frågor med samma namn, ett för varje tid", () => {
        const ny = { ...v.fraga, id: "ny" };
        const rader = gallande(
            {
                inregistrering: { ...inreg, svar: [stod] },
                utregistrering: {
                    ...utreg,
                    svar: [{ fragaId: "ny", koder: ["2"] }],
                },
            },
            { ...kodverk, fragor: [v.fraga, ny] },
        );
        expect(rader.slice(-2).map((r) => [r.namn, r.fore, r.efter])).toEqual([
            ["Stöd", "Samtal", undefined],
            ["Stöd", undefined, "Praktik"],
        ]);
    });
    it("nämns också när frågan inte kan hämtas", () => {
        const rader = gallande(
            { inregistrering: { ...inreg, svar: [stod] } },
            kodverk,
        );
        expect(rader.at(-1)).toEqual({
            namn: "Kompletterande fråga",
            pekare: `/svar/${v.fraga.id}`,
            fore: "Besvarad",
            efter: undefined,
        });
        expect(harSvar([{ inregistrering: inreg }])).toBe(false);
        expect(
            harSvar([
                { inregistrering: inreg },
                { utregistrering: { ...utreg, svar: [stod] } },
            ]),
        ).toBe(true);
    });
});
