import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rutter } from "@/app/router";
import { avsnittet, hjalpFor, hjalpen, sokHjalp } from "./hjalp";
import { forvaltning } from "./kontakt";

const avsnitten = hjalpen.flatMap((d) => d.avsnitt);
const titlar = (fraga: string): string[] =>
    sokHjalp(hjalpen, fraga).flatMap((d) => d.avsnitt.map((a) => a.titel));

describe("hjälpen", () => {
    it("börjar med den egna rollen, och har allas före andras", () => {
        const delar = hjalpFor(["INSATSANSVARIG"]).map((d) => d.id);
        expect(delar.slice(0, 2)).toEqual(["insatsansvarig", "alla"]);
        expect(delar).toHaveLength(hjalpen.length);
        expect(hjalpFor([])[0]?.id).toBe("alla");
    });

    it("har ett id för varje del och avsnitt, som en adress kan leda till", () => {
        const id = [...hjalpen, ...avsnitten].map((x) => x.id);
        expect(new Set(id).size).toBe(id.length);
    });

    it("leder till sidor som finns", () => {
        const egna = avsnitten
            .flatMap((a) => a.lankar ?? [])
            .filter((l) => l.till.startsWith("/"));
        expect(egna).not.toEqual([]);
        for (const l of egna) {
            expect(rutter.map((r) => r.path)).toContain(l.till);
        }
    });

    it("har de avsnitt som sidorna visar bredvid sina formulär", () => {
        for (const id of [
            "anonyma",
            "ratta-anonyma",
            "andra-insats",
            "ny-insats",
            "kopiera-insats",
            "registrera-in",
            "registrera-ut",
            "ratta",
            "aterkalla",
        ]) {
            expect(avsnittet(id)?.steg?.length, id).toBeGreaterThan(0);
        }
        expect(avsnittet("finns-inte")).toBeUndefined();
    });

    it.each([
        ["Registrera samverkansorganisation", "ny-organisation"],
        ["Ny period", "andra-organisation"],
        ["Lägg till en organisation", "myndigheter"],
        ["Vem registrerar hos oss", "uppdrag"],
        ["Vem registrerar", "vem-registrerar"],
        ["Ge ett uppdrag", "uppdrag"],
        ["Ge uppdraget", "vem-registrerar"],
        ["Ändra slut", "uppdrag"],
        ["Avsluta genast", "uppdrag"],
        ["Visa avslutade", "vem-registrerar"],
        ["Ändra budgeten", "budget"],
        ["Kopiera posterna från", "budget"],
        ["Stäng budgetåret", "budget"],
        ["Öppna budgetåret", "oppna-budgetar"],
        ["Insatsbudget", "insatsbudget"],
        ["Ändra insatsbudgeten", "insatsbudget"],
        ["Visa historiken", "insatsbudget"],
        ["Volym", "insatsbudget"],
        ["Ändra volymen", "insatsbudget"],
        ["Volym och budget för alla insatser", "alla-insatser"],
        ["Kompletterande frågor", "fragor"],
        ["Ny fråga", "fragor"],
        ["Visa frågeformulär", "fragor"],
        ["Lägg till kod", "kodverk"],
        ["Registrera insats", "ny-insats"],
        ["Ändra insatsen", "avsluta-insats"],
        ["Kopiera som ny insats", "kopiera-insats"],
        ["Koppla till vår insats", "delad-insats"],
        ["Ta bort kopplingen", "delad-insats"],
    ])("hittas på det som står på knappen: %s", (knapp, id) => {
        const sagt = avsnittet(id);
        expect(titlar(knapp)).toContain(sagt?.titel);
        // In its own words, and not by words that stand here and there.
        expect(
            [...(sagt?.text ?? []), ...(sagt?.steg ?? [])].join(" "),
        ).toContain(`«${knapp}`);
    });

    it("söks på alla ord, var de än står", () => {
        expect(titlar("skyddade PERSONUPPGIFTER")).toEqual([
            "Registrera anonyma deltagare",
            "Ordlista",
        ]);
        expect(titlar("9449")).toContain("Registrera ut en deltagare");
        expect(titlar("utregistrera")).toContain("Registrera ut en deltagare");
        expect(titlar("försenad")).toEqual([
            "Hitta det som är sent till den 15:e",
        ]);
        expect(titlar("finnsinte")).toEqual([]);
        expect(titlar("  ")).toHaveLength(avsnitten.length);
    });

    it("visar av ordlistan de ord som söks", () => {
        const ordlista = sokHjalp(hjalpen, "startdag")
            .flatMap((d) => d.avsnitt)
            .find((a) => a.id === "ordlista");
        expect(ordlista?.ord?.map(([ord]) => ord)).toEqual([
            "Deltagande",
            "Startdag",
        ]);
    });
});

it("förvaltningen nås som kontraktet säger", () => {
    const kontrakt = readFileSync("../openapi.yaml", "utf8");
    expect(kontrakt).toContain(
        [
            "  contact:",
            `    name: ${forvaltning.namn}`,
            `    url: ${forvaltning.webb}`,
            `    email: ${forvaltning.epost}`,
        ].join("\n"),
    );
});
