import { afterEach, describe, expect, it, vi } from "vitest";
import {
    del,
    faltfel,
    finns,
    lagrat,
    paSidan,
    skriv,
    tryck,
} from "@/shared/prov/handgrepp";
import { type Sida, lugn, oppna, tills } from "@/shared/prov/oppna";
import { type Svarare, lista, nej } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

let sida: Sida;
async function oppnaDen(vag: string, svara?: Svarare): Promise<void> {
    sida = await oppna(vag, {
        roll: "DELTAGARANSVARIG",
        ...(svara ? { svara } : {}),
    });
}
afterEach(async () => {
    vi.restoreAllMocks();
    await sida.bort();
});

const insats = `/insatser/${v.ider.insats}`;

describe("insatserna", () => {
    it("bryr sig inte om det som adressen inte kan mena", async () => {
        await oppnaDen("/insatser?lage=foo&vilka=foo");
        await tills(() => del("antal")?.textContent.includes("1 insats"));
        const varden = [
            ...document.querySelectorAll<HTMLSelectElement>("main select"),
        ].map((s) => s.value);
        expect(varden).toContain("pagaende");
        expect(varden).toContain("mina");
    });
});

describe("listan som fil", () => {
    it("har det som listan är avgränsad till, och hela listan", async () => {
        await oppnaDen("/insatser?vilka=mina&sort=-namn&sida=1");
        await finns("fil-xlsx");
        const lank = del("fil-xlsx") as HTMLAnchorElement;
        expect(lank.getAttribute("href")).toBe(
            "/v1/insatser?sort=-namn&mina=true&pagaende=true&format=xlsx",
        );
        expect(lank.download).toBe("insatser.xlsx");
    });

    it("säger när filen inte kom, och hämtar den igen", async () => {
        await oppnaDen("/insatser");
        await finns("fil-data");
        sida.svara((f) =>
            f.sok.get("format") === "data"
                ? nej(503, "databas-otillganglig")
                : undefined,
        );
        const hamtade: string[] = [];
        await tryck("fil-data");
        await tills(() =>
            document.body.textContent.includes(
                "Filen CSV, data är inte hämtad.",
            ),
        );
        URL.createObjectURL = () => "blob:x";
        vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(
            function (this: HTMLAnchorElement) {
                hamtade.push(this.download);
            },
        );
        sida.svara((f) =>
            f.sok.get("format") === "data"
                ? new Response("id\n", {
                      headers: { "Content-Type": "text/csv" },
                  })
                : undefined,
        );
        await tryck("forsok-igen");
        await tills(() => hamtade.join() === "insatser.csv");
        await lugn();
        expect(document.body.textContent).not.toContain("är inte hämtad");
    });

    it("erbjuds inte när listan är tom", async () => {
        await oppnaDen("/insatser");
        await finns("fil-xlsx");
        await sida.bort();
        sida = await oppna("/insatser", {
            roll: "DELTAGARANSVARIG",
            svara: (f) =>
                f.namn === "GET /v1/insatser" ? lista([]) : undefined,
        });
        await finns("inga");
        expect(del("fil-xlsx")).toBeNull();
    });
});

describe("insatsens deltaganden", () => {
    async function dag(id: string, text: string): Promise<void> {
        const e = document.querySelector<HTMLInputElement>(`#${id}`);
        if (!e) {
            throw new Error(`${id} finns inte`);
        }
        e.focus();
        e.value = text;
        for (const h of ["input", "change"]) {
            e.dispatchEvent(new Event(h, { bubbles: true }));
        }
        e.blur();
        await lugn();
    }
    const fel = (id: string): string =>
        document.querySelector(`#${id}-fel`)?.textContent.trim() ?? "";
    const fraga = (): Record<string, unknown> =>
        sida.router.currentRoute.value.query;

    it("säger vid fältet om en dag som de inte kan begränsas till", async () => {
        await oppnaDen(insats);
        await finns("deltaganden");
        await tills(() => document.querySelector("#startdagFran"));
        await dag("startdagFran", "2026-02-30");
        expect(fel("startdagFran")).not.toBe("");
        expect(fraga()["startdagFran"]).toBeUndefined();
        await dag("startdagFran", v.dag(-5));
        await dag("startdagTill", v.dag(-10));
        expect(fel("startdagFran")).toBe("");
        expect(fel("startdagTill")).toBe(
            "Dagen får inte vara före Startdag från.",
        );
        expect(fraga()["startdagTill"]).toBeUndefined();
        await dag("startdagTill", v.dag(-1));
        expect(fel("startdagTill")).toBe("");
        await tills(() => fraga()["startdagTill"] === v.dag(-1));
        expect(fraga()["startdagFran"]).toBe(v.dag(-5));
    });

    it("säger vad som är fel med det som söks, och söker det inklistrade numret", async () => {
        const sokning = "POST /v1/insatser/…/deltagande-sokningar";
        await oppnaDen(insats, (f) =>
            f.namn === sokning ? lista([]) : undefined,
        );
        await finns("sok-deltagande");
        for (const [text, sagt] of [
            ["", "Skriv en del av namnet, eller hela personnumret."],
            ["q", "Skriv minst två bokstäver av namnet."],
        ] as const) {
            await skriv("/namn", text);
            await tryck("sok-deltagande");
            expect(faltfel("/namn")).toBe(sagt);
        }
        await skriv("/namn", "19770117-2393");
        await tryck("sok-deltagande");
        expect(faltfel("/namn")).not.toBe("");
        expect(sida.fragor.some((f) => f.namn === sokning)).toBe(false);
        const [fodd, sista] = [v.testnummer.slice(0, 8), v.testnummer.slice(8)];
        for (const text of [
            `${fodd}\u2013${sista}`,
            `${fodd}\u2212${sista}`,
            `${fodd}\u00a0${sista}`,
            `\u200e${fodd}\u200b-${sista}\ufeff`,
        ]) {
            await skriv("/namn", text);
            await tryck("sok-deltagande");
            await tills(() => del("antal")?.textContent.includes("träff på"));
            expect(sida.sant(sokning)).toMatchObject({
                personnummer: v.testnummer,
            });
            await tryck("rensa-sokning");
        }
        expect(lagrat()).not.toContain(v.testnummer.slice(2));
    });

    it("leder till deltagarrapporten för just den insatsen", async () => {
        await oppnaDen(insats);
        await paSidan("Arbetslivsresurs");
        const lank = [...document.querySelectorAll("main a")].find((a) =>
            a.textContent.includes("Deltagarrapport för insatsen"),
        );
        expect(lank?.getAttribute("href")).toContain(
            `insatsId=${v.ider.insats}`,
        );
    });
});

describe("samverkansorganisationen", () => {
    const adress = `/samverkansorganisationer/${v.ider.organisation}`;

    it("säger när dess insatser inte kommer, och hämtar dem igen, alla hundrafemtio", async () => {
        let nere = true;
        await oppnaDen(adress, (f) => {
            if (f.namn !== "GET /v1/insatser") {
                return undefined;
            }
            if (nere) {
                return new Response("", { status: 503 });
            }
            const limit = Number(f.sok.get("limit"));
            const offset = Number(f.sok.get("offset"));
            return {
                data: Array.from(
                    { length: Math.min(limit, Math.max(0, 150 - offset)) },
                    (_, n) => ({
                        ...v.insats,
                        id: `i${offset + n}`,
                        namn: `Insats ${offset + n}`,
                    }),
                ),
                _meta: { totalRecords: 150 },
                _links: {},
            };
        });
        await finns("problem");
        nere = false;
        await tryck("forsok-igen");
        await tills(
            () => del("antal-insatser")?.textContent.trim() === "150 insatser",
        );
        expect(document.body.textContent).toContain("Insats 149");
        expect(
            document.querySelector("table caption")?.textContent.trim(),
        ).not.toBe("");
    });

    it("säger när länen inte kommer", async () => {
        let nere = true;
        await oppnaDen("/samverkansorganisationer", (f) =>
            nere && f.namn === "GET /v1/kommuner"
                ? new Response("", { status: 503 })
                : undefined,
        );
        await tills(() =>
            document.body.textContent.includes("Länen går inte att välja."),
        );
        nere = false;
        await tryck("forsok-igen");
        await tills(
            () => !document.body.textContent.includes("Länen går inte"),
        );
    });
});

describe("kvittot", () => {
    it("säger var deltagandet är registrerat, vad adressen än säger", async () => {
        const annan = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";
        const klart = (id: string): string =>
            `/insatser/${id}/registrera/klart/${v.ider.deltagande}`;
        await oppnaDen(`${klart(annan)}?slag=ut`);
        await paSidan("Registreringen är sparad");
        await tills(() =>
            del("kvitto")?.textContent.includes("Arbetslivsresurs"),
        );
        expect(
            sida.fragor
                .filter((f) => f.namn === "GET /v1/insatser/…")
                .map((f) => f.vag),
        ).toEqual([`/v1/insatser/${v.ider.insats}`]);
        await sida.router.push(`${klart(v.ider.insats)}?slag=toString`);
        await paSidan("Registreringen är sparad");
    });
});
