import { afterEach, describe, expect, it } from "vitest";
import type { Schema } from "@/shared/api/typer";
import {
    arMarkerad,
    del,
    felen,
    fellista,
    finns,
    harFalt,
    markera,
    paSidan,
    skriv,
    tryck,
} from "@/shared/prov/handgrepp";
import { type Sida, lugn, oppna } from "@/shared/prov/oppna";
import { lista, nekade } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

const andra = `/samverkansorganisationer/${v.ider.organisation}/andra`;
const put = "PUT /v1/samverkansorganisationer/…";

let sida: Sida;

afterEach(async () => {
    await sida.bort();
});

const kropp = (): Schema<"NySamverkansorganisation"> =>
    sida.sant(put) as Schema<"NySamverkansorganisation">;

async function spara(): Promise<void> {
    await tryck("spara");
    await finns("kontroll");
    await tryck("spara");
}

describe("ändringen av en samverkansorganisation", () => {
    it("lägger till en ingående organisation ur registret med sin typs förval, och ger den en ny period", async () => {
        sida = await oppna(andra, { roll: "SAMVERKANSADMINISTRATOR" });
        await finns("organisationsformular");
        await skriv("/ingaendeOrganisationer", "202100-5521");
        await tryck("sok-myndighet");
        expect(
            sida.fragor
                .findLast((f) => f.namn === "GET /v1/myndigheter")
                ?.sok.get("organisationsnummer"),
        ).toBe("2021005521");
        await tryck("lagg-till-2021005521");
        expect(document.activeElement?.textContent).toContain(
            "2. Försäkringskassan",
        );
        expect(arMarkerad("/ingaendeOrganisationer/1", "medlem")).toBe(true);
        expect(arMarkerad("/ingaendeOrganisationer/1", "konsument")).toBe(
            false,
        );
        await skriv("/ingaendeOrganisationer/1/giltigTom", "2010-12-31");
        await tryckSista("ny-period");
        await markera("/ingaendeOrganisationer/2", "finansiar");
        await spara();
        expect(kropp().ingaendeOrganisationer.slice(1)).toEqual([
            {
                organisationsnummer: "2021005521",
                giltigTom: "2010-12-31",
                medlem: true,
                finansiar: true,
                konsument: false,
            },
            {
                organisationsnummer: "2021005521",
                giltigFran: "2011-01-01",
                medlem: true,
                finansiar: false,
                konsument: false,
            },
        ]);
    });

    it("tar bort en rad, och fokus går till raden som tog dess plats", async () => {
        sida = await oppna(andra, { roll: "SYSTEMFORVALTARE" });
        await finns("organisationsformular");
        await tryckSista("ny-period");
        expect(
            document.querySelectorAll("[data-test=ingaende-rad]"),
        ).toHaveLength(2);
        await tryckSista("ta-bort-ingaende");
        expect(document.activeElement?.textContent).toContain("1. Uppsala");
        await tryckSista("ta-bort-ingaende");
        expect(document.activeElement?.id).toBe("falt-ingaendeOrganisationer");
        await tryck("spara");
        expect(fellista()).toEqual([
            "Ingående organisationer: Lägg till minst en ingående organisation.",
        ]);
    });

    it("söker kommuner på namn med stjärna och frågar då från vilken månad", async () => {
        sida = await oppna(andra, { roll: "SYSTEMFORVALTARE" });
        await finns("organisationsformular");
        expect(harFalt("/gallerFran")).toBe(false);
        await skriv("/kommun-namn", "Göte*");
        expect(del("funna-kommuner")?.textContent).toContain("1 kommun");
        await markera("/kommuner", "1480");
        expect(harFalt("/gallerFran")).toBe(true);
        await skriv("/gallerFran", "2026-05-01");
        await spara();
        expect(kropp().kommuner).toEqual(["0380", "1480"]);
        expect(kropp().gallerFran).toBe("2026-05-01");
    });

    it("fäller ut kontakten när servern säger att något är fel i den", async () => {
        sida = await oppna(andra, {
            roll: "SAMVERKANSADMINISTRATOR",
            svara: (f) =>
                f.namn === put
                    ? nekade({
                          pekare: "/kontaktperson/epost",
                          regel: "epost-format",
                          meddelande:
                              "Skriv e-postadressen som namn@exempel.se.",
                      })
                    : undefined,
        });
        await finns("organisationsformular");
        expect(del("kontaktfalten")?.getAttribute("aria-expanded")).toBe(
            "false",
        );
        await skriv("/namn", "Nytt namn");
        await spara();
        await felen([
            "/kontaktperson/epost",
            "Kontaktpersonens e-post",
            "Skriv e-postadressen som namn@exempel.se.",
        ]);
        expect(del("kontaktfalten")?.getAttribute("aria-expanded")).toBe(
            "true",
        );
    });

    it("sparas trots att kommunen hör till ett annat förbund, och säger det", async () => {
        const varningar = [
            {
                varning: "kommun-i-flera",
                pekare: "/kommuner/0",
                meddelande:
                    "Kommunen hör under samma tid till ett annat samordningsförbund. (Grannförbundet)",
            },
        ];
        sida = await oppna(andra, {
            roll: "SYSTEMFORVALTARE",
            svara: (f) =>
                f.namn === put
                    ? { ...v.organisation, version: 2, varningar }
                    : undefined,
        });
        await finns("organisationsformular");
        await skriv("/beskrivning", "Ny text");
        await spara();
        await paSidan(v.organisation.namn);
        await finns("varningar");
        expect(del("varningar")?.textContent).toContain(
            "Uppsala: Kommunen hör",
        );
        expect(del("varningar")?.textContent).toContain("Grannförbundet");
    });

    it("är inte andras", async () => {
        sida = await oppna(
            "/samverkansorganisationer/019373a0-5b1a-7c3e-9f21-000000000099/andra",
            { roll: "SAMVERKANSADMINISTRATOR" },
        );
        await finns("nekad");
        expect(del("organisationsformular")).toBeNull();
    });
});

describe("organisationens sida", () => {
    it("visar det som har ingått för sig", async () => {
        const [uppsala] = v.organisation.ingaendeOrganisationer;
        sida = await oppna(`/samverkansorganisationer/${v.ider.organisation}`, {
            roll: "SUSRAPPORT",
            svara: (f) =>
                f.namn === "GET /v1/samverkansorganisationer/…"
                    ? {
                          ...v.organisation,
                          ingaendeOrganisationer: [
                              uppsala,
                              {
                                  ...uppsala,
                                  namn: "Enköpings kommun",
                                  organisationsnummer: "2120000282",
                                  giltigTom: "2020-12-31",
                              },
                          ],
                      }
                    : undefined,
        });
        await finns("avslutade-ingaende");
        const slut = del("avslutade-ingaende")?.textContent ?? "";
        expect(slut).toContain("Enköpings kommun");
        expect(slut).toContain("2005-01-01 – 2020-12-31");
        expect(slut).not.toContain("Uppsala");
        expect(del("andra-organisationen")).toBeNull();
    });
});

describe("registret över myndigheter", () => {
    it("söks på namn och på nummer, och en ändring sägs", async () => {
        sida = await oppna("/administration/myndigheter?namn=2021", {
            roll: "SYSTEMFORVALTARE",
        });
        await finns("andra-myndighet");
        expect(
            sida.fragor
                .findLast((f) => f.namn === "GET /v1/myndigheter")
                ?.sok.get("organisationsnummer"),
        ).toBe("2021");
        await tryck("andra-myndighet");
        await finns("myndighetsformular");
        await skriv("/namn", "Kassan");
        await tryck("spara");
        await lugn();
        expect(sida.sant("PUT /v1/myndigheter/…")).toEqual({
            organisationsnummer: "2021005521",
            namn: "Kassan",
            typ: "FORSAKRINGSKASSAN",
        });
        await finns("myndighetsbesked");
        expect(del("myndighetsbesked")?.textContent).toContain(
            "Kassan är sparad i registret.",
        );
        expect(del("myndighetsformular")).toBeNull();
    });

    it("säger när ingen passar", async () => {
        sida = await oppna("/administration/myndigheter?namn=zz", {
            roll: "SYSTEMFORVALTARE",
            svara: (f) =>
                f.namn === "GET /v1/myndigheter" ? lista([]) : undefined,
        });
        await finns("inga");
    });
});

async function tryckSista(namn: string): Promise<void> {
    const alla = document.querySelectorAll<HTMLElement>(`[data-test=${namn}]`);
    alla[alla.length - 1]?.click();
    await lugn();
}
