import { describe, expect, it } from "vitest";
import type { Schema } from "@/shared/api/typer";
import { underval } from "./undermeny.logic";

function jag(...insatser: string[]): Schema<"Jag"> {
    return {
        id: "jag",
        fornamn: "Anna",
        efternamn: "Ek",
        personnummerMaskerat: "19770117-****",
        behorigheter: [],
        scopes: [],
        uppdrag: insatser.map((insatsId) => ({
            roll: "DELTAGARANSVARIG" as const,
            organisationId: "o",
            organisation: "Förbundet",
            insatsId,
            insats: insatsId,
        })),
    };
}

function adresser(j: Schema<"Jag">, insatsId?: string): string[] {
    return underval(j, insatsId).map((v) => v.till);
}

describe("undervalen till Deltagande", () => {
    it("gäller insatsen vars sida det är", () => {
        expect(adresser(jag("a", "b"), "b")).toEqual([
            "/insatser/b/registrera",
            "/insatser/b/anonyma",
            "/insatser/b/samtycken",
        ]);
    });
    it("gäller den enda insatsen, var man än är", () => {
        expect(adresser(jag("a"), "annan")[0]).toBe("/insatser/a/registrera");
    });
    it("låter den som har flera välja insats först", () => {
        expect(adresser(jag("a", "b"), "annan")).toEqual([
            "/deltagande?till=registrera",
            "/deltagande?till=anonyma",
            "/deltagande?till=samtycken",
        ]);
    });
    it("är organisationens frågor för den som administrerar den", () => {
        const admin: Schema<"Jag"> = {
            ...jag(),
            uppdrag: [
                {
                    roll: "SAMVERKANSADMINISTRATOR",
                    organisationId: "o",
                    organisation: "Förbundet",
                },
            ],
        };
        expect(adresser(admin)).toEqual(["/samverkansorganisationer/o/fragor"]);
    });
    it("finns inte för den som inte registrerar någonstans", () => {
        expect(underval(jag(), "a")).toEqual([]);
    });
});
