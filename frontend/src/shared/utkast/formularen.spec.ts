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
import { session } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

/** How a draft lives and dies in each form; what it is in itself: utkast.spec.ts. */

let sida: Sida;
afterEach(() => sida.bort());

const registrera = `/insatser/${v.ider.insats}/registrera`;
const inreg = (id: string): string => `${registrera}/in/${id}`;

/** Of these the number, or the person, is not kept: sokning.spec.ts, AterkallaIInsatsSida.spec.ts. */
const medUtkast = Object.entries(banker).filter(
    ([namn, b]) =>
        ["in", "ut", "rattatSamtycke", "insats", "anonyma"].includes(b.form) &&
        namn !== "samtycket",
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

describe.each(medUtkast.filter(([, b]) => b.anrop.startsWith("PUT")))(
    "utkastet av %s",
    (_, bank) => {
        it("skriver inte över det en annan har ändrat under tiden utan att varna", async () => {
            let version = 1;
            const svara: Svarare = (f) => {
                const svar = bank.svara?.(f);
                const las: Record<string, object> = {
                    "GET /v1/deltaganden/…": f.vag.includes(v.avslutat.id)
                        ? v.avslutat
                        : v.deltagande,
                    "GET /v1/samtycken/…": v.samtycke,
                    "GET /v1/insatser/…": v.insats,
                };
                const bas = las[f.namn];
                return bas === undefined
                    ? svar
                    : { ...bas, ...(svar as object | undefined), version };
            };
            sida = await oppna(bank.vag, {
                ...(bank.roll === undefined ? {} : { roll: bank.roll }),
                svara,
            });
            await bank.fram();
            await bank.fyll();
            const mitt = ifyllt();
            version = 2;
            await sida.laddaOm();
            await bank.fram();
            await finns("utkast-foraldrat");
            expect(del("utkast-foraldrat")?.textContent).toContain(
                "har ändrats av någon annan sedan du började",
            );
            expect(del("utkast")).toBeNull();
            expect(ifyllt()).toEqual(mitt);
            await tom();
            await tills(() => del("utkast-foraldrat") === null);
            expect(ifyllt()).not.toEqual(mitt);
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
