import { describe, expect, it } from "vitest";
import { ProblemFel } from "@/shared/api/problem";
import {
    arAterkallat,
    granskaSamtycke,
    tillSamtycke,
    tomtSamtycke,
} from "./samtycke.logic";

const idag = "2026-11-25";
const svar = { ...tomtSamtycke(), datum: "2026-11-20" };

describe("ett samtycke", () => {
    it("kräver sin dag, som inte är i framtiden", () => {
        expect(
            granskaSamtycke(tomtSamtycke(), idag, 40).map((f) => f.pekare),
        ).toEqual(["/datum"]);
        expect(
            granskaSamtycke({ ...svar, datum: "2026-11-26" }, idag, 40).map(
                (f) => f.regel,
            ),
        ).toEqual(["framtida-dag"]);
        expect(
            granskaSamtycke({ ...svar, datum: "20" }, idag, 40).map(
                (f) => f.regel,
            ),
        ).toEqual(["datum"]);
        expect(granskaSamtycke(svar, idag, 40)).toEqual([]);
    });
    it("är inte äldre än lagen, och säger det vid sin dag", () => {
        expect(
            granskaSamtycke({ ...svar, datum: "2003-12-31" }, idag, 40),
        ).toEqual([
            {
                pekare: "/datum",
                regel: "for-tidig-dag",
                meddelande: "Dagen får inte vara före 2004-01-01.",
            },
        ]);
        expect(
            granskaSamtycke({ ...svar, datum: "2004-01-01" }, idag, 40),
        ).toEqual([]);
    });
    it("sänds utan mognadsbedömning för den som fyllt 15", () => {
        const med = {
            ...svar,
            mognadDatum: "2026-11-20",
            vardnadshavare: "ja" as const,
        };
        expect(tillSamtycke(med, "197701172392", 15)).toEqual({
            personnummer: "197701172392",
            blankett: "9443",
            datum: "2026-11-20",
            sprak: "sv",
            satt: "SKRIFTLIGT",
        });
        expect(tillSamtycke(med, "201401172392", 12).mognadsbedomning).toEqual({
            datum: "2026-11-20",
            vardnadshavare: true,
        });
    });
    it("hindras aldrig av att bedömningen inte är gjord", () => {
        expect(granskaSamtycke(svar, idag, 12)).toEqual([]);
        expect(
            granskaSamtycke(
                { ...svar, mognadDatum: "2026-11-20" },
                idag,
                12,
            ).map((f) => f.pekare),
        ).toEqual(["/mognadsbedomning/vardnadshavare"]);
    });
});

describe("en nekad registrering", () => {
    const nekad = (regel: string): ProblemFel =>
        new ProblemFel({
            type: "about:blank",
            title: "",
            status: 409,
            detail: "",
            instance: "",
            regel,
            fel: [],
        });
    it("säger om personen är borta", () => {
        expect(arAterkallat(nekad("aterkallat"))).toBe(true);
        expect(arAterkallat(nekad("identitet-borta"))).toBe(true);
        expect(arAterkallat(nekad("redan-oppen"))).toBe(false);
        expect(arAterkallat(new Error("aterkallat"))).toBe(false);
    });
});
