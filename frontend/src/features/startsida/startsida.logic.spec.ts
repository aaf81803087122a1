import { describe, expect, it } from "vitest";
import {
    forraSista,
    gransForLangTid,
    nastaSista,
    omDagar,
    ordnade,
    uppgifterFor,
    utgaendeBehorigheter,
} from "./startsida.logic";

const idag = "2026-11-25";
const insats = { id: "i1", namn: "Arbetslivsresurs", startdatum: "2024-01-01" };

describe("den 15:e", () => {
    it.each([
        ["2026-11-01", "2026-11-15", "2026-10-15"],
        ["2026-11-15", "2026-11-15", "2026-10-15"],
        ["2026-11-16", "2026-12-15", "2026-11-15"],
        ["2026-12-31", "2027-01-15", "2026-12-15"],
    ])("%s: nästa är %s, förra var %s", (dag, nasta, forra) => {
        expect(nastaSista(dag)).toBe(nasta);
        expect(forraSista(dag)).toBe(forra);
    });
    it("sägs i dagar", () => {
        expect([0, 1, 20].map(omDagar)).toEqual([
            "i dag",
            "i morgon",
            "om 20 dagar",
        ]);
    });
});

describe("uppgifter i en insats", () => {
    it("finns inte när allt är i ordning", () => {
        expect(
            uppgifterFor({ ...insats, pagaende: 4, nya: 2, langa: 0 }, idag),
        ).toEqual([]);
    });
    it("finns inte medan antalen är okända", () => {
        expect(
            uppgifterFor({ ...insats, slutdatum: "2026-10-31" }, idag),
        ).toEqual([]);
    });
    it("är försenade när insatsen är slut och någon är kvar", () => {
        const [u] = uppgifterFor(
            {
                ...insats,
                slutdatum: "2026-10-31",
                pagaende: 1,
                nya: 0,
                langa: 1,
            },
            idag,
        );
        expect(u?.angelagenhet).toBe("forsenad");
        expect(u?.text).toBe(
            "Insatsen är slut sedan 2026-10-31. 1 pågående deltagande ska utregistreras.",
        );
        expect(u?.till).toBe("/insatser/i1?status=PAGAENDE#deltaganden");
    });
    it("är på gång när insatsen slutar före nästa 15:e", () => {
        const u = uppgifterFor(
            { ...insats, slutdatum: "2026-12-10", pagaende: 3, nya: 1 },
            idag,
        );
        expect(u.map((x) => x.angelagenhet)).toEqual(["snart"]);
        expect(
            uppgifterFor(
                { ...insats, slutdatum: "2026-12-31", pagaende: 3, nya: 1 },
                idag,
            ),
        ).toEqual([]);
    });
    it("pekar ut långa tider utan utregistrering", () => {
        const [u] = uppgifterFor(
            { ...insats, pagaende: 9, nya: 1, langa: 2 },
            idag,
        );
        expect(u?.angelagenhet).toBe("se-over");
        expect(u?.till).toBe(
            `/insatser/i1?status=PAGAENDE&startdagTill=${gransForLangTid(idag)}#deltaganden`,
        );
        expect(gransForLangTid(idag)).toBe("2024-11-25");
    });
    it("frågar när ingen börjat sedan förra 15:e, men inte i en ny eller avslutad insats", () => {
        expect(
            uppgifterFor({ ...insats, pagaende: 1, nya: 0 }, idag).map(
                (u) => u.nyckel,
            ),
        ).toEqual(["i1-inga"]);
        expect(
            uppgifterFor(
                { ...insats, startdatum: "2026-11-20", pagaende: 0, nya: 0 },
                idag,
            ),
        ).toEqual([]);
        expect(
            uppgifterFor(
                { ...insats, slutdatum: "2026-10-31", pagaende: 0, nya: 0 },
                idag,
            ),
        ).toEqual([]);
    });
    it("står med det mest angelägna först", () => {
        const alla = [
            ...uppgifterFor({ ...insats, pagaende: 1, nya: 0 }, idag),
            ...uppgifterFor(
                { ...insats, id: "i2", slutdatum: "2026-10-31", pagaende: 1 },
                idag,
            ),
        ];
        expect(ordnade(alla).map((u) => u.angelagenhet)).toEqual([
            "forsenad",
            "se-over",
        ]);
    });
});

describe("behörigheter som går ut", () => {
    const jag = (perioder: [string, string][]) => ({
        id: "a",
        uppdrag: [],
        scopes: [],
        behorigheter: perioder.map(([franOchMed, tillOchMed]) => ({
            roll: "DELTAGARANSVARIG" as const,
            franOchMed,
            tillOchMed,
        })),
    });
    it("nämns inom sextio dagar", () => {
        expect(
            utgaendeBehorigheter(jag([["2025-01-01", "2026-12-31"]]), idag),
        ).toEqual([
            { roll: "DELTAGARANSVARIG", tillOchMed: "2026-12-31", dagar: 36 },
        ]);
        expect(
            utgaendeBehorigheter(jag([["2025-03-01", "2027-02-28"]]), idag),
        ).toEqual([]);
    });
    it("nämns inte när nästa period redan är beställd", () => {
        const tva: [string, string][] = [
            ["2025-01-01", "2026-12-31"],
            ["2027-01-01", "2028-12-31"],
        ];
        expect(utgaendeBehorigheter(jag(tva), idag)).toEqual([]);
    });
});
