import { afterEach, describe, expect, it } from "vitest";
import { ordObligatoriskt } from "@/shared/api/regler.gen";
import { datumform } from "@/shared/datum.logic";
import {
    type Fel,
    arMarkerad,
    av,
    del,
    fellista,
    felen,
    finns,
    harFalt,
    lagrat,
    markera,
    paSidan,
    serverord,
    skriv,
    spara,
    tryck,
    utanFel,
    valj,
    valt,
    varde,
} from "@/shared/prov/handgrepp";
import { kodverken, okand } from "@/shared/prov/kodverk";
import { type Sida, lugn, oppna, tills } from "@/shared/prov/oppna";
import { type Svarare, lista, nej, nekade } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

const registrera = `/insatser/${v.ider.insats}/registrera`;
const adress = `${registrera}/in/${v.ider.samtycke}`;
const rattelse = `${registrera}/ratta-in/${v.ider.deltagande}`;
const post = "POST /v1/insatser/…/deltaganden";

let sida: Sida;
async function oppnaDen(svara?: Svarare, vag = adress): Promise<void> {
    sida = await oppna(vag, {
        roll: "DELTAGARANSVARIG",
        ...(svara ? { svara } : {}),
    });
    await finns("inregistrering");
}
afterEach(() => sida.bort());

/** The save is answered so; a dry run finds nothing odd. */
function svarar(svar: () => unknown): Svarare {
    return (f) =>
        f.namn === post && !f.sok.has("provkor") ? svar() : undefined;
}

async function fyllIn(): Promise<void> {
    await skriv("/startdag", v.dag(-3));
    await valj("/utbildningsniva", "GYMNASIUM");
    await skriv("/arOffentligForsorjning", "6");
    await markera("/fore/forsorjning", "SA");
    for (const fraga of ["arbetssokande", "arbetar", "studerar"]) {
        await markera(`/fore/${fraga}`, "nej");
    }
}

const niva: Fel = [
    "/utbildningsniva",
    "Högsta avslutade utbildningsnivå",
    "Välj en utbildningsnivå.",
];
const forsorjning: Fel = [
    "/fore/forsorjning",
    "Försörjning före",
    "Välj minst en försörjning.",
];
const sokande: Fel = [
    "/fore/arbetssokande",
    "Aktivt arbetssökande före",
    "Svara ja eller nej.",
];
const typ: Fel = [
    "/fore/arbetstyper",
    "Typ av arbete före",
    "Välj minst en typ av arbete.",
];
const ar = (sagt: string): Fel => [
    "/arOffentligForsorjning",
    "Antal år med offentlig försörjning",
    sagt,
];
const omfattning = (falt: string, namn: string, sagt: string): Fel => [
    `/fore/${falt}Procent`,
    `${namn} omfattning före`,
    sagt,
];

describe("inregistreringens fält", () => {
    it("sägs alla när inget är ifyllt", async () => {
        await oppnaDen();
        await spara();
        await felen(
            ["/startdag", "Startdag", ordObligatoriskt],
            niva,
            ar(ordObligatoriskt),
            forsorjning,
            sokande,
            ["/fore/arbetar", "Förvärvsarbetar före", "Svara ja eller nej."],
            ["/fore/studerar", "Studier före", "Svara ja eller nej."],
        );
        expect(sida.fragor.some((f) => f.namn === post)).toBe(false);
    });

    it("sägs när de är fel, med följdfrågorna", async () => {
        await oppnaDen();
        await markera("/fore/arbetar", "ja");
        await markera("/fore/studerar", "ja");
        await skriv("/fore/arbetarProcent", "101");
        await skriv("/fore/studerarProcent", "0");
        await skriv("/arOffentligForsorjning", "101");
        await skriv("/startdag", v.dag(3));
        await spara();
        const procent = "Omfattningen ska vara ett heltal från 1 till 100.";
        await felen(
            [
                "/startdag",
                "Startdag",
                "Dagen får inte vara efter dagens datum.",
            ],
            niva,
            ar(
                serverord(
                    "deltagande",
                    "utanfor-granser",
                    "/arOffentligForsorjning",
                ),
            ),
            forsorjning,
            sokande,
            omfattning("arbetar", "Arbetets", procent),
            typ,
            omfattning("studerar", "Studiernas", procent),
        );
        for (const [dag, fel] of [
            ["2026-13-45", datumform],
            [
                "2001-01-01",
                "Dagen ligger utanför samverkansorganisationens tid.",
            ],
            ["2008-06-01", "Dagen ligger utanför insatsens tid."],
        ] as const) {
            await skriv("/startdag", dag);
            await spara();
            expect(fellista()[0]).toBe(`Startdag: ${fel}`);
        }
    });

    it("säger inget mer när de är rättade, och går att spara", async () => {
        await oppnaDen();
        await markera("/fore/arbetar", "ja");
        await markera("/fore/studerar", "ja");
        await spara();
        await felen(
            ["/startdag", "Startdag", ordObligatoriskt],
            niva,
            ar(ordObligatoriskt),
            forsorjning,
            sokande,
            omfattning("arbetar", "Arbetets", "Ange omfattningen i procent."),
            typ,
            omfattning(
                "studerar",
                "Studiernas",
                "Ange omfattningen i procent.",
            ),
        );
        await skriv("/startdag", v.dag(-3));
        utanFel("/startdag");
        await valj("/utbildningsniva", "GYMNASIUM");
        utanFel("/utbildningsniva");
        for (const falt of [
            "/arOffentligForsorjning",
            "/fore/arbetarProcent",
            "/fore/studerarProcent",
        ]) {
            await skriv(falt, "50");
            utanFel(falt);
        }
        for (const [falt, kod] of [
            ["forsorjning", "SA"],
            ["arbetssokande", "nej"],
            ["arbetstyper", "EGET_FORETAG"],
        ] as const) {
            await markera(`/fore/${falt}`, kod);
            utanFel(`/fore/${falt}`);
        }
        // A Nej takes what was asked of a Ja with it.
        await skriv("/fore/studerarProcent", "200");
        await markera("/fore/studerar", "nej");
        expect(harFalt("/fore/studerarProcent")).toBe(false);
        await spara();
        await finns("kvitto");
        expect(sida.sant(post)).toEqual({
            samtyckeId: v.ider.samtycke,
            startdag: v.dag(-3),
            utbildningsniva: "GYMNASIUM",
            arOffentligForsorjning: 50,
            fore: {
                forsorjning: ["SA"],
                arbetssokande: false,
                arbetar: true,
                arbetarProcent: 50,
                arbetstyper: ["EGET_FORETAG"],
                studerar: false,
            },
        });
    });

    it("«Ingen» och de andra försörjningarna släcker varandra", async () => {
        await oppnaDen();
        await markera("/fore/forsorjning", "A_KASSA", "INGEN");
        expect(arMarkerad("/fore/forsorjning", "A_KASSA")).toBe(false);
        expect(arMarkerad("/fore/forsorjning", "INGEN")).toBe(true);
    });

    it("säger när sidan låter två som utesluter varandra stå, eftersom dess kodverk är äldre än serverns", async () => {
        const fel = {
            pekare: "/fore/forsorjning",
            regel: "forsorjning-utesluter",
            meddelande: "Ingen kan inte väljas tillsammans med annan.",
        };
        let svar: unknown = undefined;
        await oppnaDen((f) =>
            f.sok.get("kodverk") === "FORSORJNING"
                ? lista(
                      (kodverken.FORSORJNING ?? []).map((r) => ({
                          ...r,
                          exklusiv: false,
                      })),
                  )
                : svarar(() => svar)(f),
        );
        await fyllIn();
        await markera("/fore/forsorjning", "INGEN");
        svar = nekade(fel);
        await spara();
        expect(sida.sant(post)).toMatchObject({
            fore: { forsorjning: ["SA", "INGEN"] },
        });
        await felen([fel.pekare, forsorjning[1], fel.meddelande]);
    });

    it("har den kod som servern inte har, tills den är rättad", async () => {
        let svar: unknown = undefined;
        await oppnaDen((f) =>
            f.sok.get("kodverk") === "UTBILDNINGSNIVA"
                ? lista(okand("UTBILDNINGSNIVA"))
                : svarar(() => svar)(f),
        );
        await fyllIn();
        await valj("/utbildningsniva", "PROV");
        const fel = av("deltagande", "okand-kod", "/utbildningsniva");
        svar = nekade(fel);
        await spara();
        await felen([fel.pekare, niva[1], fel.meddelande]);
        expect(valt("/utbildningsniva")).toBe("Ny kod");
        svar = undefined;
        await valj("/utbildningsniva", "GYMNASIUM");
        await spara();
        await finns("kvitto");
    });

    it("leder ingenstans när svaret har tagit bort fältet, och det sägs ändå", async () => {
        const fel = av(
            "sysselsattning",
            "bara-med-ja",
            'p+"/arbetstyper"',
            "/fore/arbetstyper",
        );
        let svar: unknown = nekade(fel);
        await oppnaDen(svarar(() => svar));
        await fyllIn();
        await spara();
        expect(fellista()).toEqual([]);
        expect(del("fellista")?.textContent).toContain(
            `${typ[1]}: ${fel.meddelande}`,
        );
        svar = undefined;
        await spara();
        await finns("kvitto");
    });

    it("är inget av dem när felet är samtyckets", async () => {
        const fel = av("deltagande", "samtycke-framtid", "/samtyckeId");
        await oppnaDen(svarar(() => nekade(fel)));
        await fyllIn();
        await spara();
        expect(del("fellista")?.textContent).toContain(fel.meddelande);
        expect(fellista()).toEqual([]);
    });
});

describe("stadsdelen", () => {
    const boende =
        (kommun: string): Svarare =>
        (f) =>
            f.namn === "GET /v1/samtycken/…"
                ? { ...v.samtycke, deltagare: { ...v.deltagare, kommun } }
                : undefined;
    const val = (): string[] =>
        [
            ...document.querySelectorAll<HTMLOptionElement>(
                "#falt-stadsdel option",
            ),
        ].map((o) => o.value);

    it.each([
        ["1480", "S1480_MAJORNA_LINNE", "S0180_SODERMALM"],
        ["0180", "S0180_RINKEBY_KISTA", "S1480_ANGERED"],
    ])("frågas i %s så länge den fanns", async (kommun, egen, annan) => {
        await oppnaDen(boende(kommun));
        await fyllIn();
        expect(harFalt("/stadsdel")).toBe(false); // they ended with 2020
        await skriv("/startdag", "2015-03-02");
        expect(varde("/stadsdel")).toBe("");
        expect(val()).toContain(egen);
        expect(val()).not.toContain(annan);
        await valj("/stadsdel", egen);
        await spara();
        await finns("kvitto");
        expect(sida.sant(post)).toMatchObject({ stadsdel: egen });
    });

    it("frågas inte av den som bor någon annanstans", async () => {
        await oppnaDen(boende("0380"));
        await skriv("/startdag", "2015-03-02");
        expect(harFalt("/utbildningsniva")).toBe(true);
        expect(harFalt("/stadsdel")).toBe(false);
    });
});

describe("det som servern svarar på en inregistrering", () => {
    it("sägs med egna ord och råd, vilken status det än har, och svaren står kvar", async () => {
        let svar: unknown;
        await oppnaDen(svarar(() => svar));
        await fyllIn();
        for (const [status, regel, hjalp] of [
            [400, "ogiltig-begaran", ""],
            [403, "behorighet-saknas", "Be den som beställer behörigheter"],
            [404, "saknas", "Kontrollera adressen"],
            [406, "format-saknas", ""],
            [409, "redan-oppen", "Välj Utregistrering för att avsluta"],
            [412, "foraldrad", "Dina svar står kvar"],
            [413, "for-stor", "Korta texterna"],
            [415, "medietyp", ""],
            [428, "etag-saknas", ""],
            [429, "for-manga-forsok", "Försök igen om 2 minuter"],
            [500, "internt-fel", "support"],
            [503, "folkbokforing-otillganglig", "Försök igen om några minuter"],
        ] as const) {
            svar = nej(status, regel, {
                detail: `Detalj ${status}.`,
                ...(status === 429
                    ? { huvuden: { "Retry-After": "120" } }
                    : {}),
            });
            await spara();
            const ruta = del("problem");
            expect(ruta?.getAttribute("data-regel")).toBe(regel);
            const stycken = [...(ruta?.querySelectorAll("p") ?? [])].map((p) =>
                p.textContent.trim(),
            );
            expect(stycken.shift()).toBe(`Detalj ${status}.`);
            if (status === 429 || status >= 500) {
                expect(stycken.pop()).toBe("Det du har fyllt i finns kvar.");
            }
            expect(stycken).toHaveLength(hjalp === "" ? 0 : 1);
            expect(stycken[0] ?? "").toContain(hjalp);
            expect(varde("/arOffentligForsorjning")).toBe("6");
        }
        // An answer that is no problem, and no answer at all.
        svar = new Response("<h1>502", { status: 502 });
        await spara();
        expect(del("problem")?.dataset["regel"]).toBe("otillganglig");
        expect(del("problem")?.textContent).not.toContain("<h1>");
        svar = Promise.reject(new TypeError("Failed to fetch"));
        await spara();
        expect(del("problem")?.dataset["regel"]).toBe("ingen-kontakt");
        // Nothing was lost: the next try goes through.
        svar = undefined;
        await spara();
        await finns("kvitto");
    });

    it("är att samtycket redan är använt: inget är att rätta, och vägen till deltagandet finns", async () => {
        let anvant = false;
        await oppnaDen((f) => {
            if (f.namn === "GET /v1/samtycken/…" && anvant) {
                return {
                    ...v.samtycke,
                    status: "ANVANT",
                    deltagandeId: v.ider.deltagande,
                };
            }
            return svarar(() => {
                anvant = true;
                return nej(409, "samtycke-anvant", {
                    fel: [av("deltagande", "samtycke-anvant", "/samtyckeId")],
                });
            })(f);
        });
        await fyllIn();
        await spara();
        await finns("anvant");
        expect(del("anvant")?.textContent).toContain("redan gjord");
        expect(del("anvant")?.textContent).toContain(
            "Det som är sparat är inte det du fyllde i här.",
        );
        expect(del("anvant")?.parentElement).toBe(document.activeElement);
        expect(del("fellista")).toBeNull();
        expect(harFalt("/startdag")).toBe(false);
        expect(lagrat()).not.toContain(v.ider.samtycke);
        await sida.laddaOm();
        await finns("anvant");
        expect(del("anvant")?.textContent).not.toContain("fyllde i här");
        expect(del("anvant")?.querySelector("a")?.getAttribute("href")).toBe(
            `/deltaganden/${v.ider.deltagande}`,
        );
    });

    it.each([409, 410])(
        "är att samtycket är återkallat (%d): det som skrevs för det går med det",
        async (status) => {
            let borta = false;
            await oppnaDen((f) => {
                if (f.namn === "GET /v1/samtycken/…" && borta) {
                    return { ...v.samtycke, status: "ATERKALLAT" };
                }
                return svarar(() => {
                    borta = true;
                    return nej(status, "aterkallat");
                })(f);
            });
            await fyllIn();
            window.dispatchEvent(new Event("pagehide"));
            expect(lagrat()).toContain(v.ider.samtycke);
            await spara();
            expect(del("problem")?.dataset["regel"]).toBe("aterkallat");
            expect(del("problem")?.textContent).toContain(
                "Räkna personen som anonym",
            );
            expect(lagrat()).not.toContain(v.ider.samtycke);
            await sida.laddaOm();
            await finns("aterkallat");
            expect(del("inregistrering")).toBeNull();
        },
    );
});

describe("inregistreringens rättelse", () => {
    const put = "PUT /v1/deltaganden/…/inregistrering";
    const utanSkal: Fel = [
        "/skal",
        "Varför rättas uppgiften?",
        "Skriv kort varför uppgiften rättas.",
    ];

    it("behöver ett skäl, och får inte gå förbi avslutet", async () => {
        await oppnaDen(
            (f) =>
                f.namn === "GET /v1/deltaganden/…" ? v.avslutat : undefined,
            rattelse,
        );
        await skriv("/startdag", v.dag());
        await spara();
        await felen(
            [
                "/startdag",
                "Startdag",
                serverord("deltagande", "startdag-efter-avslutning"),
            ],
            utanSkal,
        );
        expect(
            document.querySelector("#falt-skal")?.getAttribute("maxlength"),
        ).toBe("500");
        await skriv("/skal", "Fel");
        utanFel("/skal");
    });

    it("tar skälet på flera rader, och sänder det på en", async () => {
        await oppnaDen(undefined, rattelse);
        await skriv("/startdag", v.dag(-9));
        await skriv("/skal", "Fel dag\nangiven");
        await spara();
        await paSidan("Rättelsen är sparad");
        expect(sida.sant(put)).toMatchObject({
            startdag: v.dag(-9),
            skal: "Fel dag angiven",
        });
    });

    it("får ett andra försök när någon annan har rättat under tiden", async () => {
        let version = 1;
        await oppnaDen((f) => {
            if (f.namn === "GET /v1/deltaganden/…") {
                return { ...v.deltagande, version };
            }
            if (f.namn === put && f.huvuden.get("If-Match") === '"1"') {
                version = 2;
                return nej(412, "foraldrad");
            }
            return undefined;
        }, rattelse);
        await skriv("/startdag", v.dag(-12));
        await skriv("/skal", "Fel startdag");
        await spara();
        expect(del("problem")?.dataset["regel"]).toBe("foraldrad");
        expect(del("problem")?.textContent).toContain("Dina svar står kvar");
        expect(varde("/startdag")).toBe(v.dag(-12));
        await lugn();
        await spara();
        await paSidan("Rättelsen är sparad");
        expect(
            sida.fragor
                .findLast((f) => f.namn === put)
                ?.huvuden.get("If-Match"),
        ).toBe('"2"');
    });

    it("sparar inte ett skäl med personnummer i webbläsaren", async () => {
        const fel = av("falt", "innehaller-personnummer", undefined, "/skal");
        await oppnaDen(
            (f) => (f.namn === put ? nekade(fel) : undefined),
            rattelse,
        );
        await skriv("/arOffentligForsorjning", "9");
        await skriv("/skal", `Förväxlad med ${v.testnummer}`);
        await spara();
        await felen([fel.pekare, utanSkal[1], fel.meddelande]);
        window.dispatchEvent(new Event("pagehide"));
        expect(lagrat()).toContain('arOffentligForsorjning\\":\\"9\\"');
        expect(lagrat()).not.toContain(v.testnummer);
        await tryck("avbryt");
        await tills(
            () => sida.router.currentRoute.value.name !== "registrera-ratta-in",
        );
    });
});
