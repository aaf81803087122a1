import { afterEach, describe, expect, it } from "vitest";
import { ordObligatoriskt } from "@/shared/api/regler.gen";
import {
    type Fel,
    av,
    del,
    felen,
    finns,
    harFalt,
    lagrat,
    markera,
    paSidan,
    serverord,
    skriv,
    spara,
    utanFel,
    valj,
    valt,
    varde,
} from "@/shared/prov/handgrepp";
import { kodverken, okand } from "@/shared/prov/kodverk";
import { type Sida, oppna, tills } from "@/shared/prov/oppna";
import { type Svarare, lista, nej, nekade } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

const registrera = `/insatser/${v.ider.insats}/registrera`;
const adress = `${registrera}/ut/${v.ider.deltagande}`;
const rattelse = `${registrera}/ratta-ut/${v.ider.avslutat}`;
const post = "POST /v1/deltaganden/…/utregistreringar";

let sida: Sida;
async function oppnaDen(svara?: Svarare, vag = adress): Promise<void> {
    sida = await oppna(vag, {
        roll: "DELTAGARANSVARIG",
        ...(svara ? { svara } : {}),
    });
    await finns("utregistrering");
}
afterEach(() => sida.bort());

function svarar(svar: () => unknown): Svarare {
    return (f) =>
        f.namn === post && !f.sok.has("provkor") ? svar() : undefined;
}

const anledning = (sagt: string): Fel => [
    "/avslutsanledning",
    "Avslutsanledning",
    sagt,
];

describe("utregistreringens fält", () => {
    it("sägs, går bort när de är rättade, och frågar efter läget efter bara när det mäts", async () => {
        await oppnaDen();
        await spara();
        await felen(
            ["/avslutningsdag", "Avslutningsdag", ordObligatoriskt],
            anledning("Välj en avslutsanledning."),
        );
        expect(harFalt("/efter/arbetar")).toBe(false);
        await valj("/avslutsanledning", "AVSLUT_ENLIGT_PLAN");
        utanFel("/avslutsanledning");
        await skriv("/avslutningsdag", v.dag(-30));
        await markera("/efter/arbetar", "ja");
        await markera("/efter/studerar", "ja");
        await spara();
        await felen(
            [
                "/avslutningsdag",
                "Avslutningsdag",
                serverord("deltagande", "avslutning-fore-start"),
            ],
            [
                "/efter/forsorjning",
                "Försörjning efter",
                "Välj minst en försörjning.",
            ],
            [
                "/efter/arbetssokande",
                "Aktivt arbetssökande efter",
                "Svara ja eller nej.",
            ],
            [
                "/efter/arbetarProcent",
                "Arbetets omfattning efter",
                "Ange omfattningen i procent.",
            ],
            [
                "/efter/arbetstyper",
                "Typ av arbete efter",
                "Välj minst en typ av arbete.",
            ],
            [
                "/efter/studerarProcent",
                "Studiernas omfattning efter",
                "Ange omfattningen i procent.",
            ],
        );
        await skriv("/avslutningsdag", v.dag(-1));
        await markera("/efter/forsorjning", "SA");
        await markera("/efter/arbetssokande", "ja");
        await markera("/efter/arbetar", "nej");
        await skriv("/efter/studerarProcent", "25");
        utanFel(
            "/avslutningsdag",
            "/efter/forsorjning",
            "/efter/arbetssokande",
            "/efter/studerarProcent",
        );
        await spara();
        await paSidan("Utregistreringen är sparad");
        expect(sida.sant(post)).toEqual({
            avslutningsdag: v.dag(-1),
            avslutsanledning: "AVSLUT_ENLIGT_PLAN",
            efter: {
                forsorjning: ["SA"],
                arbetssokande: true,
                arbetar: false,
                studerar: true,
                studerarProcent: 25,
            },
        });
    });

    it("säger att ett avslut utan mätning inte frågar mer", async () => {
        await oppnaDen();
        await skriv("/avslutningsdag", v.dag(-1));
        await valj("/avslutsanledning", "SJUKDOM");
        expect(del("utan-matning")).not.toBeNull();
        expect(harFalt("/efter/arbetar")).toBe(false);
        await spara();
        await paSidan("Utregistreringen är sparad");
        expect(sida.sant(post)).toEqual({
            avslutningsdag: v.dag(-1),
            avslutsanledning: "SJUKDOM",
        });
    });

    it("har inte återkallat samtycke bland anledningarna", async () => {
        await oppnaDen((f) =>
            f.sok.get("kodverk") === "AVSLUTSANLEDNING"
                ? lista(
                      okand("AVSLUTSANLEDNING", {
                          etikett: "Återkallat samtycke",
                          endastAterkallelse: true,
                      }),
                  )
                : undefined,
        );
        const val =
            document.querySelector("#falt-avslutsanledning")?.textContent ?? "";
        expect(val).toContain("Flytt");
        expect(val).not.toContain("Återkallat samtycke");
    });

    it("säger vid anledningen att den inte mäts som sidan tror", async () => {
        let fel = av("deltagande", "okand-kod", "/avslutsanledning");
        const bytt: Record<string, boolean> = {
            FLYTT: false,
            FORTSATT_REHABILITERING: true,
        };
        await oppnaDen((f) =>
            f.sok.get("kodverk") === "AVSLUTSANLEDNING"
                ? lista(
                      [
                          ...(kodverken.AVSLUTSANLEDNING ?? []),
                          ...okand("AVSLUTSANLEDNING", {
                              utanMatning: true,
                          }).slice(-1),
                      ].map((r) => ({
                          ...r,
                          utanMatning: bytt[r.kod] ?? r.utanMatning,
                      })),
                  )
                : svarar(() => nekade(fel))(f),
        );
        await skriv("/avslutningsdag", v.dag(-1));
        const nekas = async (kod: string): Promise<void> => {
            await valj("/avslutsanledning", kod);
            utanFel("/avslutsanledning");
            await spara();
            await felen(anledning(fel.meddelande));
        };
        await nekas("PROV");
        expect(valt("/avslutsanledning")).toBe("Ny kod");
        // Whether the situation after is asked follows from the reason: the reason is what to mend.
        fel = av("deltagande", "obligatoriskt", "/efter");
        await nekas("FORTSATT_REHABILITERING");
        await valj("/avslutsanledning", "FLYTT");
        await markera("/efter/forsorjning", "SA");
        for (const fraga of ["arbetssokande", "arbetar", "studerar"]) {
            await markera(`/efter/${fraga}`, "nej");
        }
        fel = av("deltagande", "efter-utan-matning", "/efter");
        await nekas("FLYTT");
    });

    it("behåller dagen när startdagen har rättats förbi den", async () => {
        let svar: unknown = nekade(
            av("deltagande", "avslutning-fore-start", "/avslutningsdag"),
        );
        await oppnaDen(svarar(() => svar));
        await skriv("/avslutningsdag", v.dag(-6));
        await valj("/avslutsanledning", "FLYTT");
        await spara();
        await felen([
            "/avslutningsdag",
            "Avslutningsdag",
            serverord("deltagande", "avslutning-fore-start"),
        ]);
        expect(varde("/avslutningsdag")).toBe(v.dag(-6));
        svar = undefined;
        await skriv("/avslutningsdag", v.dag(-2));
        utanFel("/avslutningsdag");
        await spara();
        await finns("kvitto");
    });

    it("behöver ett skäl när de rättas", async () => {
        await oppnaDen(undefined, rattelse);
        await spara();
        await felen([
            "/skal",
            "Varför rättas uppgiften?",
            "Skriv kort varför uppgiften rättas.",
        ]);
        await skriv("/skal", "Fel");
        utanFel("/skal");
    });
});

it("med det återkallade samtycket går det som skrevs för utregistreringen", async () => {
    await oppnaDen(svarar(() => nej(409, "aterkallat")));
    await skriv("/avslutningsdag", v.dag(-1));
    await valj("/avslutsanledning", "FLYTT");
    window.dispatchEvent(new Event("pagehide"));
    expect(lagrat()).toContain(v.deltagande.samtyckeId);
    await spara();
    expect(del("problem")?.dataset["regel"]).toBe("aterkallat");
    expect(lagrat()).not.toContain(v.deltagande.samtyckeId);
});

it("«Nästa i listan» frågar listan igen, och går förbi den som någon avslutat under tiden", async () => {
    const andra = { ...v.deltagande, id: v.ider.anvant };
    const tredje = { ...v.deltagande, id: v.ider.anonyma };
    let ute = false;
    sida = await oppna(`/insatser/${v.ider.insats}`, {
        roll: "DELTAGARANSVARIG",
        svara: (f) =>
            f.namn === "GET /v1/insatser/…/deltaganden"
                ? lista(
                      f.sok.has("sammaPerson")
                          ? []
                          : [
                                v.deltagande,
                                ute ? { ...andra, status: "AVSLUTAD" } : andra,
                                tredje,
                            ],
                  )
                : undefined,
    });
    await tills(() => document.querySelectorAll("tbody tr").length === 3);
    await sida.router.push(adress);
    await finns("utregistrering");
    await skriv("/avslutningsdag", v.dag(-1));
    await valj("/avslutsanledning", "FLYTT");
    ute = true;
    await spara();
    await finns("kvitto");
    expect(del("nasta-i-listan")?.getAttribute("href")).toBe(
        `${registrera}/ut/${tredje.id}`,
    );
});
