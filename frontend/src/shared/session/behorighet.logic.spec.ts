import { describe, expect, it } from "vitest";
import type { Schema } from "@/shared/api/typer";
import {
    administrerar,
    farAndraInsats,
    menyFor,
    registrerarI,
    rollerPa,
} from "./behorighet.logic";

function jag(delar: Partial<Schema<"Jag">>): Schema<"Jag"> {
    return {
        id: "jag",
        behorigheter: [],
        uppdrag: [],
        scopes: [],
        ...delar,
    };
}

function uppdrag(
    roll: Schema<"Roll">,
    organisationId: string,
    insatsId?: string,
): Schema<"Uppdrag"> {
    return {
        roll,
        organisationId,
        organisation: `Förbundet ${organisationId}`,
        ...(insatsId === undefined ? {} : { insatsId }),
    };
}

describe("rollerna en dag", () => {
    const j = jag({
        behorigheter: [
            {
                roll: "SUSRAPPORT",
                franOchMed: "2026-01-01",
                tillOchMed: "2026-06-30",
            },
            {
                roll: "SUSRAPPORT",
                franOchMed: "2026-06-30",
                tillOchMed: "2026-12-31",
            },
            {
                roll: "DELTAGARANSVARIG",
                franOchMed: "2026-07-01",
                tillOchMed: "2026-12-31",
            },
        ],
    });
    it.each([
        ["2025-12-31", []],
        ["2026-01-01", ["SUSRAPPORT"]],
        ["2026-06-30", ["SUSRAPPORT"]],
        ["2026-12-31", ["SUSRAPPORT", "DELTAGARANSVARIG"]],
        ["2027-01-01", []],
    ])("är den %s %j", (dag, roller) => {
        expect(rollerPa(j, dag)).toEqual(roller);
    });
});

describe("uppdragen", () => {
    const j = jag({
        uppdrag: [
            uppdrag("DELTAGARANSVARIG", "f", "a"),
            uppdrag("INSATSANSVARIG", "f", "b"),
            uppdrag("SAMVERKANSADMINISTRATOR", "g"),
            uppdrag("SUSRAPPORT", "h"),
        ],
    });
    it("säger var man registrerar deltagare", () => {
        expect([...registrerarI(j)]).toEqual(["a"]);
    });
    it("säger vilka organisationer man administrerar", () => {
        expect(administrerar(j)).toEqual([{ id: "g", namn: "Förbundet g" }]);
    });
    it.each([
        ["b", "f", true, "den insatsansvariga i sin insats"],
        ["a", "f", false, "den deltagaransvariga i sin insats"],
        ["x", "f", false, "den insatsansvariga i en annans insats"],
        ["x", "g", true, "administratören i sin organisation"],
        ["x", "h", false, "den som bara läser rapporter"],
    ])("%s i %s får ändras: %s (%s)", (insats, organisation, far) => {
        expect(farAndraInsats(j, insats, organisation)).toBe(far);
    });
});

describe("menyn", () => {
    const menyval = (roller: Schema<"Roll">[]): string[] =>
        menyFor(roller).map((m) => m.route);
    const allas = ["startsida", "samverkansorganisation", "insats"];
    it.each([
        [[], allas],
        [["MASKIN"], allas],
        [["SUSRAPPORT"], [...allas, "rapporter"]],
        [["DELTAGARANSVARIG"], [...allas, "deltagande", "rapporter"]],
        [
            ["SYSTEMFORVALTARE"],
            [
                "startsida",
                "administration",
                "samverkansorganisation",
                "insats",
                "rapporter",
            ],
        ],
    ] satisfies [Schema<"Roll">[], string[]][])(
        "har för %j valen %j",
        (roller, val) => {
            expect(menyval(roller)).toEqual(val);
        },
    );
});
