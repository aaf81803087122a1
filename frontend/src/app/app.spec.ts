import { afterEach, describe, expect, it } from "vitest";
import type { Roll } from "@/shared/api/typer";
import {
    del,
    finns,
    lagrat,
    paSidan,
    skriv,
    tryck,
} from "@/shared/prov/handgrepp";
import { type Sida, oppna, tills } from "@/shared/prov/oppna";
import { nej, session } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

let sida: Sida;
afterEach(() => sida.bort());

const insats = `/insatser/${v.ider.insats}`;

const duAr: Partial<Record<Roll, string>> = {
    DELTAGARANSVARIG: "Du är deltagaransvarig.",
    INSATSANSVARIG: "Du är insatsansvarig.",
    SAMVERKANSADMINISTRATOR: "Du är samverkansadministratör.",
    SUSRAPPORT: "Din behörighet är SUS-rapport.",
    SYSTEMFORVALTARE: "Du är systemförvaltare.",
};
function sidanArFor(vag: string): string {
    return vag === "/administration"
        ? "Sidan är för systemförvaltare."
        : vag === "/insatser/ny"
          ? "Sidan är för samverkansadministratörer."
          : "Sidan är för deltagaransvariga.";
}

describe("behörigheten", () => {
    const stangda: [Roll, string[]][] = [
        ["DELTAGARANSVARIG", ["/administration", "/insatser/ny"]],
        [
            "INSATSANSVARIG",
            [
                "/administration",
                "/deltagande",
                "/insatser/ny",
                `${insats}/registrera`,
            ],
        ],
        ["SAMVERKANSADMINISTRATOR", ["/administration", "/deltagande"]],
        ["SUSRAPPORT", ["/administration", "/deltagande", "/insatser/ny"]],
        ["SYSTEMFORVALTARE", ["/deltagande", "/insatser/ny"]],
    ];
    it.each(stangda)(
        "%s kommer inte åt andras sidor, inte heller genom deras adress",
        async (roll, vagar) => {
            sida = await oppna("/", { roll });
            for (const vag of vagar) {
                await sida.router.push(vag);
                await tills(() => del("nekad"), vag);
                expect(del("nekad")?.textContent, vag).toContain(
                    `${sidanArFor(vag)} ${duAr[roll] ?? ""}`,
                );
            }
        },
    );

    it("insatsansvarig ser insatsen men ingen deltagare", async () => {
        sida = await oppna(insats, { roll: "INSATSANSVARIG" });
        await paSidan("Arbetslivsresurs");
        await finns("inga-personuppgifter");
        expect(del("deltaganden")).toBeNull();
        expect(del("registrera")).toBeNull();
        expect(del("andra")).not.toBeNull();
        expect(
            sida.fragor.filter((f) => /deltagand|samtyck/.test(f.namn)),
        ).toEqual([]);
    });

    it("den som inte är inloggad kommer till inloggningen, med sin adress", async () => {
        sida = await oppna("/insatser?namn=a", {});
        await paSidan("Logga in i SUS");
        expect(sida.router.currentRoute.value.query["till"]).toBe(
            "/insatser?namn=a",
        );
    });
});

describe("när SUS inte går att nå", () => {
    it.each([
        ["inte svarar", () => Promise.reject(new TypeError("Failed to fetch"))],
        ["svarar 503", () => new Response("", { status: 503 })],
    ])(
        "sägs det vid start när det %s, och ett nytt försök öppnar sidan",
        async (_, fel) => {
            let svar: () => unknown = () => undefined;
            sida = await oppna("/tillganglighet", {
                svara: (f) => (f.namn === "GET /session" ? svar() : undefined),
            });
            // Another tab logs in: who that is this one does not know, as at a start.
            window.dispatchEvent(
                new StorageEvent("storage", {
                    key: "sus-inloggad",
                    newValue: "jag",
                }),
            );
            svar = fel;
            await sida.router.push("/insatser").catch(() => undefined);
            const rubrik = "SUS går inte att nå just nu";
            await paSidan(rubrik);
            await tills(() => document.title.includes(rubrik));
            const fore = sida.fragor.length;
            await tryck("forsok-igen");
            await tills(() => sida.fragor.length > fore);
            await paSidan(rubrik);
            svar = () => session("SUSRAPPORT");
            await tryck("forsok-igen");
            await paSidan("Insats");
            expect(sida.router.currentRoute.value.path).toBe("/insatser");
        },
    );

    it("kan en lista som inte kom fram hämtas igen", async () => {
        let nere = true;
        sida = await oppna("/insatser", {
            roll: "DELTAGARANSVARIG",
            svara: (f) =>
                nere && f.namn === "GET /v1/insatser"
                    ? new Response("", { status: 503 })
                    : undefined,
        });
        await finns("problem");
        nere = false;
        await tryck("forsok-igen");
        await tills(() =>
            document.body.textContent.includes("Arbetslivsresurs"),
        );
        expect(del("problem")).toBeNull();
    });
});

describe("CSRF-värdet", () => {
    const sokning = "POST /v1/deltagare-sokningar";
    const sok = async (): Promise<void> => {
        await skriv("/personnummer", v.testnummer);
        await tryck("sok");
    };

    it("byts när det är inaktuellt, och anropet görs om en gång", async () => {
        let galler = "ett";
        sida = await oppna(`${insats}/registrera`, {
            roll: "DELTAGARANSVARIG",
            svara: (f) => {
                if (f.namn === "GET /session") {
                    return session("DELTAGARANSVARIG", { csrf: galler });
                }
                return f.namn === sokning &&
                    f.huvuden.get("X-SUS-CSRF") !== galler
                    ? nej(403, "csrf")
                    : undefined;
            },
        });
        await finns("sok");
        galler = "två";
        await sok();
        await finns("traff");
        const anrop = sida.fragor.filter((f) => f.namn === sokning);
        expect(anrop.map((f) => f.huvuden.get("X-SUS-CSRF"))).toEqual([
            "ett",
            "två",
        ]);
        expect(anrop[1]?.kropp).toEqual(anrop[0]?.kropp);
    });

    it("frågas inte i det oändliga när servern alltid nekar", async () => {
        let nr = 0;
        sida = await oppna(`${insats}/registrera`, {
            roll: "DELTAGARANSVARIG",
            svara: (f) =>
                f.namn === "GET /session"
                    ? session("DELTAGARANSVARIG", { csrf: String(nr++) })
                    : f.namn === sokning
                      ? nej(403, "csrf")
                      : undefined,
        });
        await finns("sok");
        await sok();
        await finns("problem");
        expect(del("problem")?.dataset["regel"]).toBe("csrf");
        expect(sida.fragor.filter((f) => f.namn === sokning)).toHaveLength(2);
    });
});

it("demons telefon, som läser om sig själv, är inget livstecken", async () => {
    sida = await oppna("/demo", {
        svara: (f) => (f.namn === "GET /demo/sms" ? { data: [] } : undefined),
    });
    await tills(() => sida.fragor.some((f) => f.namn === "GET /demo/sms"));
    expect(lagrat()).not.toContain("sus-aktiv");
});
