import { describe, expect, it } from "vitest";
import { ProblemFel } from "@/shared/api/problem";
import type { Faltfel, Schema } from "@/shared/api/typer";
import { granska } from "@/shared/formular/tabell";
import {
    alderEnligt,
    arAterkallat,
    arSammaSamtycke,
    fragarMognad,
    type Rattatsvar,
    type Samtyckessvar,
    rattarMognad,
    rattatsvarAv,
    samtyckesalder,
    samtyckesfrist,
    samtyckestabell,
    tillRattat,
    tillSamtycke,
    tomtSamtycke,
    vantandeSamtycke,
} from "./samtycke.logic";

const idag = "2026-11-25";
const svar = { ...tomtSamtycke(), datum: "2026-11-20" };
const medMognad = {
    ...svar,
    mognadsbedomning: { datum: "2026-11-20", vardnadshavare: "ja" as const },
};

const sammanhang = (mognad: boolean, rattar = false) => ({
    idag,
    blanketter: [],
    sprak: [],
    mognad,
    rattar,
});
const granskaSamtycke = (
    s: Samtyckessvar,
    _: string,
    mognad: boolean,
): Faltfel[] => granska(samtyckestabell, s, sammanhang(mognad));
const granskaRattat = (s: Rattatsvar, _: string, mognad: boolean): Faltfel[] =>
    granska(samtyckestabell, s, sammanhang(mognad, true));

describe("ett samtycke", () => {
    it("kräver sin dag, som inte är i framtiden", () => {
        expect(
            granskaSamtycke(tomtSamtycke(), idag, false).map((f) => f.pekare),
        ).toEqual(["/datum"]);
        expect(
            granskaSamtycke({ ...svar, datum: "2026-11-26" }, idag, false).map(
                (f) => f.regel,
            ),
        ).toEqual(["framtida-dag"]);
        expect(
            granskaSamtycke({ ...svar, datum: "20" }, idag, false).map(
                (f) => f.regel,
            ),
        ).toEqual(["datum"]);
        expect(granskaSamtycke(svar, idag, false)).toEqual([]);
    });
    it("är inte äldre än lagen, och säger det vid sin dag", () => {
        expect(
            granskaSamtycke({ ...svar, datum: "2003-12-31" }, idag, false),
        ).toEqual([
            {
                pekare: "/datum",
                regel: "for-tidig-dag",
                meddelande: "Dagen får inte vara före 2004-01-01.",
            },
        ]);
        expect(
            granskaSamtycke({ ...svar, datum: "2004-01-01" }, idag, false),
        ).toEqual([]);
    });
    it("sänds utan mognadsbedömning när ingen frågas om den", () => {
        expect(
            tillSamtycke(medMognad, "197701172392", sammanhang(false)),
        ).toEqual({
            personnummer: "197701172392",
            blankett: "9443",
            datum: "2026-11-20",
            sprak: "sv",
            satt: "SKRIFTLIGT",
        });
        expect(
            tillSamtycke(medMognad, "201401172392", sammanhang(true))
                .mognadsbedomning,
        ).toEqual({
            datum: "2026-11-20",
            vardnadshavare: true,
        });
    });
    it("hindras aldrig av att bedömningen inte är gjord", () => {
        expect(granskaSamtycke(svar, idag, true)).toEqual([]);
        expect(
            granskaSamtycke(
                {
                    ...svar,
                    mognadsbedomning: {
                        datum: "2026-11-20",
                        vardnadshavare: "",
                    },
                },
                idag,
                true,
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
        expect(arAterkallat(nekad("identitet-raderad"))).toBe(true);
        expect(arAterkallat(nekad("redan-oppen"))).toBe(false);
        expect(arAterkallat(new Error("aterkallat"))).toBe(false);
    });
});

describe("åldern enligt ett nummer", () => {
    it.each([
        ["201401172392", "2026-01-16", 11],
        ["201401172392", "2026-01-17", 12],
        ["201401772393", "2026-01-17", 12], // a samordningsnummer: the day plus 60
        ["201202292388", "2027-02-27", 14], // born on leap day
        ["201202292388", "2027-02-28", 15],
        ["201202292388", "2028-02-28", 15],
        ["201202292388", "2028-02-29", 16],
        ["201202892385", "2027-02-28", 15],
        ["201400602390", "2026-01-17", undefined], // month and day unknown
        ["201400002390", "2026-01-17", undefined],
        ["201401602390", "2026-01-17", undefined],
        ["201402312390", "2026-01-17", undefined],
        ["", "2026-01-17", undefined],
    ])("%s är den %s %s", (nummer, dag, alder) => {
        expect(alderEnligt(nummer, dag)).toBe(alder);
    });
    it("frågar om mognad under 15 år, och aldrig när den är okänd", () => {
        expect([14, 15, undefined].map(fragarMognad)).toEqual([
            true,
            false,
            false,
        ]);
    });
});

describe("ett samtycke som rättas", () => {
    const samtycke: Schema<"Samtycke"> = {
        id: "s",
        insatsId: "i",
        blankett: "9443",
        datum: "2026-11-20",
        sprak: "so",
        satt: "ELEKTRONISKT",
        mognadsbedomning: { datum: "2026-11-19", vardnadshavare: false },
        externtId: "arende-1",
        status: "OANVANT",
        registrerat: "2026-11-20T09:00:00Z",
        registreradAv: "a",
        version: 3,
    };
    const rattat = { ...rattatsvarAv(samtycke), skal: " Fel\nspråk " };

    it("står i formuläret som det var, och sänds helt, med sitt externa id", () => {
        expect(tillRattat(rattat, samtycke, sammanhang(true, true))).toEqual({
            blankett: "9443",
            datum: "2026-11-20",
            sprak: "so",
            satt: "ELEKTRONISKT",
            mognadsbedomning: { datum: "2026-11-19", vardnadshavare: false },
            externtId: "arende-1",
            skal: "Fel språk",
        });
        expect(rattat.version).toBe(3);
    });
    it("kräver ett skäl", () => {
        expect(granskaRattat(rattat, idag, true)).toEqual([]);
        expect(
            granskaRattat({ ...rattat, skal: " " }, idag, true).map(
                (f) => f.pekare,
            ),
        ).toEqual(["/skal"]);
    });
    it("har kvar den bedömning som är gjord, hur gammal personen än är", () => {
        expect(rattarMognad(samtycke, idag)).toBe(true);
        const utan = { ...samtycke };
        delete utan.mognadsbedomning;
        expect(rattarMognad(utan, idag)).toBe(false);
        const ung = {
            ...utan,
            deltagare: {
                personnummer: "201401172392",
                namn: "Alva Andersson",
                kommun: "0380",
            },
        };
        expect(rattarMognad(ung, idag)).toBe(true);
    });
});

describe("ett samtycke som redan väntar", () => {
    const nekad = (regel: string, plats?: string): ProblemFel =>
        new ProblemFel(
            {
                type: "about:blank",
                title: "",
                status: 409,
                detail: "",
                instance: "",
                regel,
                fel: [],
            },
            undefined,
            plats,
        );
    const id = "019373a0-2222-7aaa-8bbb-0a1b2c3d4e5f";
    it.each([
        ["samtycke-vantar", `/v1/samtycken/${id}`, id],
        ["samtycke-vantar", undefined, undefined],
        ["samtycke-vantar", "https://annan.example/", undefined],
        ["redan-oppen", `/v1/samtycken/${id}`, undefined],
    ])("%s med %s leder till %s", (regel, plats, vantat) => {
        expect(vantandeSamtycke(nekad(regel, plats))).toBe(vantat);
    });
    it("är det som ett utkast har gett när dagen är densamma", () => {
        const vantar = { datum: "2026-11-20" };
        expect(arSammaSamtycke(svar, vantar)).toBe(true);
        expect(arSammaSamtycke(svar, { datum: "2026-11-19" })).toBe(false);
        expect(arSammaSamtycke(svar, undefined)).toBe(false);
        expect(arSammaSamtycke(null, vantar)).toBe(false);
        expect(arSammaSamtycke({}, undefined)).toBe(false);
    });
    it("har en ålder i dagar", () => {
        expect([0, 1, 29, undefined].map(samtyckesalder)).toEqual([
            "I dag",
            "1 dag sedan",
            "29 dagar sedan",
            "",
        ]);
    });
    it.each([
        [0, "om 30 dagar"],
        [29, "om 1 dag"],
        [30, "efter i dag"],
        [31, "efter i dag"],
        [undefined, ""],
    ])("som har väntat %s dagar tas bort %s", (sedan, ord) => {
        expect(samtyckesfrist(sedan)).toBe(ord);
    });
});
