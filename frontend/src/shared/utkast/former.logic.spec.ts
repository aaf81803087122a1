import { describe, expect, it } from "vitest";
import { adressFor, utkasttext } from "./former.logic";

const svar = {
    insatsId: "i",
    deltagandeId: "d",
    organisationId: "o",
    ar: "2026",
};

describe("adressen där ett utkast går vidare", () => {
    it.each([
        ["in", "/insatser/i/registrera/in/u"],
        ["ut", "/insatser/i/registrera/ut/d"],
        ["ratta-in", "/insatser/i/registrera/ratta-in/d"],
        ["ratta-ut", "/insatser/i/registrera/ratta-ut/d"],
        ["ratta-samtycke", "/samtycken/u/ratta"],
        ["aterkallelse", "/insatser/u/aterkalla"],
        ["anonyma", "/insatser/u/anonyma"],
        ["ratta-anonyma", "/insatser/i/anonyma?ratta=u"],
        ["uppdrag", "/insatser/i/uppdrag?ge=ja"],
        ["uppdragsslut", "/insatser/i/uppdrag?andra=u"],
        ["ny-fraga", "/samverkansorganisationer/o/fragor?ny=ja"],
        ["fraga", "/samverkansorganisationer/o/fragor?andra=u"],
        ["insats", "/insatser/u/andra"],
        ["ny-insats", "/insatser/ny"],
        ["kopia-insats", "/insatser/ny?kopia=u"],
        ["volym", "/insatser/i/volym?ar=2026&andra=ja"],
        ["insatsbudget", "/insatser/i/budget?ar=2026&andra=ja"],
        [
            "organisationsbudget",
            "/samverkansorganisationer/o/budget?ar=2026&andra=ja",
        ],
        ["alla-insatser", "/samverkansorganisationer/o/volym?ar=2026"],
        ["samtycke", undefined],
        ["okand", undefined],
    ])("är för %s %s", (form, adress) => {
        expect(adressFor({ form, id: "u", svar })).toBe(adress);
    });
    it.each([
        null,
        "text",
        {},
        { insatsId: "", deltagandeId: "d" },
        { insatsId: 1 },
    ])("finns inte när svaren är %j", (trasigt) => {
        expect(adressFor({ form: "in", id: "u", svar: trasigt })).toBe(
            undefined,
        );
        expect(adressFor({ form: "ut", id: "u", svar: trasigt })).toBe(
            undefined,
        );
    });
    it("är för hela organisationens uppdrag organisationens sida", () => {
        const hela = { organisationId: "o", insatsId: "" };
        expect(adressFor({ form: "uppdrag", id: "o", svar: hela })).toBe(
            "/samverkansorganisationer/o/uppdrag?ge=ja",
        );
        expect(
            adressFor({ form: "uppdragsslut", id: "u", svar: {} }),
        ).toBeUndefined();
    });
    it("kräver deltagandet för att registrera ut och rätta", () => {
        for (const form of ["ut", "ratta-in", "ratta-ut"]) {
            expect(
                adressFor({ form, id: "u", svar: { insatsId: "i" } }),
            ).toBeUndefined();
        }
    });
});

describe("ett utkast på Startsidan", () => {
    const namn = (id: string): string | undefined =>
        id === "i" ? "Vägen in" : undefined;
    it.each([
        [
            "in",
            { insatsId: "i", startdag: "2026-11-01" },
            "uppgifter",
            "Inregistrering i Vägen in, startdag 2026-11-01, steg Uppgifter",
        ],
        [
            "ut",
            { ...svar, avslutningsdag: "2026-11-20" },
            "kontrollera",
            "Utregistrering i Vägen in, avslutningsdag 2026-11-20, steg Kontrollera",
        ],
        [
            "ratta-samtycke",
            { datum: "2026-11-01" },
            undefined,
            "Rättelse av samtycke",
        ],
        ["ny-insats", { namn: "Ny" }, undefined, "Ny insats"],
        ["okand", {}, "nytt-steg", "okand"],
    ])("säger vad det är: %s", (form, dess, steg, vantat) => {
        expect(utkasttext({ form, id: "u", svar: dess, steg }, namn)).toBe(
            vantat,
        );
    });
    it("har ett namn för varje formulär", () => {
        for (const form of [
            "in",
            "ut",
            "ratta-in",
            "ratta-ut",
            "ratta-samtycke",
            "aterkallelse",
            "anonyma",
            "ratta-anonyma",
            "samtycke",
            "insats",
            "ny-insats",
            "uppdrag",
            "uppdragsslut",
            "ny-fraga",
            "fraga",
        ]) {
            expect(utkasttext({ form, id: "u", svar: {} }, namn), form).toMatch(
                /^\p{Lu}/u,
            );
        }
    });
    it("går vidare där det var", () => {
        expect(
            adressFor({ form: "in", id: "u", svar, steg: "kontrollera" }),
        ).toBe("/insatser/i/registrera/in/u?steg=kontrollera");
        expect(
            adressFor({
                form: "ratta-anonyma",
                id: "u",
                svar,
                steg: "kontrollera",
            }),
        ).toBe("/insatser/i/anonyma?ratta=u&steg=kontrollera");
        expect(
            adressFor({ form: "in", id: "u", svar, steg: "uppgifter" }),
        ).toBe("/insatser/i/registrera/in/u");
    });
});
