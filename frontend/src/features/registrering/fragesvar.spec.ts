import { afterEach, describe, expect, it } from "vitest";
import type { Schema } from "@/shared/api/typer";
import {
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
    skriv,
    spara,
    tryck,
    valj,
} from "@/shared/prov/handgrepp";
import { rader } from "@/shared/prov/kontroll";
import { type Sida, oppna, tills } from "@/shared/prov/oppna";
import { type Svarare, lista, nej, nekade } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

/** The organisation's own questions, where people are registered. */

const registrera = `/insatser/${v.ider.insats}/registrera`;
const fragevag = "GET /v1/samverkansorganisationer/…/fragor";
const postIn = "POST /v1/insatser/…/deltaganden";
const postUt = "POST /v1/deltaganden/…/utregistreringar";
const putIn = "PUT /v1/deltaganden/…/inregistrering";
const stod = `/svar/${v.ider.fraga}`;
const skala = `/svar/${v.ider.skalfraga}`;

let sida: Sida;
afterEach(() => sida.bort());

async function oppnaDen(
    vart: string,
    formular: string,
    svara: Svarare = () => undefined,
    fragor: unknown = lista([v.fraga, v.skalfraga]),
): Promise<void> {
    sida = await oppna(`${registrera}/${vart}`, {
        roll: "DELTAGARANSVARIG",
        svara: (f) =>
            svara(f) ??
            (f.namn === fragevag
                ? fragor instanceof Response
                    ? fragor.clone()
                    : fragor
                : undefined),
    });
    await finns(formular);
}
const oppnaIn = (svara?: Svarare, fragor?: unknown): Promise<void> =>
    oppnaDen(`in/${v.ider.samtycke}`, "inregistrering", svara, fragor);
const oppnaUt = (svara?: Svarare, fragor?: unknown): Promise<void> =>
    oppnaDen(`ut/${v.ider.deltagande}`, "utregistrering", svara, fragor);

async function fyllIn(dag = v.dag(-3)): Promise<void> {
    await skriv("/startdag", dag);
    await valj("/utbildningsniva", "GYMNASIUM");
    await skriv("/arOffentligForsorjning", "6");
    await markera("/fore/forsorjning", "SA");
    for (const fraga of ["arbetssokande", "arbetar", "studerar"]) {
        await markera(`/fore/${fraga}`, "nej");
    }
}

async function fyllUt(): Promise<void> {
    await skriv("/avslutningsdag", v.dag(-1));
    await valj("/avslutsanledning", "AVSLUT_ENLIGT_PLAN");
    await markera("/efter/forsorjning", "SA");
    for (const fraga of ["arbetssokande", "arbetar", "studerar"]) {
        await markera(`/efter/${fraga}`, "nej");
    }
}

const svaren = (namn: string): unknown =>
    (sida.sant(namn) as Schema<"Inregistrering">).svar;

describe("kompletterande frågor i en inregistrering", () => {
    it("är de som ställs vid in, läses före Spara och sänds med den version som lästes", async () => {
        await oppnaIn();
        await fyllIn();
        expect(harFalt(skala), "ställs bara vid ut").toBe(false);
        await markera(stod, "2");
        await tryck("spara");
        expect(rader()).toContain("Stöd: Praktik");
        await tryck("spara");
        await finns("kvitto");
        expect(svaren(postIn)).toEqual([
            { fragaId: v.ider.fraga, fragaversion: 1, koder: ["2"] },
        ]);
    });

    it("behöver inte besvaras, och ett svar kan tas tillbaka", async () => {
        await oppnaIn();
        await fyllIn();
        await markera(stod, "2");
        await markera(stod, "");
        await tryck("spara");
        expect(rader()).toContain("Stöd: Inget svar");
        await tryck("spara");
        await finns("kvitto");
        expect(svaren(postIn)).toBeUndefined();
    });

    it("följer startdagen: det som inte ställs den dagen sänds inte, och det sägs", async () => {
        await oppnaIn();
        await fyllIn();
        await markera(stod, "2");
        await skriv("/startdag", v.dag(-200));
        expect(harFalt(stod)).toBe(false);
        expect(del("svar-bort")?.textContent).toContain("Svaret på «Stöd»");
        await tryck("spara");
        expect(rader().at(-1)).toMatch(/^Stöd: Sparas inte\./);
        await tryck("andra-falt-svar");
        expect(document.activeElement?.id).toBe("falt-svar");
        await skriv("/startdag", v.dag(-4));
        expect(arMarkerad(stod, "2"), "svaret stod kvar").toBe(true);
        expect(del("svar-bort")).toBeNull();
        await skriv("/startdag", v.dag(-200));
        await spara();
        await finns("kvitto");
        expect(svaren(postIn)).toBeUndefined();
    });

    it("finns kvar i utkastet, utan nummer och namn", async () => {
        await oppnaIn();
        await markera(stod, "1");
        await sida.laddaOm();
        await finns("utkast");
        expect(arMarkerad(stod, "1")).toBe(true);
        expect(lagrat()).toContain(v.ider.fraga);
        expect(lagrat()).not.toContain(v.testnummer);
        expect(lagrat()).not.toContain(v.deltagare.namn);
    });

    it("hindrar inget när de inte kan hämtas, och tappar inga svar", async () => {
        await oppnaIn();
        await fyllIn();
        await markera(stod, "1");
        sida.svara((f) =>
            f.namn === fragevag ? nej(503, "otillganglig") : undefined,
        );
        await sida.laddaOm();
        await finns("fragor-saknas");
        expect(del("fragor-saknas")?.textContent).toContain(
            "Du kan registrera ändå",
        );
        expect(del("fragor-saknas")?.textContent).toContain(
            "Svaren som redan finns står kvar.",
        );
        await tryck("spara");
        expect(rader().at(-1)).toBe("Kompletterande frågor: 1 besvarade");
        await tryck("spara");
        await finns("kvitto");
        expect(svaren(postIn)).toEqual([
            { fragaId: v.ider.fraga, fragaversion: 1, koder: ["1"] },
        ]);
    });

    it("kan hämtas igen", async () => {
        let borta = true;
        await oppnaIn((f) =>
            f.namn === fragevag && borta ? nej(503, "otillganglig") : undefined,
        );
        await finns("fragor-saknas");
        borta = false;
        await tryck("fragor-igen");
        await tills(() => harFalt(stod));
        expect(del("fragor-saknas")).toBeNull();
    });

    it("har serverns fel vid sin fråga, också när den räknas i listan", async () => {
        const fel = av(
            "fragesvar",
            "okand-kod",
            'element(p+"/koder", i)',
            "/svar/0/koder/0",
        );
        let nekas = true;
        await oppnaIn((f) =>
            f.namn === postIn && nekas ? nekade(fel) : undefined,
        );
        await fyllIn();
        await markera(stod, "1");
        await spara();
        await felen([stod, "Stöd", fel.meddelande]);
        nekas = false;
        await markera(stod, "2");
        await spara();
        await finns("kvitto");
    });

    it("läses igen när en fråga har stängts under tiden: svaret sänds inte, och det går att spara", async () => {
        let stangd = false;
        const fel = {
            pekare: "/svar/0/fragaId",
            regel: "fraga-stalls-inte",
            meddelande: "Frågan ställs inte vid den mätningen den dagen.",
        };
        await oppnaIn((f) => {
            if (f.namn === fragevag && stangd) {
                return lista([{ ...v.fraga, tillOchMed: v.dag(-10) }]);
            }
            const { svar } = (f.kropp ?? {}) as Partial<
                Schema<"Inregistrering">
            >;
            return f.namn === postIn && svar ? nekade(fel) : undefined;
        });
        await fyllIn();
        await markera(stod, "1");
        stangd = true;
        await tryck("spara");
        await tills(() => fellista().length > 0);
        expect(fellista()).toEqual([
            `Kompletterande frågor: ${fel.meddelande}`,
        ]);
        expect(harFalt(stod)).toBe(false);
        expect(del("svar-bort")?.textContent).toContain("«Stöd»");
        await spara();
        await finns("kvitto");
        expect(svaren(postIn)).toBeUndefined();
    });

    it("läses igen när en fråga har skrivits om under tiden, och svaret sänds som på den nya", async () => {
        let version = 1;
        await oppnaIn((f) => {
            if (f.namn === fragevag) {
                return lista([{ ...v.fraga, version }]);
            }
            const { svar } = (f.kropp ?? {}) as Partial<
                Schema<"Inregistrering">
            >;
            return f.namn === postIn && svar?.[0]?.fragaversion !== version
                ? nej(409, "fraga-andrad", {
                      fel: [
                          {
                              pekare: "/svar",
                              regel: "fraga-andrad",
                              meddelande: "Frågan har skrivits om.",
                          },
                      ],
                  })
                : undefined;
        });
        await fyllIn();
        await markera(stod, "1");
        version = 2;
        await tryck("spara");
        await finns("fraga-andrad");
        expect(fellista()).toEqual([
            "Kompletterande frågor: Frågan har skrivits om.",
        ]);
        expect(arMarkerad(stod, "1")).toBe(true);
        await spara();
        await finns("kvitto");
        expect(svaren(postIn)).toEqual([
            { fragaId: v.ider.fraga, fragaversion: 2, koder: ["1"] },
        ]);
    });
});

describe("kompletterande frågor i en utregistrering", () => {
    it("ställs bara när det mäts, och läses bredvid svaret vid start", async () => {
        let ute = false;
        await oppnaUt((f) => {
            ute ||= f.namn === postUt && !f.sok.has("provkor");
            const inregistrering = {
                ...v.inregistrering,
                svar: [{ fragaId: v.ider.fraga, koder: ["1"] }],
            };
            return f.namn === "GET /v1/deltaganden/…" && !ute
                ? { ...v.deltagande, inregistrering }
                : undefined;
        });
        expect(harFalt(skala)).toBe(false);
        await fyllUt();
        await markera(skala, "5");
        expect(
            document.querySelector(`#falt-svar-${v.ider.fraga}`)?.textContent,
        ).toContain("Vid start: Samtal");
        await tryck("spara");
        expect(rader().slice(-2)).toEqual([
            "Stöd: Inget svar",
            "Framtid: 5 – Stor",
        ]);
        await tryck("spara");
        await paSidan("Utregistreringen är sparad");
        expect(svaren(postUt)).toEqual([
            { fragaId: v.ider.skalfraga, fragaversion: 1, tal: 5 },
        ]);
    });

    it.each(["FLYTT", "FELREGISTRERING"])(
        "ställs inte vid %s, och inget svar sänds",
        async (anledning) => {
            await oppnaUt();
            await fyllUt();
            await markera(skala, "5");
            await valj("/avslutsanledning", anledning);
            expect(harFalt(skala)).toBe(false);
            expect(del("svar-bort")).toBeNull();
            await tryck("spara");
            expect(rader()).toHaveLength(2);
            await tryck("spara");
            await paSidan(/är sparad/);
            expect(svaren(postUt)).toBeUndefined();
        },
    );
});

describe("kompletterande frågor i en rättelse", () => {
    const besvarat: Svarare = (f) =>
        f.namn === "GET /v1/deltaganden/…"
            ? {
                  ...v.deltagande,
                  inregistrering: {
                      ...v.inregistrering,
                      svar: [{ fragaId: v.ider.fraga, koder: ["1"] }],
                  },
              }
            : undefined;
    const vag = `ratta-in/${v.ider.deltagande}`;

    it("har de svar som gavs, och ett annat svar är en rättelse", async () => {
        await oppnaDen(vag, "inregistrering", besvarat);
        expect(arMarkerad(stod, "1")).toBe(true);
        await markera(stod, "2");
        await skriv("/skal", "Fel svar");
        await spara();
        await finns("kvitto");
        expect(svaren(putIn)).toEqual([
            { fragaId: v.ider.fraga, fragaversion: 1, koder: ["2"] },
        ]);
    });

    it("tar bort ett svar", async () => {
        await oppnaDen(vag, "inregistrering", besvarat);
        await markera(stod, "");
        await skriv("/skal", "Ville inte svara");
        await spara();
        await finns("kvitto");
        expect(svaren(putIn)).toEqual([]);
    });

    it("nämner inte svaren när frågorna inte kan hämtas", async () => {
        await oppnaDen(vag, "inregistrering", (f) =>
            f.namn === fragevag ? nej(503, "otillganglig") : besvarat(f),
        );
        await skriv("/skal", "Fel antal år");
        await spara();
        await finns("kvitto");
        expect(sida.sant(putIn)).not.toHaveProperty("svar");
    });
});
