import { describe, expect, it } from "vitest";
import type { Problem } from "@/shared/api/typer";
import {
    type Rapport,
    type Rapportdel,
    antalsrader,
    apianrop,
    budgetar,
    diagramdata,
    diagramhojd,
    filadress,
    filerAv,
    fragaAv,
    korningstid,
    manader,
    rapportbesked,
    rapportnamn,
    rapportvag,
    somTsv,
    sorterade,
    taletI,
    trycktabell,
    urvalAv,
    urvalsfelI,
    visade,
} from "./rapport.logic";

const tal = { typ: "TAL", enhet: "antal" } as const;
const del: Rapportdel = {
    id: "SLUT",
    rubrik: "Vid avslut",
    bredvid: false,
    tal: [
        { id: "antal", etikett: "Slutat", varde: 24867 },
        { id: "utanMatning", etikett: "Utan mätning", varde: 0 },
        { id: "antal", etikett: "Slutat", varde: 7, koder: { kon: "MAN" } },
    ],
    noter: [],
    kolumner: [
        { id: "antalFore", rubrik: "Före", ...tal },
        { id: "antalEfter", rubrik: "Efter", ...tal },
    ],
    rader: [
        rad({ forsorjning: "SA" }, ["SA"], [11, 7], ["11", "7"]),
        rad({ forsorjning: "ANNAN" }, ["Annan"], [0, 0]),
        rad(
            { forsorjning: "INGEN" },
            ["Ingen"],
            [1200, 3],
            ["1\u00a0200", "3"],
        ),
        rad({ forsorjning: "X" }, ["X"], [-5, 0], ["-5", ""]),
    ],
};
const matta: Rapportdel = { ...del, id: "MATTA", bredvid: true };
const rapport: Rapport = {
    rapport: "deltagarrapport/forsorjning",
    version: 1,
    titel: "SUS - Deltagarrapport försörjning",
    korningstid: "2011-03-16T14:42:45Z",
    preliminar: false,
    urval: {
        samverkansform: "FINSAM",
        fran: "2010-01",
        till: "2010-12",
        budgetar: 2010,
    },
    huvud: [],
    indelning: [{ id: "forsorjning", etikett: "Försörjning" }],
    bild: "STAPLAR",
    delar: [del, matta],
    tackning: { rader: [], noter: [] },
    fotnoter: [],
    definitioner: [],
};

function rad(
    koder: Record<string, string>,
    etiketter: string[],
    celler: (number | null)[],
    tryckt?: string[],
): Rapportdel["rader"][number] {
    return {
        koder,
        etikett: etiketter.at(-1) ?? "",
        etiketter,
        celler,
        ...(tryckt === undefined ? {} : { tryckt }),
    };
}

describe("tabellen", () => {
    it("är serverns tryckta celler, utan de rader som den inte trycker", () => {
        const t = trycktabell(rapport, del);
        expect([t.etiketter, t.kolumner]).toEqual([
            ["Försörjning"],
            ["Före", "Efter"],
        ]);
        expect(t.rader.map((r) => [...r.etiketter, ...r.celler])).toEqual([
            ["SA", "11", "7"],
            ["Ingen", "1\u00a0200", "3"],
            ["X", "-5", ""],
        ]);
    });
    it("har kvinnor och män sida vid sida, och en annan indelning före raden", () => {
        const delad: Rapportdel = {
            ...del,
            rader: [
                rad(
                    { ar: "2010", kon: "KVINNA", forsorjning: "SA" },
                    ["2010", "Kvinnor", "SA"],
                    [1, 2],
                    ["1", "2"],
                ),
                rad(
                    { ar: "2010", kon: "KVINNA", forsorjning: "X" },
                    ["2010", "Kvinnor", "X"],
                    [0, 0],
                ),
                rad(
                    { ar: "2010", kon: "MAN", forsorjning: "SA" },
                    ["2010", "Män", "SA"],
                    [3, 4],
                    ["3", "4"],
                ),
                rad(
                    { ar: "2010", kon: "MAN", forsorjning: "X" },
                    ["2010", "Män", "X"],
                    [5, 0],
                    ["5", ""],
                ),
                rad(
                    { ar: "2011", kon: "MAN", forsorjning: "SA" },
                    ["2011", "Män", "SA"],
                    [0, 0],
                ),
            ],
        };
        const t = trycktabell(
            {
                ...rapport,
                indelning: [
                    { id: "ar", etikett: "År" },
                    { id: "kon", etikett: "Kön" },
                    { id: "forsorjning", etikett: "Försörjning" },
                ],
            },
            delad,
        );
        expect(t.etiketter).toEqual(["År", "Försörjning"]);
        expect(t.kolumner).toEqual([
            "Kvinnor: Före",
            "Kvinnor: Efter",
            "Män: Före",
            "Män: Efter",
        ]);
        expect(t.rader.map((r) => [...r.etiketter, ...r.celler])).toEqual([
            ["2010", "SA", "1", "2", "3", "4"],
            ["2010", "X", "", "", "5", ""],
        ]);
    });
    it("sorteras som tal, med det tomma lägst, och kopieras rad för rad", () => {
        const t = trycktabell(rapport, del);
        const namn = (k?: number, upp = false): string[] =>
            sorterade(t.rader, k, upp).map((r) => r.etiketter.join());
        expect(namn()).toEqual(["SA", "Ingen", "X"]);
        expect(namn(0)).toEqual(["Ingen", "SA", "X"]);
        expect(namn(0, true)).toEqual(["X", "SA", "Ingen"]);
        expect(namn(1)).toEqual(["SA", "Ingen", "X"]);
        expect(somTsv(t, t.rader).split("\n").slice(0, 2)).toEqual([
            "Försörjning\tFöre\tEfter",
            "SA\t11\t7",
        ]);
    });
});

describe("delarna", () => {
    it("är de tryckta, och bland dem som mätts i stället när det är valt", () => {
        expect(
            visade(rapport, false).map((v) => [v.del.id, v.tabell.id]),
        ).toEqual([["SLUT", "SLUT"]]);
        expect(
            visade(rapport, true).map((v) => [v.del.id, v.tabell.id]),
        ).toEqual([["SLUT", "MATTA"]]);
        expect(
            visade({ ...rapport, delar: [del] }, true)[0]?.bredvid,
        ).toBeUndefined();
    });
    it("säger sina antal med mellanrum i tusental, och utan mätning bara när det finns några", () => {
        expect(antalsrader(del)).toEqual(["Slutat: 24\u00a0867"]);
        expect(taletI(del, "antal")).toBe(24867);
        const utan = { ...del, tal: del.tal.map((t) => ({ ...t, varde: 2 })) };
        expect(antalsrader(utan)).toEqual(["Slutat: 2", "Utan mätning: 2"]);
    });
});

describe("diagrammet", () => {
    it("har tabellens rader och ordning", () => {
        expect(diagramdata(rapport, del)).toEqual({
            etiketter: ["SA", "Ingen", "X"],
            serier: [
                { namn: "Före insats", varden: [11, 1200, -5] },
                { namn: "Efter insats", varden: [7, 3, 0] },
            ],
        });
    });
    it("ritas bara av före och efter, och inte av det som är delat vidare", () => {
        const en = { ...del, kolumner: del.kolumner.slice(0, 1) };
        const delad = {
            ...rapport,
            indelning: [...rapport.indelning, ...rapport.indelning],
        };
        expect(diagramdata(rapport, en)).toBeUndefined();
        expect(diagramdata(delad, del)).toBeUndefined();
        expect(
            diagramdata({ ...rapport, bild: "LINJER" }, del),
        ).toBeUndefined();
        expect(diagramdata(rapport, { ...del, rader: [] })).toBeUndefined();
    });
});

describe("urvalet i adressen", () => {
    const uuid = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";
    it("går fram och tillbaka", () => {
        const fraga = {
            samverkansform: "FINSAM",
            budgetar: "2010",
            lan: "03",
            kon: "KVINNA",
            insatsId: uuid,
        };
        expect(fragaAv(urvalAv(fraga, 2026))).toEqual(fraga);
    });
    it("får ett förval för det som saknas, och släpper det som inte kan menas, men byter inte år", () => {
        const skrap = {
            samverkansform: "X",
            budgetar: "1850",
            lan: "xx",
            kon: "?",
            organisationId: "1",
            annat: "a",
        };
        expect(urvalAv(skrap, 2026)).toEqual({
            samverkansform: "FINSAM",
            budgetar: "1850",
        });
        expect(urvalAv({ budgetar: "i fjol" }, 2026)["budgetar"]).toBe(
            "i fjol",
        );
        expect(urvalAv({}, 2025)).toEqual({
            samverkansform: "FINSAM",
            budgetar: "2025",
        });
    });
    it("har flera värden, månader och den senaste tiden som de står", () => {
        const flera = { lan: ["03", "14"], fran: "2010-03", till: "2010-06" };
        expect(fragaAv(urvalAv(flera, 2026))).toEqual({
            samverkansform: "FINSAM",
            ...flera,
        });
        expect(urvalAv({ period: "senaste", budgetar: "2010" }, 2026)).toEqual({
            samverkansform: "FINSAM",
            period: "senaste",
        });
    });
    it("följer med till filen och till ett program", () => {
        const u = urvalAv({ lan: ["03", "14"] }, 2010);
        const vag = rapportvag({ grupp: "deltagarrapport", rapport: "alder" });
        expect(filadress(vag, u, "excel-sv")).toBe(
            "/v1/rapporter/deltagarrapport/alder?samverkansform=FINSAM&budgetar=2010&lan=03&lan=14&format=excel-sv",
        );
        expect(apianrop(vag, u, "https://sus")).toContain(
            '"https://sus/v1/rapporter/deltagarrapport/alder?samverkansform=FINSAM&budgetar=2010&lan=03&lan=14"',
        );
        const format = [
            { namn: "json", etikett: "JSON" },
            { namn: "xlsx", etikett: "Excel" },
        ];
        expect(filerAv(vag, u, format).map((f) => f.filnamn)).toEqual([
            "sus-alder-2010-xlsx.xlsx",
            "sus-alder-2010-json.json",
        ]);
        expect(
            filerAv(
                vag,
                urvalAv({ fran: "2010-03", till: "2010-06" }, 2010),
                format,
            )[0]?.filnamn,
        ).toBe("sus-alder-2010-03--2010-06-xlsx.xlsx");
    });
});

it("en rapport heter som sin titel, utan systemets namn", () => {
    expect(rapportnamn("SUS - Deltagarrapport ålder")).toBe(
        "Deltagarrapport ålder",
    );
});

describe("tiden", () => {
    it("skrivs som i förlagan, i svensk tid", () => {
        expect(korningstid("2011-03-16T14:42:45Z")).toBe(
            "2011-03-16 kl. 15.42.45",
        );
        expect(korningstid("2011-07-16T22:02:05Z")).toBe(
            "2011-07-17 kl. 00.02.05",
        );
    });
    it("ger budgetår att välja bland, också det valda", () => {
        expect(budgetar("2006-03-01", "2005")).toEqual([
            "2006",
            "2005",
            "2004",
        ]);
        expect(budgetar("2006-03-01", "2002")).toEqual([
            "2006",
            "2005",
            "2004",
            "2002",
        ]);
    });
});

it("ett år har sina månader att välja bland", () => {
    expect(manader("2010")).toHaveLength(12);
    expect(manader("2010")[2]).toEqual({ varde: "2010-03", text: "Mars" });
});

describe("beskedet om att rapporten har kommit", () => {
    const med = (id: string, varde: number): Rapportdel => ({
        ...del,
        id,
        tal: [{ id: "antal", etikett: "", varde }],
    });
    const full = { ...rapport, delar: [med("START", 126), med("SLUT", 19)] };
    it("säger vilket år det är, och hur många", () => {
        expect(rapportbesked(full)).toBe(
            "Rapporten för 2010 visas: 126 startade, 19 avslutade.",
        );
    });
    it("säger att den är tom", () => {
        expect(
            rapportbesked({
                ...rapport,
                delar: [med("START", 0), med("SLUT", 0)],
            }),
        ).toBe(
            "Rapporten för 2010 är tom: ingen har startat eller slutat med det här urvalet.",
        );
    });
});

it("beskedet har periodens månader, och bara det som delarna räknar", () => {
    expect(
        rapportbesked({
            ...rapport,
            urval: {
                samverkansform: "FINSAM",
                fran: "2010-03",
                till: "2010-06",
            },
            delar: [
                {
                    ...del,
                    id: "STEG",
                    tal: [{ id: "antal", etikett: "", varde: 4 }],
                },
            ],
        }),
    ).toBe("Rapporten för 2010-03–2010-06 visas: 4 avslutade.");
});

describe("det som är fel i ett urval", () => {
    const urval = { samverkansform: "FINSAM", budgetar: "2010" } as const;
    const id = "019373a0-0000-7aaa-8bbb-000000000000";
    const problem = (status: number, pekare?: string): Problem => ({
        type: "about:blank",
        title: "",
        status,
        detail: "",
        instance: "",
        regel: "saknas",
        fel:
            pekare === undefined
                ? []
                : [{ pekare, regel: "r", meddelande: "m" }],
    });
    it.each([
        [422, "lan", urval, ["/lan m"]],
        [
            404,
            undefined,
            { ...urval, organisationId: id },
            ["/organisationId Samverkansorganisationen finns inte."],
        ],
        [
            404,
            undefined,
            { ...urval, insatsId: id },
            ["/insatsId Insatsen finns inte."],
        ],
        [
            404,
            undefined,
            { ...urval, organisationId: id, insatsId: id },
            [
                "/organisationId Samverkansorganisationen eller insatsen finns inte.",
            ],
        ],
        [503, undefined, urval, []],
        [404, undefined, urval, []],
    ])("sägs vid fältet: %i %s", (status, pekare, u, vantat) => {
        expect(
            urvalsfelI(problem(status, pekare), u).map(
                (f) => `${f.pekare} ${f.meddelande}`,
            ),
        ).toEqual(vantat);
    });
});

it.each([
    [1, "26rem"],
    [7, "26rem"],
    [14, "46rem"],
])("ett diagram med %i kategorier har rum för dem alla: %s", (antal, hojd) => {
    expect(diagramhojd(antal)).toBe(hojd);
});
