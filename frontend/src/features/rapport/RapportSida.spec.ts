import { afterEach, describe, expect, it, vi } from "vitest";
import {
    type Anrop,
    type Monterad,
    del,
    faltfel,
    lugn,
    montera,
    nekande,
} from "@/shared/prov/montera";
import { katalog } from "@/shared/prov/varlden";
import RapportSida from "./RapportSida.vue";
import type { Rapport } from "./rapport.logic";

// The drawing itself is a browser's; here: what is drawn.
vi.mock("./Stapeldiagram.vue", async () => {
    const { h } = await import("vue");
    return {
        __esModule: true,
        default: {
            props: ["data"],
            render(this: { data: unknown }) {
                return h(
                    "pre",
                    { "data-test": "staplar" },
                    JSON.stringify(this.data),
                );
            },
        },
    };
});

const adress = "/rapporter/deltagarrapport/forsorjning";

const kolumner = (matta: boolean): Rapport["delar"][number]["kolumner"] =>
    (
        [
            ["antalFore", "Antal deltagare före insats"],
            ["andelFore", "Andel före"],
            ["antalEfter", "Antal deltagare efter insats"],
            ["andelEfter", "Andel efter"],
            ["forandring", "Förändring"],
            ["forandringProcent", "Förändring i %"],
            ...(matta
                ? ([
                      ["lamnat", "Lämnat"],
                      ["tillkommit", "Tillkommit"],
                      ["kvar", "Kvar"],
                  ] as const)
                : []),
        ] as const
    ).map(([id, rubrik]) => ({
        id: matta && id.startsWith("antal") ? `${id}Matta` : id,
        rubrik,
        typ: /andel|Procent/.test(id) ? "PROCENT" : "TAL",
        enhet: /andel|Procent/.test(id) ? "procent" : "antal",
    }));

/** A row of one who had sjukpenning; without tryckt it is not printed. */
const rad = (celler: (number | null)[], tryckt?: string) => ({
    koder: { forsorjning: "SJUKPENNING" },
    etikett: "Sjukpenning/Rehabpenning",
    etiketter: ["Sjukpenning/Rehabpenning"],
    celler,
    ...(tryckt === undefined ? {} : { tryckt: tryckt.split(",") }),
});

/** One who died, as the server tells it: case by case nothing is known afterwards. */
const avliden: Rapport = {
    rapport: "deltagarrapport/forsorjning",
    version: 1,
    titel: "SUS - Deltagarrapport försörjning",
    korningstid: "2026-03-02T14:42:45Z",
    preliminar: true,
    urval: {
        samverkansform: "FINSAM",
        fran: "2026-01",
        till: "2026-12",
        budgetar: 2026,
    },
    huvud: [
        { etikett: "Finansieringsform", varde: "FINSAM" },
        { etikett: "Räknas till län", varde: "Uppsala län" },
    ],
    indelning: [{ id: "forsorjning", etikett: "Försörjning" }],
    bild: "STAPLAR",
    delar: [
        {
            id: "START",
            rubrik: "Vid start",
            bredvid: false,
            tal: [
                { id: "antal", etikett: "Startat", varde: 0 },
                { id: "unika", etikett: "Varav unika", varde: 0 },
            ],
            noter: ["Startens not"],
            kolumner: [
                {
                    id: "antal",
                    rubrik: "Antal deltagare",
                    typ: "TAL",
                    enhet: "antal",
                },
            ],
            rader: [rad([0])],
        },
        {
            id: "SLUT",
            rubrik: "Vid avslut",
            bredvid: false,
            tal: [
                { id: "antal", etikett: "Slutat", varde: 1 },
                { id: "unika", etikett: "Varav unika", varde: 1 },
                { id: "utanMatning", etikett: "Varav utan mätning", varde: 1 },
            ],
            varning: "1 av 1 som slutat (100%) har ingen mätning.",
            noter: ["Avslutets not"],
            kolumner: kolumner(false),
            rader: [rad([1, 100, 0, 0, -1, -100], "1,100%,,,-1,-100%")],
        },
        {
            id: "MATTA",
            rubrik: "Bland dem som mätts",
            bredvid: true,
            tal: [{ id: "antal", etikett: "Slutat med mätning", varde: 0 }],
            noter: [
                "1 av 1 som slutat (100%) har ingen mätning.",
                "De mättas not",
            ],
            kolumner: kolumner(true),
            rader: [rad([0, null, 0, null, 0, null, 0, 0, 0])],
        },
    ],
    tackning: {
        rader: [
            {
                kod: "ANONYMA",
                etikett: "Anonyma deltagare",
                antal: 1234,
                namnare: 1234,
            },
            { kod: "VOLYM", etikett: "Volym", antal: 0, namnare: 1234 },
        ],
        noter: ["Täckningens not"],
    },
    fotnoter: ["Fotnoten"],
    definitioner: [{ id: "lamnat", text: "Hur lämnat räknas.", version: 1 }],
};

/** Two were measured too. */
const fler: Rapport = {
    ...avliden,
    delar: avliden.delar.map((d) => {
        if (d.id === "SLUT") {
            return {
                ...d,
                tal: d.tal.map((t) =>
                    t.id === "utanMatning" ? t : { ...t, varde: 3 },
                ),
                rader: [
                    rad([2, 66.7, 1, 33.3, -1, -50], "2,67%,1,33%,-1,-50%"),
                ],
            };
        }
        return d.id === "MATTA"
            ? {
                  ...d,
                  tal: d.tal.map((t) => ({ ...t, varde: 2 })),
                  rader: [
                      rad([1, 50, 1, 50, 0, 0, 0, 0, 1], "1,50%,1,50%,,,,,1"),
                  ],
              }
            : d;
    }),
};

let sida: Monterad | undefined;

async function oppna(
    rapport: Rapport | (() => never),
    query = "",
): Promise<Monterad> {
    sida = await montera(RapportSida, {
        vag: `${adress}${query}`,
        rutt: "/rapporter/:grupp/:rapport",
        roll: "SUSRAPPORT",
        server(a: Anrop) {
            if (a.vag === "/rapporter") {
                return katalog;
            }
            if (a.vag !== "/rapporter/{grupp}/{rapport}") {
                return { data: [], _meta: { totalRecords: 0 }, _links: {} };
            }
            return typeof rapport === "function" ? rapport() : rapport;
        },
    });
    return sida;
}

const text = (namn: string): string =>
    del(namn)?.textContent.replaceAll(/\s+/g, " ").trim() ?? "";

function tabell(namn: string): string[][] {
    return [...(del(namn)?.querySelectorAll("tr") ?? [])].map((r) =>
        [...r.querySelectorAll("th, td")].map((c) => c.textContent.trim()),
    );
}

function kryss(): HTMLInputElement {
    const e = document.querySelector<HTMLInputElement>(
        "input[type=checkbox]#bland-matta",
    );
    if (!e) {
        throw new Error("valet «Bland dem som mätts» finns inte");
    }
    return e;
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
});

describe("rapportens huvud och noter", () => {
    it("skrivs som servern säger dem, del för del", async () => {
        await oppna(avliden);
        expect(text("korningstid")).toBe("2026-03-02 kl. 15.42.45");
        expect(text("huvud")).toBe(
            "Finansieringsform:FINSAMRäknas till län:Uppsala län",
        );
        expect(text("start")).toContain("Startens not");
        expect(text("start")).not.toContain("Avslutets not");
        expect(text("slut")).toContain("Avslutets not");
        expect(text("slut")).not.toContain("De mättas not");
        expect(text("rapport")).toContain("Fotnoten");
        expect(text("slut")).not.toContain("Fotnoten");
    });
    it("följs av täckningen, med sina nollor", async () => {
        await oppna(avliden);
        expect(text("tackning")).toBe(
            "TäckningAnonyma deltagare:1 234Volym:0Täckningens not",
        );
    });
});

describe("förändringen bland dem som mätts", () => {
    it("visas också av varningen som talar om den, och dit går fokus", async () => {
        const { router } = await oppna(fler);
        const lank = del("visa-matta");
        expect(del("varning")?.contains(lank)).toBe(true);
        lank?.click();
        await lugn();
        expect(router.currentRoute.value.query["matta"]).toBe("ja");
        expect(kryss().checked).toBe(true);
        expect(document.activeElement).toBe(kryss());
        expect(del("visa-matta")).toBeNull();
        expect(del("matta")).not.toBeNull();
    });

    it("visas i stället för den tryckta när den väljs, och adressen minns det", async () => {
        const { router, anrop } = await oppna(fler);
        expect(text("varning")).toContain("1 av 1 som slutat (100%)");
        expect(kryss().checked).toBe(false);
        expect(tabell("slut")[1]).toEqual([
            "Sjukpenning/Rehabpenning",
            ..."2,67%,1,33%,-1,-50%".split(","),
        ]);
        expect(text("staplar")).toContain('"varden":[2]');
        const fragor = anrop.length;

        kryss().click();
        await lugn();
        expect(tabell("slut")).toEqual([
            [
                "Försörjning",
                "Antal deltagare före insats",
                "Andel före",
                "Antal deltagare efter insats",
                "Andel efter",
                "Förändring",
                "Förändring i %",
                "Lämnat",
                "Tillkommit",
                "Kvar",
            ],
            ["Sjukpenning/Rehabpenning", ..."1,50%,1,50%,,,,,1".split(",")],
        ]);
        expect(text("matta")).toContain("med mätning: 2");
        expect(text("slut")).toContain("De mättas not");
        expect(text("staplar")).toContain('"varden":[1]');
        expect(router.currentRoute.value.query).toEqual({ matta: "ja" });
        expect(anrop.length).toBe(fragor);

        kryss().click();
        await lugn();
        expect(router.currentRoute.value.query).toEqual({});
        expect(tabell("slut")[0]).toHaveLength(7);
    });

    it("är 0 av 0 för den enda som avled", async () => {
        await oppna(avliden);
        expect(tabell("slut")[1]).toEqual([
            "Sjukpenning/Rehabpenning",
            ..."1,100%,,,-1,-100%".split(","),
        ]);
        sida?.bort();
        await oppna(avliden, "?matta=ja");
        expect(kryss().checked).toBe(true);
        expect(text("matta")).toContain("med mätning: 0");
        expect(text("tom-slut")).toBe(
            "Ingen som slutat under perioden har mätts efter insatsen.",
        );
    });

    it("varnas det inte om när de flesta är mätta", async () => {
        await oppna({
            ...fler,
            delar: fler.delar.map((d) => {
                const utan = { ...d };
                delete utan.varning;
                return utan;
            }),
        });
        expect(del("varning")).toBeNull();
    });
});

describe("ett budgetår som inte finns", () => {
    it("sägs vid fältet, och inget annat år visas", async () => {
        const ord = "Budgetåret ska vara ett år från 2000 till 2027.";
        const { anrop } = await oppna(() => {
            throw nekande(422, "ogiltiga-uppgifter", "Fel.", [
                { pekare: "budgetar", regel: "budgetar", meddelande: ord },
            ]);
        }, "?budgetar=1999");
        expect(
            anrop
                .filter((a) => a.vag === "/rapporter/{grupp}/{rapport}")
                .map((a) => a.params.query?.["budgetar"]),
        ).toEqual(["1999"]);
        expect(faltfel("budgetar")).toBe(ord);
        expect(
            document.querySelector<HTMLSelectElement>("#falt-budgetar")?.value,
        ).toBe("1999");
        expect(del("rapport")).toBeNull();
    });
});

describe("tabellens handgrepp", () => {
    const tva: Rapport = {
        ...fler,
        delar: fler.delar.slice(1, 2).map((d) => ({
            ...d,
            rader: [
                ...d.rader,
                {
                    ...rad([9, 10, 1, 1, 0, 0], "9,10%,1,1%,,"),
                    koder: { forsorjning: "SA" },
                    etikett: "SA",
                    etiketter: ["SA"],
                },
            ],
        })),
    };
    const rubrik = (): HTMLElement | null =>
        del("slut")?.querySelector<HTMLElement>("th.tal") ?? null;
    const forst = (): string[] =>
        tabell("slut")
            .slice(1)
            .map((r) => r[0] ?? "");

    it("sorterar efter en kolumn, högst först, lägst först och som den stod", async () => {
        await oppna(tva);
        expect(forst()).toEqual(["Sjukpenning/Rehabpenning", "SA"]);
        expect(rubrik()?.getAttribute("aria-sort")).toBeNull();
        for (const [ordning, vantat] of [
            ["descending", ["SA", "Sjukpenning/Rehabpenning"]],
            ["ascending", ["Sjukpenning/Rehabpenning", "SA"]],
            [null, ["Sjukpenning/Rehabpenning", "SA"]],
        ] as const) {
            rubrik()?.querySelector("button")?.click();
            await lugn();
            expect(rubrik()?.getAttribute("aria-sort")).toBe(ordning);
            expect(forst()).toEqual(vantat);
        }
    });

    it("kopierar tabellen som den står, och säger det", async () => {
        const skrivet: string[] = [];
        Object.defineProperty(navigator, "clipboard", {
            configurable: true,
            value: {
                writeText: (t: string) => {
                    skrivet.push(t);
                    return Promise.resolve();
                },
            },
        });
        await oppna(tva);
        del("kopiera-tabell")?.click();
        await lugn();
        expect(skrivet[0]?.split("\n")[1]).toBe(
            "Sjukpenning/Rehabpenning\t2\t67%\t1\t33%\t-1\t-50%",
        );
        expect(text("slut")).toContain("Tabellen är kopierad.");
        Reflect.deleteProperty(navigator, "clipboard");
    });

    it("säger hur kolumnerna räknas, och hur ett program frågar", async () => {
        await oppna(fler, "?kon=KVINNA&indelning=organisation&budgetar=2026");
        expect(document.body.textContent).toContain("Hur lämnat räknas.");
        expect(text("anrop")).toContain(
            "/v1/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2026&kon=KVINNA&indelning=organisation",
        );
    });
});
