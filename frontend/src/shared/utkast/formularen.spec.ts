import { afterEach, describe, expect, it } from "vitest";
import { banker } from "@/shared/prov/banker";
import {
    del,
    finns,
    harFalt,
    ifyllt,
    lagrat,
    skriv,
    spara,
    tom,
    tryck,
    valj,
    varde,
} from "@/shared/prov/handgrepp";
import { type Sida, oppna, tills } from "@/shared/prov/oppna";
import type { Svarare } from "@/shared/prov/server";
import { lista, nej, session } from "@/shared/prov/server";
import type { Schema } from "@/shared/api/typer";
import * as v from "@/shared/prov/varlden";

/** How a draft lives and dies in each form; what it is in itself: utkast.spec.ts. */

let sida: Sida;
afterEach(() => sida.bort());

const registrera = `/insatser/${v.ider.insats}/registrera`;
const inreg = (id: string): string => `${registrera}/in/${id}`;

/** Of these the number, or the person, is not kept: sokning.spec.ts, AterkallaIInsatsSida.spec.ts. */
const medUtkast = Object.entries(banker).filter(
    ([namn, b]) =>
        [
            "in",
            "ut",
            "rattatSamtycke",
            "insats",
            "anonyma",
            "uppdrag",
            "uppdragsslut",
            "fraga",
            "volym",
            "insatsbudget",
            "allasVolym",
            "allasBudget",
            "organisationsbudget",
            "organisation",
            "myndighet",
            "nyKod",
            "kod",
        ].includes(b.form) && namn !== "samtycket",
);

describe.each(medUtkast)("utkastet av %s", (_, bank) => {
    it("överlever en omladdning, och töms till det som stod från början", async () => {
        sida = await oppna(bank.vag, {
            ...(bank.roll === undefined ? {} : { roll: bank.roll }),
            ...(bank.svara === undefined ? {} : { svara: bank.svara }),
        });
        await bank.fram();
        const fran = ifyllt();
        await bank.fyll();
        const klart = ifyllt();
        const tillagt = del("tillagda")?.textContent;
        await sida.laddaOm();
        await bank.fram();
        await finns("utkast");
        expect(ifyllt()).toEqual(klart);
        expect(del("tillagda")?.textContent).toBe(tillagt);
        await tom();
        await tills(() => del("utkast") === null);
        expect(ifyllt()).toEqual(fran);
        expect(del("tillagda")).toBeNull();
        expect(lagrat()).not.toContain("sus-utkast:");
    });
});

/** With the names that the register of agencies has, and since when each takes part. */
function organisationen(k: object): object {
    const sparad: Partial<Schema<"NySamverkansorganisation">> = { ...k };
    delete sparad.gallerFran;
    const { startdatum } = { ...v.organisation, ...sparad };
    const rader = (
        sparad.ingaendeOrganisationer ?? v.organisation.ingaendeOrganisationer
    ).map((i) => ({
        namn: "Uppsala kommun",
        typ: "KOMMUN",
        giltigFran: startdatum,
        ...i,
    }));
    return { ...v.organisation, ...sparad, ingaendeOrganisationer: rader };
}

/** What is corrected where each form stands: who asks for it, and how it stands when the body is saved. */
const rattas: Record<
    string,
    [las: string, star: (kropp: object, version: number) => object]
> = {
    "PUT /v1/deltaganden/…/inregistrering": [
        "GET /v1/deltaganden/…",
        (k) => ({
            ...v.deltagande,
            inregistrering: { ...v.inregistrering, ...k },
        }),
    ],
    "PUT /v1/deltaganden/…/utregistrering": [
        "GET /v1/deltaganden/…",
        (k) => ({
            ...v.avslutat,
            utregistrering: { ...v.utregistrering, ...k },
        }),
    ],
    "PUT /v1/samtycken/…": [
        "GET /v1/samtycken/…",
        (k) => ({ ...v.samtycke, ...k }),
    ],
    "PUT /v1/insatser/…": [
        "GET /v1/insatser/…",
        (k) => ({ ...v.insats, ...k }),
    ],
    "PUT /v1/samverkansorganisationer/…": [
        "GET /v1/samverkansorganisationer/…",
        organisationen,
    ],
    "PUT /v1/myndigheter/…": [
        "GET /v1/myndigheter/…",
        (k) => ({ ...v.myndighet, ...k }),
    ],
    "PUT /v1/kodverk/AVSLUTSANLEDNING/koder/SJUKDOM": [
        "GET /v1/kodverk/AVSLUTSANLEDNING/koder/SJUKDOM",
        (k: { gallerFran?: string }) => {
            const { gallerFran, ...rad } = k;
            const [forr] = v.kod.rader;
            return {
                ...v.kod,
                rader: [
                    forr,
                    { ...forr, ...rad, giltigFran: gallerFran ?? "2004-01-01" },
                ],
            };
        },
    ],
    "PUT /v1/anonyma/…": [
        "GET /v1/insatser/…/anonyma",
        (k) => ({ ...v.anonyma, ...k }),
    ],
    "PUT /v1/fragor/…": [
        "GET /v1/samverkansorganisationer/…/fragor",
        (k: { alternativ?: string[] }) => ({
            ...v.fraga,
            ...k,
            // Sent by their labels, read with the codes that the server gave them.
            alternativ:
                k.alternativ?.map((etikett, n) => ({
                    kod: String(n + 1),
                    etikett,
                })) ?? v.fraga.alternativ,
        }),
    ],
    "PUT /v1/insatser/…/volymer/2026": [
        "GET /v1/insatser/…/volymer/2026",
        (k) => ({ ...v.volym, ...k }),
    ],
    "PUT /v1/insatser/…/budgetar/2026": [
        "GET /v1/insatser/…/budgetar/2026",
        (k) => ({ ...v.insatsbudget, ...k }),
    ],
    "PUT /v1/samverkansorganisationer/…/budgetar/2026": [
        "GET /v1/samverkansorganisationer/…/budgetar/2026",
        (k) => ({ ...v.organisationsbudget(), ...k }),
    ],
    "alla insatsers volym": [
        "GET /v1/samverkansorganisationer/…/budgetar/2026",
        (k, version) =>
            v.raknandeBudget({
                volym: {
                    antalKvinnor: 40,
                    antalMan: 31,
                    uppgiftSaknas: 0,
                    ...k,
                    version,
                },
            }),
    ],
    "alla insatsers budget": [
        "GET /v1/samverkansorganisationer/…/budgetar/2026",
        (k: Partial<Schema<"NyInsatsbudget">>, version) => {
            const [post] = k.poster ?? [];
            return v.raknandeBudget({
                budgetversion: version,
                ...(post === undefined
                    ? {}
                    : {
                          planeratAntal: k.planeratAntal ?? 0,
                          insatskostnader: {
                              budget: post.budget,
                              utfall: post.utfall ?? "0.00",
                          },
                      }),
            });
        },
    ],
    "PUT /v1/uppdrag/…": [
        "GET /v1/insatser/…/uppdrag",
        (k) => ({ ...v.uppdrag, ...k }),
    ],
};

/** Of whom it is, as the bank says; and what was answered before, unless it is corrected. */
function medBankens(nu: object, svar: unknown): object {
    const { deltagare, mognadsbedomning } = (svar ?? {}) as Partial<
        typeof v.samtycke
    >;
    return {
        ...(mognadsbedomning === undefined ? {} : { mognadsbedomning }),
        ...nu,
        ...(deltagare === undefined ? {} : { deltagare }),
    };
}

/** What the page says of what was done. */
function sagt(): string {
    return document.querySelector("main")?.textContent ?? "";
}

describe.each(medUtkast.filter(([, b]) => b.anrop.startsWith("PUT")))(
    "rättelsen, %s,",
    (namn, bank) => {
        let version = 1;
        let sparat: object = {};
        /** The next answer to what is sent is lost on its way. */
        let tappas = false;

        const svara: Svarare = (f) => {
            const [las, star] = rattas[namn] ??
                rattas[bank.anrop] ?? ["", () => ({})];
            if (f.namn === bank.anrop) {
                if (f.huvuden.get("If-Match") !== `"${String(version)}"`) {
                    return nej(412, "foraldrad");
                }
                version++;
                sparat = f.kropp as object;
                if (tappas) {
                    tappas = false;
                    throw new TypeError("Failed to fetch");
                }
            }
            const svar = bank.svara?.(f);
            if (f.namn !== las) {
                return svar;
            }
            // What the form has besides, its bank says.
            const nu = star(sparat, version);
            return /(anonyma|uppdrag|fragor)$/.test(las)
                ? lista([{ ...nu, version }])
                : { ...medBankens(nu, svar), version };
        };

        async function fyllDen(): Promise<void> {
            version = 1;
            sparat = {};
            tappas = false;
            sida = await oppna(bank.vag, {
                ...(bank.roll === undefined ? {} : { roll: bank.roll }),
                svara,
            });
            await bank.fram();
            await bank.fyll();
        }

        it("skriver inte över det en annan har ändrat under tiden utan att varna", async () => {
            await fyllDen();
            const mitt = ifyllt();
            version = 2;
            await sida.laddaOm();
            await bank.fram();
            await finns("utkast-foraldrat");
            expect(del("utkast-foraldrat")?.textContent).toContain(
                "har ändrats sedan du började. Någon annan kan ha gjort det, eller du själv",
            );
            expect(del("skillnad")).not.toBeNull();
            expect(del("utkast")).toBeNull();
            expect(ifyllt()).toEqual(mitt);
            await tom();
            await tills(() => del("utkast-foraldrat") === null);
            expect(ifyllt()).not.toEqual(mitt);
        });

        it("är sparad när svaret på den inte kom fram, och den sänds igen", async () => {
            await fyllDen();
            tappas = true;
            await spara();
            await finns("problem");
            await spara();
            await tills(() => del("problem") === null);
            await tills(() => /spara[dt]|slutar/.test(sagt()));
            expect(version).toBe(2);
            expect(lagrat()).not.toContain("sus-utkast:");
        });

        it("sägs vara sparad av den som kommer tillbaka till den", async () => {
            await fyllDen();
            tappas = true;
            await spara();
            await finns("problem");
            await sida.laddaOm();
            await bank.fram();
            await finns("utkast-sparat");
            expect(del("skillnad")).toBeNull();
            await tom();
            expect(lagrat()).not.toContain("sus-utkast:");
        });

        it("visar det som står nu bredvid det ifyllda, när det inte är detsamma", async () => {
            await fyllDen();
            version = 2;
            await spara();
            await finns("utkast-foraldrat");
            expect(del("problem")?.dataset["regel"]).toBe("foraldrad");
            expect(
                document.querySelectorAll("[data-test=skillnad]").length,
            ).toBeGreaterThan(0);
            await spara();
            await tills(() => del("problem") === null);
            expect(version).toBe(3);
        });
    },
);

/** Two samtycken, each of its person. */
const andra = "019373a0-5b1a-7c3e-9f21-00000000a0a0";
const tva: Svarare = (f) =>
    f.namn === "GET /v1/samtycken/…"
        ? { ...v.samtycke, id: f.vag.split("/").at(-1) }
        : undefined;

const ar = "/arOffentligForsorjning";

async function skrivIn(id: string, text: string): Promise<void> {
    await sida.router.push(inreg(id));
    await finns("inregistrering");
    await skriv(ar, text);
}
async function hem(): Promise<void> {
    await sida.router.push("/");
    await tills(() => del("inregistrering") === null);
}

describe("utkasten", () => {
    it("av två personers inregistreringar blandas inte, och den sparades går ensam", async () => {
        sida = await oppna("/", { roll: "DELTAGARANSVARIG", svara: tva });
        await skrivIn(v.ider.samtycke, "4");
        await hem();
        await sida.router.push(inreg(andra));
        await finns("inregistrering");
        expect(varde(ar)).toBe("");
        expect(del("utkast")).toBeNull();
        await skriv(ar, "9");
        await hem();
        await tills(() => del("paborjat")?.querySelectorAll("a").length === 2);
        await sida.router.push(inreg(v.ider.samtycke));
        await finns("inregistrering");
        expect(varde(ar)).toBe("4");
        await hem();
        expect(lagrat()).toContain(andra);
    });

    it("är borta efter tolv timmar, men inte dessförinnan", async () => {
        sida = await oppna("/", { roll: "DELTAGARANSVARIG", svara: tva });
        await skrivIn(v.ider.samtycke, "6");
        await hem();
        const tolv = 12 * 3_600_000;
        const aldra = (ms: number): void => {
            for (const k of Object.keys(localStorage)) {
                if (k.startsWith("sus-utkast:")) {
                    const post = JSON.parse(
                        localStorage.getItem(k) ?? "{}",
                    ) as { sparad: number };
                    post.sparad -= ms;
                    localStorage.setItem(k, JSON.stringify(post));
                }
            }
        };
        aldra(tolv - 60_000);
        await sida.laddaOm();
        await finns("paborjat");
        aldra(60_001);
        // Within SUS, without loading anything anew.
        await sida.router.push("/tillganglighet");
        await hem();
        await tills(() => del("paborjat") === null);
        await sida.laddaOm();
        await tills(() => del("paborjat") === null);
        expect(lagrat()).not.toContain(v.ider.samtycke);
        await skrivIn(v.ider.samtycke, "6");
        await sida.router.push("/tillganglighet");
        await tills(() => del("inregistrering") === null);
        aldra(tolv + 1);
        await sida.router.push(inreg(v.ider.samtycke));
        await finns("inregistrering");
        expect(varde(ar)).toBe("");
        expect(del("utkast")).toBeNull();
    });

    it("går med samtycket vid nästa öppning, när någon annan återkallade det", async () => {
        let aterkallat = false;
        sida = await oppna("/", {
            roll: "DELTAGARANSVARIG",
            svara: (f) =>
                aterkallat && f.namn === "GET /v1/samtycken/…"
                    ? { ...v.samtycke, status: "ATERKALLAT" }
                    : aterkallat && f.namn === "GET /v1/deltaganden/…"
                      ? {
                            ...v.deltagande,
                            status: "AVSLUTAD",
                            deltagare: undefined,
                            identitetRaderad: "ATERKALLELSE",
                        }
                      : undefined,
        });
        await skrivIn(v.ider.samtycke, "6");
        await sida.router.push(`${registrera}/ut/${v.ider.deltagande}`);
        await finns("utregistrering");
        await valj("/avslutsanledning", "FLYTT");
        await hem();
        expect(lagrat()).toContain(v.ider.samtycke);
        expect(lagrat()).toContain(v.deltagande.samtyckeId);
        aterkallat = true;
        await sida.laddaOm();
        await sida.router.push(inreg(v.ider.samtycke));
        await finns("aterkallat");
        expect(lagrat()).not.toContain(v.ider.samtycke);
        await sida.router.push(`${registrera}/ut/${v.ider.deltagande}`);
        await finns("hinder");
        expect(lagrat()).not.toContain(v.deltagande.samtyckeId);
    });

    it("av en annan användare i samma webbläsare visas inte", async () => {
        const vag = `/insatser/${v.ider.insats}/andra`;
        sida = await oppna(vag, { roll: "INSATSANSVARIG" });
        await finns("insatsformular");
        await skriv("/beskrivning", "Den insatsansvarigas ord.");
        await sida.router.push("/tillganglighet");
        await tills(() => !harFalt("/beskrivning"));
        expect(lagrat()).toContain("insatsansvarigas");
        const sparat = Object.entries(localStorage);
        await sida.bort();
        for (const [k, text] of sparat) {
            localStorage.setItem(k, String(text));
        }
        const s = session("SAMVERKANSADMINISTRATOR");
        sida = await oppna(vag, {
            inloggad: { ...s, jag: { ...s.jag, id: "en-annan" } },
        });
        await finns("insatsformular");
        expect(varde("/beskrivning")).toBe("");
        expect(del("utkast")).toBeNull();
        await sida.router.push("/");
        await tills(() => del("inloggad-anvandare"));
        expect(del("paborjat")).toBeNull();
        expect(lagrat()).toContain("insatsansvarigas");
    });

    it("av en sparad registrering är borta", async () => {
        sida = await oppna(`${registrera}/ut/${v.ider.deltagande}`, {
            roll: "DELTAGARANSVARIG",
        });
        await finns("utregistrering");
        await skriv("/avslutningsdag", v.dag(-1));
        await valj("/avslutsanledning", "FLYTT");
        await sida.laddaOm();
        await finns("utkast");
        await spara();
        await finns("kvitto");
        expect(lagrat()).not.toContain("sus-utkast:");
    });

    it("står orört medan kodverken inte går att hämta", async () => {
        let nere = false;
        sida = await oppna(inreg(v.ider.samtycke), {
            roll: "DELTAGARANSVARIG",
            svara: (f) =>
                nere && f.namn === "GET /v1/kodverk"
                    ? new Response("", { status: 503 })
                    : undefined,
        });
        await finns("inregistrering");
        await skriv(ar, "4");
        await valj("/utbildningsniva", "GYMNASIUM");
        nere = true;
        await sida.laddaOm();
        await finns("problem");
        expect(del("problem")?.textContent).toContain(
            "Formuläret visas när dess val är hämtade.",
        );
        expect(del("inregistrering")).toBeNull();
        expect(lagrat()).toContain("GYMNASIUM");
        nere = false;
        await tryck("forsok-igen");
        await finns("inregistrering");
        expect(varde(ar)).toBe("4");
        expect(varde("/utbildningsniva")).toBe("GYMNASIUM");
    });
});
