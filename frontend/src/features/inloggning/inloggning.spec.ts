import { afterEach, describe, expect, it, vi } from "vitest";
import {
    av,
    del,
    felen,
    finns,
    paSidan,
    skriv,
    tryck,
    utanFel,
    varde,
} from "@/shared/prov/handgrepp";
import { type Sida, oppna, tills } from "@/shared/prov/oppna";
import { type Svarare, nej, nekade, session } from "@/shared/prov/server";
import * as v from "@/shared/prov/varlden";

const forsta = "POST /session/inloggningar";
const andra = "POST /session/inloggningar/…/koder";

const utmaning = {
    id: v.ider.insats,
    giltigTill: `${v.idag}T08:10:00Z`,
};

let sida: Sida;
async function oppnaDen(
    svara: Svarare = () => undefined,
    vag = "/logga-in",
): Promise<void> {
    sida = await oppna(vag, { svara });
    await finns("skicka-kod");
}
async function fyll(personnummer = v.testnummer): Promise<void> {
    await skriv("/personnummer", personnummer);
    await skriv("/huvudlosenord", "ett-losenord");
    await tryck("skicka-kod");
}
afterEach(() => sida.bort());

describe("inloggningen", () => {
    it("säger vad som är fel i sina två steg", async () => {
        await oppnaDen((f) => (f.namn === forsta ? utmaning : undefined));
        await tryck("skicka-kod");
        await felen(
            ["/personnummer", "Personnummer", "Fyll i personnumret."],
            ["/huvudlosenord", "Masterlösenord", "Fyll i masterlösenordet."],
        );
        await fyll("19770117-2393");
        expect(sida.fragor.some((f) => f.namn === forsta)).toBe(false);
        await felen([
            "/personnummer",
            "Personnummer",
            "Kontrollsiffran i personnumret stämmer inte.",
        ]);
        utanFel("/huvudlosenord");
        await skriv("/personnummer", "19770117-2392");
        utanFel("/personnummer");
        await tryck("skicka-kod");
        await finns("logga-in");
        expect(document.activeElement?.id).toBe("falt-kod");
        await tryck("logga-in");
        await felen([
            "/kod",
            "Engångskod",
            "Fyll i de sex siffrorna ur sms:et.",
        ]);
        await skriv("/kod", "123 456");
        utanFel("/kod");
    });

    it("sänder numret som det klistrades in, vilka skiljetecken det än hade", async () => {
        const [dag, sista] = [v.testnummer.slice(0, 8), v.testnummer.slice(8)];
        await oppnaDen((f) =>
            f.namn === forsta ? nej(422, "prov") : undefined,
        );
        for (const text of [
            `${dag}\u2013${sista}`,
            `${dag}\u2212${sista}`,
            `${dag}\u00a0${sista}`,
            `\u200e${dag}\u200b-${sista}\ufeff`,
        ]) {
            await fyll(text);
            expect(sida.sant(forsta)).toMatchObject({
                personnummer: v.testnummer,
            });
        }
    });

    it("låter servern säga att födelsen inte har varit, när dagen i datorn är fel", async () => {
        const fel = av("personnummer", "personnummer-framtid", "/personnummer");
        vi.useFakeTimers({ toFake: ["Date"], now: new Date("2029-01-01") });
        try {
            await oppnaDen((f) =>
                f.namn === forsta ? nekade(fel) : undefined,
            );
            await fyll("202805052384");
            await felen(["/personnummer", "Personnummer", fel.meddelande]);
            expect(varde("/huvudlosenord")).toBe("ett-losenord");
        } finally {
            vi.useRealTimers();
        }
    });

    it("säger rakt varför man inte kommer in, och när nästa försök får göras", async () => {
        for (const [status, regel, sagt] of [
            [
                403,
                "ingen-giltig-behorighet",
                "Du har ingen behörighet som gäller i dag.",
            ],
            [401, "inloggning-felaktig", "Kontrollera båda."],
            [429, "for-manga-forsok", "Försök igen om 14 minuter."],
        ] as const) {
            await oppnaDen((f) =>
                f.namn === forsta
                    ? nej(status, regel, {
                          detail: "Du har ingen behörighet som gäller i dag.",
                          huvuden: { "Retry-After": "840" },
                      })
                    : undefined,
            );
            await fyll();
            expect(del("problem")?.dataset["regel"]).toBe(regel);
            expect(del("problem")?.textContent).toContain(sagt);
            expect(document.querySelector("#falt-kod")).toBeNull();
            expect(varde("/huvudlosenord")).toBe("ett-losenord");
            if (status !== 429) {
                await sida.bort();
            }
        }
    });

    it.each(["//ond.example/", "https://ond.example/", "/\\ond.example"])(
        "leder aldrig till en annan plats: %s",
        async (till) => {
            let inne = false;
            await oppnaDen(
                (f) => {
                    switch (f.namn) {
                        case forsta:
                            return utmaning;
                        case andra:
                            inne = true;
                            return new Response(null, { status: 204 });
                        case "GET /session":
                            return inne ? session("SUSRAPPORT") : undefined;
                        default:
                            return undefined;
                    }
                },
                `/logga-in?till=${encodeURIComponent(till)}`,
            );
            await fyll();
            await skriv("/kod", "123456");
            await tryck("logga-in");
            await paSidan("Välkommen till SUS");
            expect(window.location.href).toBe(`${window.location.origin}/`);
        },
    );

    it("behåller adressen dit man var på väg, och dess svar", async () => {
        let inne = true;
        sida = await oppna(
            `/insatser/${v.ider.insats}/registrera/in/${v.ider.samtycke}`,
            {
                roll: "DELTAGARANSVARIG",
                svara: (f) => {
                    if (f.namn === andra) {
                        inne = true;
                        return new Response(null, { status: 204 });
                    }
                    if (f.namn === forsta) {
                        return utmaning;
                    }
                    return inne ? undefined : nej(401, "token-ogiltig");
                },
            },
        );
        await finns("inregistrering");
        await skriv("/arOffentligForsorjning", "11");
        inne = false;
        await sida.router.push("/insatser");
        await finns("utgangen");
        expect(del("utgangen")?.textContent).toContain(
            "Det du hade fyllt i finns kvar",
        );
        await fyll();
        await skriv("/kod", "123456");
        await tryck("logga-in");
        await tills(() => sida.router.currentRoute.value.path === "/insatser");
        await sida.router.push(
            `/insatser/${v.ider.insats}/registrera/in/${v.ider.samtycke}`,
        );
        await finns("inregistrering");
        expect(varde("/arOffentligForsorjning")).toBe("11");
    });
});
