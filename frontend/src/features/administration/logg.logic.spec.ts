import { describe, expect, it } from "vitest";
import {
    type Loggsvar,
    aktorsnamn,
    arSokning,
    dagen,
    detaljen,
    fragaAv,
    fragaAvSvar,
    granskaLoggsokning,
    handelsen,
    handelseval,
    objektslag,
    platser,
    rollerna,
    svarAv,
    tillSokning,
} from "./logg.logic";

const id = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";
const tomt: Loggsvar = {
    personnummer: "",
    aktorId: "",
    handelse: "",
    fran: "",
    tom: "",
    objektId: "",
};

describe("en sökning i loggen", () => {
    it.each([
        [{}],
        [{ personnummer: "770117-2392", handelse: "SAMTYCKE_LAST" }],
        [{ aktorId: ` ${id} `, fran: "2010-03-01", tom: "2010-03-01" }],
        [{ tom: "2010-03-01" }],
        [{ objektId: id }],
    ])("går att göra: %j", (delar) => {
        expect(granskaLoggsokning({ ...tomt, ...delar })).toEqual([]);
    });

    it.each([
        [
            { personnummer: "770117-2393" },
            "/personnummer",
            "personnummer-kontrollsiffra",
        ],
        [{ personnummer: "7701" }, "/personnummer", "personnummer"],
        [{ aktorId: "Sven" }, "/aktorId", "id-format"],
        [{ objektId: "abc" }, "/objektId", "id-format"],
        [{ fran: "2010-02-30" }, "/fran", "datum"],
        [{ tom: "i går" }, "/tom", "datum"],
        [{ fran: "2010-03-02", tom: "2010-03-01" }, "/tom", "slut-fore-start"],
        [{ objektId: id, tom: "2010-03-01" }, "/objektId", "for-sig"],
        [{ objektId: id, personnummer: "770117-2392" }, "/objektId", "for-sig"],
    ])("nekas: %j vid %s, %s", (delar, pekare, regel) => {
        expect(granskaLoggsokning({ ...tomt, ...delar })).toEqual([
            expect.objectContaining({ pekare, regel }),
        ]);
    });

    it("står i adressen utan sitt nummer, och läses tillbaka ur den", () => {
        const svar: Loggsvar = {
            personnummer: "19770117-2392",
            aktorId: id,
            handelse: "SAMTYCKE_LAST",
            fran: "2010-03-01",
            tom: "2010-03-31",
            objektId: "",
        };
        const fraga = fragaAvSvar(svar);
        expect(JSON.stringify(fraga)).not.toContain("2392");
        expect(fragaAv({ ...fraga })).toEqual(fraga);
        expect(svarAv(fraga, svar.personnummer)).toEqual(svar);
        expect(tillSokning(fraga, svar.personnummer)).toEqual({
            personnummer: "197701172392",
            aktorId: id,
            handelse: "SAMTYCKE_LAST",
            fran: "2010-03-01",
            tom: "2010-03-31",
        });
    });

    it("tar inget ur adressen som inte kan stå där", () => {
        expect(
            fragaAv({
                aktorId: "x",
                handelse: "FINNS_INTE",
                fran: "2010-02-30",
                tom: "",
                objektId: "1",
            }),
        ).toEqual({});
    });

    it.each([
        [{}, false],
        [{ objektId: id }, false],
        [{ cursor: "c" }, false],
        [{ person: "m" }, true],
        [{ tom: "2010-03-01" }, true],
    ])("%j är en sökning: %s", (fraga, ja) => {
        expect(arSokning(fraga)).toBe(ja);
    });
});

describe("en rad i loggen", () => {
    it("säger händelse, objekt och roller med ord, också okända", () => {
        expect(handelsen("SAMTYCKE_LAST")).toBe("Samtycke läst");
        expect(handelsen("NY_SEDAN_IGAR")).toBe("NY_SEDAN_IGAR");
        expect(handelsen("toString")).toBe("toString");
        expect(objektslag("insats")).toBe("Insats");
        expect(rollerna("DELTAGARANSVARIG INSATSANSVARIG")).toBe(
            "Deltagaransvarig, Insatsansvarig",
        );
        expect(rollerna("gallring")).toBe("gallring");
    });

    it("säger en detalj med ord när den är en behörighet eller en händelse", () => {
        expect(
            ["DELTAGARANSVARIG", "SAMTYCKE_LAST", "5"].map(detaljen),
        ).toEqual(["Deltagaransvarig", "Samtycke läst", "5"]);
    });

    it("hör till den dag det är i Sverige", () => {
        expect(dagen("2010-03-01T23:30:00Z")).toBe("2010-03-02");
        expect(dagen("2010-07-01T21:30:00Z")).toBe("2010-07-01");
    });

    it("har ett val för varje händelse, i bokstavsordning", () => {
        const ord = handelseval.map((v) => v.text);
        expect(new Set(ord).size).toBe(ord.length);
        expect(ord).toEqual([...ord].sort((a, b) => a.localeCompare(b, "sv")));
    });

    const post = {
        id,
        tid: "2010-03-02T09:06:00Z",
        aktorTyp: "PERSON",
        handelse: "INSATS_ANDRAD",
        utfall: "OK",
    } as const;

    it("säger vem, eller vad som är känt", () => {
        expect(
            aktorsnamn({ ...post, aktor: { typ: "PERSON", namn: "Sven E" } }),
        ).toBe("Sven E");
        expect(aktorsnamn(post)).toBe("Användare som inte längre finns");
        expect(aktorsnamn({ ...post, aktorTyp: "SYSTEM" })).toBe("SUS");
        expect(aktorsnamn({ ...post, aktorTyp: "ANONYM" })).toBe(
            "Ingen inloggad",
        );
    });

    it("leder till sin insats och sin samverkansorganisation", () => {
        const namn = (p: Parameters<typeof platser>[0]): unknown[] =>
            platser(p).map((x) => x.till);
        expect(namn(post)).toEqual([]);
        expect(namn({ ...post, objekttyp: "insats", objektId: id })).toEqual([
            { name: "insats", params: { insatsId: id } },
        ]);
        expect(
            namn({
                ...post,
                objekttyp: "samtycke",
                objektId: "s",
                insatsId: "i",
                organisationId: "o",
            }),
        ).toEqual([
            { name: "insats", params: { insatsId: "i" } },
            { name: "samverkansorganisation", params: { organisationId: "o" } },
        ]);
        expect(
            namn({
                ...post,
                objekttyp: "samverkansorganisation",
                objektId: "o",
            }),
        ).toEqual([
            { name: "samverkansorganisation", params: { organisationId: "o" } },
        ]);
    });
});
