import { describe, expect, it } from "vitest";
import type { Roll, Schema } from "@/shared/api/typer";
import {
    type Uppdragspost,
    farAndraUppdrag,
    farSeUppdrag,
    rollerAttGe,
    slutGenast,
    tiden,
    tomtUppdrag,
} from "./uppdrag.logic";

type Mitt = Schema<"Jag">["uppdrag"][number];

const organisation = { organisationId: "o", organisation: "Förbundet" };

function jag(...uppdrag: Mitt[]): Schema<"Jag"> {
    return { id: "jag", behorigheter: [], uppdrag, scopes: [] };
}

const administratoren = jag({
    roll: "SAMVERKANSADMINISTRATOR",
    ...organisation,
});
const ansvarig = jag({
    roll: "INSATSANSVARIG",
    ...organisation,
    insatsId: "i",
});
const forAlla = jag({ roll: "INSATSANSVARIG", ...organisation });
const fk: Roll[] = ["SYSTEMFORVALTARE"];
const hela = { organisationId: "o" };
const insatsen = { organisationId: "o", insatsId: "i" };
const grannen = { organisationId: "o", insatsId: "j" };
const annan = { organisationId: "p", insatsId: "k" };

function post(andrat: Partial<Uppdragspost> = {}): Uppdragspost {
    return {
        id: "u",
        innehavareId: "e",
        innehavare: { typ: "PERSON", namn: "Eva Prov" },
        roll: "DELTAGARANSVARIG",
        ...insatsen,
        franOchMed: "2026-01-01",
        lage: "GALLER",
        version: 1,
        ...andrat,
    };
}

describe("vem som ger vilka uppdrag", () => {
    it.each([
        [administratoren, [], hela, 3],
        [administratoren, [], insatsen, 2],
        [administratoren, [], annan, 0],
        [ansvarig, [], insatsen, 1],
        [ansvarig, [], grannen, 0],
        [ansvarig, [], hela, 0],
        [forAlla, [], grannen, 1],
        [jag(), fk, hela, 1],
        [jag(), fk, insatsen, 0],
    ] as const)("%#", (vem, roller, plats, antal) => {
        expect(rollerAttGe(vem, roller, plats)).toHaveLength(antal);
    });
    it("visar uppdragen för dem som ger dem, och för Försäkringskassan", () => {
        expect(farSeUppdrag(administratoren, [], hela)).toBe(true);
        expect(farSeUppdrag(ansvarig, [], insatsen)).toBe(true);
        expect(farSeUppdrag(ansvarig, [], hela)).toBe(false);
        expect(farSeUppdrag(ansvarig, [], grannen)).toBe(false);
        expect(farSeUppdrag(jag(), fk, hela)).toBe(true);
    });
    it("låter den ansvarige avsluta sina deltagaransvariga, och ingen klient", () => {
        expect(farAndraUppdrag(ansvarig, [], post())).toBe(true);
        expect(farAndraUppdrag(ansvarig, [], post(grannen))).toBe(false);
        expect(
            farAndraUppdrag(ansvarig, [], post({ roll: "INSATSANSVARIG" })),
        ).toBe(false);
        expect(farAndraUppdrag(jag(), fk, post())).toBe(true);
        expect(farAndraUppdrag(jag(), fk, post({ roll: "MASKIN" }))).toBe(
            false,
        );
        expect(
            farAndraUppdrag(administratoren, [], post({ lage: "AVSLUTAT" })),
        ).toBe(false);
    });
});

describe("uppdragets tid", () => {
    it("börjar i dag, och den enda rollen är vald", () => {
        expect(tomtUppdrag(["DELTAGARANSVARIG"], "2026-03-02")).toEqual({
            roll: "DELTAGARANSVARIG",
            anvandareId: "",
            franOchMed: "2026-03-02",
            tillOchMed: "",
        });
        expect(
            tomtUppdrag(["DELTAGARANSVARIG", "INSATSANSVARIG"], "2026-03-02")
                .roll,
        ).toBe("");
    });
    it("slutar genast i går, och det som inte har börjat dagen före sin första", () => {
        expect(slutGenast(post(), "2026-03-02")).toBe("2026-03-01");
        expect(
            slutGenast(post({ franOchMed: "2026-04-01" }), "2026-03-02"),
        ).toBe("2026-03-31");
    });
    it("läses som den är", () => {
        expect(tiden(post())).toBe("2026-01-01 – tills vidare");
        expect(tiden(post({ tillOchMed: "2026-02-01" }))).toBe(
            "2026-01-01 – 2026-02-01",
        );
        expect(tiden(post({ tillOchMed: "2025-12-31" }))).toBe(
            "2026-01-01, slutade samma dag",
        );
    });
});
