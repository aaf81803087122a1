import { describe, expect, it } from "vitest";
import { fragor } from "./fragor.logic";
import {
    inetiketter,
    utetiketter,
} from "@/features/registrering/matning.logic";

const fragorna = [
    "forsorjning",
    "arbetssokande",
    "arbetar",
    "arbetarProcent",
    "arbetstyper",
    "studerar",
    "studerarProcent",
];

describe("mätningens frågor", () => {
    it("är desamma före och efter, och frågas i ord om sin tid", () => {
        expect(Object.keys(fragor.fore)).toEqual(fragorna);
        expect(Object.keys(fragor.efter)).toEqual(fragorna);
        for (const nar of ["fore", "efter"] as const) {
            const annan = nar === "fore" ? "efter" : "före";
            for (const f of Object.values(fragor[nar])) {
                expect(f.etikett).not.toContain(`${annan} insatsen`);
                expect(f.kort).toMatch(nar === "fore" ? / före$/ : / efter$/);
            }
        }
    });
    it("har var sitt korta namn, så att fellistan inte kan misstolkas", () => {
        const korta = [fragor.fore, fragor.efter].flatMap((f) =>
            Object.values(f).map((t) => t.kort),
        );
        expect(new Set(korta).size).toBe(korta.length);
    });
});

describe("formulärens fält", () => {
    it("står i blankett 9448:s ordning vid inregistrering, svaren under «fore»", () => {
        expect(Object.keys(inetiketter)).toEqual([
            "/startdag",
            "/stadsdel",
            "/utbildningsniva",
            "/arOffentligForsorjning",
            ...fragorna.map((f) => `/fore/${f}`),
            "/skal",
        ]);
        expect(inetiketter["/fore/arbetar"]).toBe("Förvärvsarbetar före");
    });
    it("står i blankett 9449:s ordning vid utregistrering, svaren under «efter»", () => {
        expect(Object.keys(utetiketter)).toEqual([
            "/avslutningsdag",
            "/avslutsanledning",
            ...fragorna.map((f) => `/efter/${f}`),
            "/skal",
        ]);
        expect(utetiketter["/efter/arbetar"]).toBe("Förvärvsarbetar efter");
    });
});
