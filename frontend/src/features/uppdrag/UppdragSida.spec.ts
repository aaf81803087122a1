import { afterEach, describe, expect, it } from "vitest";
import {
    del,
    finns,
    markera,
    skriv,
    spara,
    tryck,
    valj,
} from "@/shared/prov/handgrepp";
import { type Sida, oppna, tills } from "@/shared/prov/oppna";
import { type Svarare, lista, nej } from "@/shared/prov/server";
import type { Roll } from "@/shared/api/typer";
import * as v from "@/shared/prov/varlden";

const iInsatsen = `/insatser/${v.ider.insats}/uppdrag`;
const iOrganisationen = `/samverkansorganisationer/${v.ider.organisation}/uppdrag`;

let sida: Sida;
async function oppnaSom(
    roll: Roll,
    vag: string,
    svara?: Svarare,
): Promise<void> {
    sida = await oppna(vag, { roll, ...(svara ? { svara } : {}) });
}
afterEach(() => sida.bort());

/** The rows as a window shows them that has room for the columns, or has not. */
function rader(fonster: "bred" | "smal" = "bred"): string[] {
    const dolt = fonster === "bred" ? ".bara-smal" : ".bara-bred";
    return [...document.querySelectorAll("[data-test=uppdrag]")].map((r) => {
        const visad = r.cloneNode(true) as Element;
        for (const e of visad.querySelectorAll(dolt)) {
            e.remove();
        }
        for (const br of visad.querySelectorAll("br")) {
            br.replaceWith(" ");
        }
        return [...visad.children]
            .map((c) => c.textContent.replaceAll(/\s+/g, " ").trim())
            .join(" ")
            .trim();
    });
}

const besked = (): string =>
    del("uppdragsbesked")?.textContent.replaceAll(/\s+/g, " ").trim() ?? "";

describe("vem som registrerar", () => {
    it("visas med vad uppdraget ger i dag, och de avslutade på begäran", async () => {
        await oppnaSom("INSATSANSVARIG", iInsatsen, (f) =>
            f.namn === "GET /v1/insatser/…/uppdrag"
                ? lista([
                      v.uppdrag,
                      {
                          ...v.uppdrag,
                          id: v.ider.samtycke,
                          lage: "INTE_MEDLEM",
                          innehavare: { typ: "PERSON", namn: "Per Prov" },
                      },
                      {
                          ...v.uppdrag,
                          id: v.ider.anonyma,
                          lage: "AVSLUTAT",
                          tillOchMed: v.dag(-1),
                      },
                  ])
                : undefined,
        );
        await finns("visa-avslutade");
        expect(rader()).toEqual([
            `Eva Prov Deltagaransvarig ${v.dag(-100)} – tills vidare Gäller Uppsala kommun Ändra slut`,
            `Per Prov Deltagaransvarig ${v.dag(-100)} – tills vidare Ger inget: arbetsgivaren är inte medlem Uppsala kommun Ändra slut`,
        ]);
        // On a phone the name's cell holds it all, and the button stands beside it.
        expect(rader("smal")).toEqual(rader());
        expect(
            document.querySelectorAll(
                "[data-test=uppdrag]:first-child > :not(.bara-bred)",
            ),
        ).toHaveLength(2);
        await tryck("visa-avslutade");
        expect(rader()[2]).toBe(
            `Eva Prov Deltagaransvarig ${v.dag(-100)} – ${v.dag(-1)} Avslutat Uppsala kommun`,
        );
    });

    it("ges av administratören, som får veta vem som fick vad", async () => {
        await oppnaSom("SAMVERKANSADMINISTRATOR", iInsatsen, (f) =>
            f.metod === "POST"
                ? {
                      ...v.uppdrag,
                      ...(f.kropp as object),
                      innehavare: { typ: "PERSON", namn: "Tage Tagare" },
                  }
                : undefined,
        );
        await finns("ge-uppdrag");
        await tryck("ge-uppdrag");
        await markera("/roll", "DELTAGARANSVARIG");
        await tills(
            () =>
                document.querySelectorAll("#falt-anvandareId option").length >
                1,
        );
        await valj("/anvandareId", v.ider.anvandare);
        await spara();
        await finns("uppdragsbesked");
        expect(sida.sant("POST /v1/insatser/…/uppdrag")).toEqual({
            roll: "DELTAGARANSVARIG",
            anvandareId: v.ider.anvandare,
            franOchMed: v.idag,
        });
        expect(besked()).toContain(
            `Tage Tagare är deltagaransvarig från och med ${v.idag}.`,
        );
        expect(del("nytt-uppdrag")).toBeNull();
    });

    it("slutar genast med gårdagen som sista dag", async () => {
        await oppnaSom("INSATSANSVARIG", iInsatsen);
        await finns("andra");
        await tryck("andra");
        await tryck("avsluta-genast");
        await tryck("avsluta-genast-ja");
        await finns("uppdragsbesked");
        expect(sida.sant("PUT /v1/uppdrag/…")).toEqual({
            tillOchMed: v.dag(-1),
        });
        expect(besked()).toContain("Uppdraget för Eva Prov är avslutat.");
    });

    it("kan ändras igen av den som kom efter, och svaret står kvar", async () => {
        let version = 1;
        await oppnaSom("INSATSANSVARIG", iInsatsen, (f) => {
            if (f.namn === "GET /v1/insatser/…/uppdrag") {
                return lista([{ ...v.uppdrag, version }]);
            }
            if (f.metod === "PUT" && f.huvuden.get("If-Match") === '"1"') {
                version = 2;
                return nej(412, "foraldrad");
            }
            return undefined;
        });
        await finns("andra");
        await tryck("andra");
        await skriv("/tillOchMed", v.dag(10));
        await spara();
        await finns("utkast-foraldrat");
        await spara();
        await finns("uppdragsbesked");
        expect(sida.sant("PUT /v1/uppdrag/…")).toEqual({
            tillOchMed: v.dag(10),
        });
    });

    it("tar fokus till formuläret, och tillbaka till knappen när man ångrar sig", async () => {
        await oppnaSom("SAMVERKANSADMINISTRATOR", iInsatsen);
        await finns("ge-uppdrag");
        await tryck("ge-uppdrag");
        expect(document.activeElement?.textContent).toBe("Ge ett uppdrag");
        expect(document.activeElement?.tagName).toBe("H2");
        await tryck("avbryt");
        expect(document.activeElement).toBe(del("ge-uppdrag"));
        await tryck("andra");
        expect(document.activeElement?.tagName).toBe("H3");
        await tryck("avbryt");
        expect(document.activeElement).toBe(del("andra"));
    });

    it("finns kvar i sin adress, och säger var det ofärdiga finns", async () => {
        await oppnaSom("INSATSANSVARIG", iInsatsen);
        await finns("andra");
        await tryck("andra");
        expect(sida.router.currentRoute.value.query).toEqual({
            andra: v.ider.uppdrag,
        });
        await skriv("/tillOchMed", v.dag(10));
        await sida.laddaOm();
        await finns("utkast");
        await tryck("avbryt");
        expect(del("slut")).toBeNull();
        expect(del("besked")?.textContent).toContain(
            "Dina uppgifter finns kvar",
        );
        await sida.router.push("/");
        await tills(() => del("paborjat"));
        expect(del("paborjat")?.querySelector("a")?.getAttribute("href")).toBe(
            `${iInsatsen}?andra=${v.ider.uppdrag}`,
        );
    });

    it("säger till Försäkringskassan vilket uppdrag den ger", async () => {
        await oppnaSom("SYSTEMFORVALTARE", iOrganisationen);
        await finns("ge-uppdrag");
        await tryck("ge-uppdrag");
        expect(
            [...document.querySelectorAll("#falt-roll input")].map(
                (i) => (i as HTMLInputElement).value,
            ),
        ).toEqual(["SAMVERKANSADMINISTRATOR"]);
    });

    it("visas inte för en annan insats ansvariga", async () => {
        await oppnaSom(
            "INSATSANSVARIG",
            `/insatser/${v.ider.anonyma}/uppdrag`,
            (f) =>
                f.namn === "GET /v1/insatser/…"
                    ? { ...v.insats, id: v.ider.anonyma }
                    : undefined,
        );
        await finns("nekad");
        expect(sida.fragor.map((f) => f.namn)).not.toContain(
            "GET /v1/insatser/…/uppdrag",
        );
    });
});
