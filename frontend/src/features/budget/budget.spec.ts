import { afterEach, describe, expect, it } from "vitest";
import type { Schema } from "@/shared/api/typer";
import { beloppstext, somBelopp } from "@/shared/belopp.logic";
import {
    del,
    felen,
    finns,
    harFalt,
    skriv,
    spara,
    tryck,
    valj,
    varde,
} from "@/shared/prov/handgrepp";
import { type Sida, lugn, oppna, tills } from "@/shared/prov/oppna";
import { lista, nej } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

let sida: Sida;
afterEach(() => sida.bort());

const org = `/samverkansorganisationer/${v.ider.organisation}`;
const budgetsidan = `${org}/budget?ar=2026`;
const insatsbudget = `/insatser/${v.ider.insats}/budget?ar=2026`;
const GET = "GET /v1/samverkansorganisationer/…/budgetar/2026";
const PUT = "PUT /v1/samverkansorganisationer/…/budgetar/2026";

function texten(namn: string): string {
    return del(namn)?.textContent.replaceAll(/\s+/g, " ").trim() ?? "";
}

async function klistra(pekare: string, text: string): Promise<void> {
    const h = new Event("paste", { bubbles: true, cancelable: true });
    Object.assign(h, { clipboardData: { getData: () => text } });
    document
        .querySelector(`#falt${pekare.replaceAll("/", "-")}`)
        ?.dispatchEvent(h);
    await lugn();
}

describe("organisationens budget", () => {
    it("läses av den egna organisationen, med summor, insatser och historik, utan formulär", async () => {
        sida = await oppna(budgetsidan, {
            roll: "DELTAGARANSVARIG",
            svara: (f) =>
                f.namn === `${GET}/versioner`
                    ? lista([
                          {
                              ...v.organisationsbudget(),
                              registrerad: `${v.idag}T08:00:00Z`,
                              registreradAv: v.ider.anvandare,
                              registrerare: { typ: "PERSON", namn: "Eva Prov" },
                          },
                      ])
                    : f.namn === GET
                      ? v.organisationsbudget({
                            varningar: [
                                {
                                    varning: "fordelning",
                                    pekare: "/finansiering",
                                    meddelande: "Inte fördelad.",
                                },
                            ],
                        })
                      : undefined,
        });
        await finns("summa");
        expect(texten("varning")).toContain("Inte fördelad.");
        expect(document.body.textContent).toContain("590\u00a0000,25");
        expect(texten("insats")).toContain("Arbetslivsresurs");
        expect(del("andra")).toBeNull();
        expect(del("stang")).toBeNull();
        expect(
            sida.fragor.filter((f) => f.vag.startsWith("/v1/")).length,
        ).toBeLessThanOrEqual(4);
        await tryck("historik");
        await finns("versioner");
        expect(texten("versioner")).toContain(
            "Eva Prov: finansiering 2 000 000,00 kr",
        );
    });

    it("sparas på öret, och summan står medan man skriver", async () => {
        sida = await oppna(`${budgetsidan}&andra=ja`, {
            roll: "SAMVERKANSADMINISTRATOR",
        });
        await finns("organisationsbudget");
        for (let n = 0; n < 20; n++) {
            const ore = [0, 1, 2].map(() =>
                Math.floor(Math.random() * (n % 2 === 0 ? 1000 : 1e12)),
            );
            while (!harFalt("/finansiering/2/belopp")) {
                await tryck("lagg-till-finansiering");
            }
            for (const [rad, o] of ore.entries()) {
                await skriv(
                    `/finansiering/${rad}/belopp`,
                    beloppstext(somBelopp(o)),
                );
            }
            const summan = ore.reduce((a, b) => a + BigInt(b), 0n);
            const text = String(summan).padStart(3, "0");
            expect(
                texten("skriven-finansiering").replaceAll(/[^\d,]/g, ""),
            ).toBe(`${text.slice(0, -2)},${text.slice(-2)}`);
        }
        await valj("/finansiering/1/finansiar", "2021005521");
        await valj("/finansiering/2/finansiar", "2120003005");
        await skriv("/finansiering/0/belopp", "0,10");
        await skriv("/finansiering/1/belopp", "0,20");
        await skriv("/finansiering/2/belopp", "-5 000,05");
        await skriv("/finansiering/2/beskrivning", "Eget kapital");
        await spara();
        await tills(() => sida.sant(PUT));
        expect(
            (sida.sant(PUT) as Schema<"NyOrganisationsbudget">).finansiering,
        ).toEqual([
            {
                finansiar: "2120003005",
                belopp: "0.10",
                beskrivning: "Årets bidrag",
            },
            { finansiar: "2021005521", belopp: "0.20" },
            {
                finansiar: "2120003005",
                belopp: "-5000.05",
                beskrivning: "Eget kapital",
            },
        ]);
        await tills(() => del("organisationsbudget") === null);
    });

    it("kopieras från året före, och poster läggs till och tas bort med tangentbordet kvar", async () => {
        sida = await oppna(`${budgetsidan}&andra=ja`, {
            roll: "SAMVERKANSADMINISTRATOR",
            svara: (f) =>
                f.namn === GET
                    ? v.organisationsbudget({
                          finansiering: [],
                          administrativaKostnader: [],
                      })
                    : undefined,
        });
        await finns("kopiera");
        expect(harFalt("/finansiering/0/belopp")).toBe(false);
        await tryck("kopiera");
        expect(varde("/finansiering/0/belopp")).toBe("2\u00a0000\u00a0000,00");
        expect(varde("/administrativaKostnader/0/utfall")).toBe("");
        await tryck("lagg-till-finansiering");
        expect(document.activeElement?.id).toBe(
            "falt-finansiering-1-finansiar",
        );
        await tryck("ta-bort-post");
        expect(varde("/finansiering/0/belopp")).toBe("");
        expect(document.activeElement?.getAttribute("data-test")).toBe(
            "ta-bort-post",
        );
    });

    it("stängs av administratören, och kan då inte ändras", async () => {
        let stangt = false;
        sida = await oppna(budgetsidan, {
            roll: "SAMVERKANSADMINISTRATOR",
            svara: (f) => {
                stangt ||= f.namn.endsWith("/stangningar");
                return f.namn === GET
                    ? v.organisationsbudget({ stangt })
                    : undefined;
            },
        });
        await finns("andra");
        await tryck("stang");
        expect(stangt).toBe(false);
        await tryck("stang-ja");
        await finns("stangt");
        expect(del("andra")).toBeNull();
        expect(del("stang")).toBeNull();
        expect(del("oppna")).toBeNull();
    });
});

describe("insatsbudgeten", () => {
    it("tar en kolumn som klistras in från Excel, med de rader som saknas", async () => {
        sida = await oppna(`${insatsbudget}&andra=ja`, {
            roll: "INSATSANSVARIG",
        });
        await finns("insatsbudget");
        await klistra("/poster/0/budget", "1 000,10\t7\r\n2 000,20\r\n-\r\n");
        expect([0, 1, 2].map((n) => varde(`/poster/${n}/budget`))).toEqual([
            "1 000,10",
            "2 000,20",
            "-",
        ]);
        expect(texten("skriven-summa")).toContain("Summa budget 3 000,30 kr");
        await spara();
        await felen([
            "/poster/2/budget",
            "Post 3, budget",
            "Skriv beloppet i kronor, till exempel 1 250 000 eller 1250,50.",
        ]);
        await skriv("/poster/2/budget", "0");
        await spara();
        await tills(() => del("insatsbudget") === null);
        const sant = sida.sant(
            "PUT /v1/insatser/…/budgetar/2026",
        ) as Schema<"NyInsatsbudget">;
        expect(sant.poster.map((p) => p.budget)).toEqual([
            "1000.10",
            "2000.20",
            "0.00",
        ]);
    });

    it("har organisation på posten bara i tvåpartsfinsam", async () => {
        sida = await oppna(`${insatsbudget}&andra=ja`, {
            roll: "INSATSANSVARIG",
            svara: (f) =>
                f.namn === "GET /v1/insatser/…"
                    ? {
                          ...v.insats,
                          organisation: {
                              ...v.insats.organisation,
                              samverkansform: "TVAPARTSFINSAM",
                          },
                      }
                    : undefined,
        });
        await finns("insatsbudget");
        await valj("/poster/0/organisation", "2120003005");
        await spara();
        await tills(() => sida.sant("PUT /v1/insatser/…/budgetar/2026"));
        expect(sida.sant("PUT /v1/insatser/…/budgetar/2026")).toMatchObject({
            poster: [{ organisation: "2120003005" }],
        });
    });

    it("är tom första gången, och byter år i adressen", async () => {
        sida = await oppna(insatsbudget, {
            roll: "INSATSANSVARIG",
            svara: (f) =>
                f.namn === "GET /v1/insatser/…/budgetar/2025"
                    ? { ...v.insatsbudget, ar: 2025, poster: [], version: 0 }
                    : undefined,
        });
        await finns("andra");
        const ar = document.querySelector<HTMLSelectElement>("#budgetar");
        if (ar) {
            ar.value = "2025";
            ar.dispatchEvent(new Event("change", { bubbles: true }));
        }
        await finns("insatsbudget");
        expect(sida.router.currentRoute.value.query["ar"]).toBe("2025");
        let sparat = false;
        sida.svara((f) => {
            sparat ||= f.metod === "PUT";
            return f.vag.endsWith("/budgetar/2025")
                ? {
                      ...v.insatsbudget,
                      ar: 2025,
                      poster: [],
                      version: sparat ? 1 : 0,
                  }
                : undefined;
        });
        await skriv("/planeratAntal", "7");
        await spara();
        await finns("andra");
        expect(del("insatsbudget")).toBeNull();
        expect(document.body.textContent).toContain(
            "Insatsbudgeten för 2025 är sparad.",
        );
    });
});

describe("volymen", () => {
    const raknar = { ...v.insats, deltagarregistrering: "ENDAST_ANTAL" };
    it("anges inte där deltagarna registreras var för sig", async () => {
        sida = await oppna(`/insatser/${v.ider.insats}/volym`, {
            roll: "INSATSANSVARIG",
        });
        await finns("raknar-inte");
        expect(del("volym")).toBeNull();
    });
    it("läses ett stängt år, men ändras inte", async () => {
        sida = await oppna(
            `/insatser/${v.ider.insats}/volym?ar=2026&andra=ja`,
            {
                roll: "INSATSANSVARIG",
                svara: (f) =>
                    f.namn === "GET /v1/insatser/…"
                        ? raknar
                        : f.namn === "GET /v1/insatser/…/volymer/2026"
                          ? { ...v.volym, stangt: true }
                          : undefined,
            },
        );
        await finns("stangt");
        expect(texten("volymen")).toContain("Antal män31");
        expect(del("volym")).toBeNull();
        expect(del("andra")).toBeNull();
    });

    describe("för alla insatser i en tabell", () => {
        const rad = (
            id: string,
            namn: string,
            mer: Partial<Schema<"Budgetinsats">> = {},
        ): Schema<"Budgetinsats"> => ({
            insatsId: id,
            namn,
            deltagarregistrering: "ENDAST_ANTAL",
            insatskostnader: { budget: "0.00", utfall: "0.00" },
            esfInsatskostnader: { budget: "0.00", utfall: "0.00" },
            budgetversion: 0,
            volym: {
                antalKvinnor: 1,
                antalMan: 2,
                uppgiftSaknas: 0,
                version: 4,
            },
            ...mer,
        });
        const [a, b, c] = [v.ider.insats, v.ider.anonyma, v.ider.uppdrag];
        const vag = `${org}/volym?ar=2026`;
        const roll = "SAMVERKANSADMINISTRATOR";
        const puts = () => sida.fragor.filter((f) => f.metod === "PUT");

        it("sparas det ändrade och sägs det nekade, som står kvar", async () => {
            const sparat = new Set<string>();
            sida = await oppna(vag, {
                roll,
                svara: (f) => {
                    if (f.namn === GET) {
                        const ny = {
                            antalKvinnor: 1,
                            antalMan: 5,
                            uppgiftSaknas: 0,
                            version: 5,
                        };
                        return v.organisationsbudget({
                            insatser: [
                                rad(
                                    a,
                                    "Ett",
                                    sparat.has(a) ? { volym: ny } : {},
                                ),
                                rad(b, "Två"),
                                rad(c, "Tre"),
                            ],
                        });
                    }
                    if (f.metod !== "PUT") {
                        return undefined;
                    }
                    if (f.vag.includes(b)) {
                        return nej(409, "budgetar-stangt", {
                            detail: "Stängt.",
                        });
                    }
                    sparat.add(a);
                    return { ...v.volym, version: 5 };
                },
            });
            await finns("alla-insatser");
            await klistra("/rader/0/antalMan", "5\n6\n");
            await tryck("spara");
            expect(texten("andringar")).toBe(
                "Det du har fyllt i ändrar 2 uppgifter.",
            );
            expect(texten("kontroll")).toContain(
                "Ett, män Var: 2 Blir: 5Ändra",
            );
            await tryck("spara");
            await tills(() => del("fellista") !== null);
            expect(puts().map((f) => [f.vag.includes(a), f.kropp])).toEqual([
                [true, { antalKvinnor: 1, antalMan: 5, uppgiftSaknas: 0 }],
                [false, { antalKvinnor: 1, antalMan: 6, uppgiftSaknas: 0 }],
            ]);
            expect(puts()[0]?.huvuden.get("If-Match")).toBe('"4"');
            await felen(["/rader/1/antalMan", "Två, män", "Stängt."]);
            expect(document.body.textContent).toContain(
                "Uppgifterna för 1 insats är sparade.",
            );
            expect(varde("/rader/1/antalMan")).toBe("6");
            // What is saved is sent no more.
            await spara();
            expect(puts().map((f) => f.vag.includes(a))).toEqual([
                true,
                false,
                false,
            ]);
        });

        it("skrivs budgeten i den enda posten, och sägs till före kontrollen när de är flera", async () => {
            const kostnad = {
                insatskostnader: { budget: "10.00", utfall: "0.00" },
                budgetversion: 3,
            };
            const [post] = v.insatsbudget.poster;
            sida = await oppna(vag, {
                roll,
                svara: (f) =>
                    f.namn === GET
                        ? v.organisationsbudget({
                              insatser: [
                                  rad(a, "Ett", kostnad),
                                  rad(b, "Två", kostnad),
                              ],
                          })
                        : f.namn === "GET /v1/insatser/…/budgetar/2026"
                          ? {
                                ...v.insatsbudget,
                                version: 3,
                                poster: f.vag.includes(a)
                                    ? [post]
                                    : [post, post],
                            }
                          : undefined,
            });
            await finns("alla-insatser");
            await skriv("/rader/0/budget", "12,50");
            await skriv("/rader/1/budget", "13");
            await tryck("spara");
            expect(del("kontroll")).toBeNull();
            await felen([
                "/rader/1/budget",
                "Två, budget",
                "Budgeten har flera poster av slaget. Ändra den på insatsens sida.",
            ]);
            await skriv("/rader/1/budget", "10");
            await spara();
            await tills(() => puts().length > 0);
            expect(
                puts().map((f) => [f.huvuden.get("If-Match"), f.kropp]),
            ).toEqual([['"3"', { poster: [{ ...post, budget: "12.50" }] }]]);
        });

        it("läses av den som inte får ange dem", async () => {
            sida = await oppna(vag, {
                roll: "DELTAGARANSVARIG",
                svara: (f) =>
                    f.namn === GET
                        ? v.organisationsbudget({ insatser: [rad(a, "Ett")] })
                        : undefined,
            });
            await finns("rad");
            expect(texten("rad")).toBe("Ett120");
            expect(document.querySelector("main table input")).toBeNull();
            expect(del("spara")).toBeNull();
        });
    });
});
