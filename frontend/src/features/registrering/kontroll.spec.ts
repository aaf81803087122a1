import { afterEach, describe, expect, it, vi } from "vitest";
import { natfel } from "@/shared/api/problem";
import {
    type Anrop,
    type Monterad,
    type Server,
    del,
    enter,
    falt,
    faltfel,
    fellista,
    lagrat,
    lugn,
    montera,
    nekande,
    skriv,
    tryck,
} from "@/shared/prov/montera";
import {
    arProv,
    id,
    insats,
    lista,
    rader,
    sant as santAv,
} from "@/shared/prov/kontroll";
import { lagra } from "@/shared/lagring";
import { tills } from "@/shared/prov/oppna";
import { besked, glomBesked } from "@/shared/ui/besked";
import RegistreraDeltagandeSida from "./RegistreraDeltagandeSida.vue";

const deltagande = {
    id,
    insatsId: id,
    samtyckeId: "samtycke",
    status: "PAGAENDE",
    startdag: "2026-02-01",
    inregistrering: {
        startdag: "2026-02-01",
        utbildningsniva: "GYMNASIUM",
        arOffentligForsorjning: 1,
        fore: {
            forsorjning: [],
            arbetssokande: false,
            arbetar: false,
            studerar: false,
        },
    },
    version: 1,
    deltagare: { personnummer: "197701172392", namn: "Sven Envall" },
};

const anledningar = ["FLYTT", "SJUKDOM"].map((kod) => ({
    kodverk: "AVSLUTSANLEDNING",
    kod,
    etikett: kod,
    giltigFran: "1900-01-01",
    utanMatning: true,
}));

const kort = {
    varning: "kort-tid",
    pekare: "/avslutningsdag",
    meddelande: "Deltagandet varade i högst två dagar.",
};

function las(a: Anrop): unknown {
    if (a.vag === "/kodverk") {
        return lista(
            a.params.query?.["kodverk"] === "AVSLUTSANLEDNING"
                ? anledningar
                : [],
        );
    }
    if (a.vag.includes("{deltagandeId}")) {
        return deltagande;
    }
    return a.vag === "/insatser/{insatsId}" ? insats : lista([]);
}

let sida: Monterad | undefined;

async function oppnaUt(svara: Server, fraga = ""): Promise<Monterad> {
    sida = await montera(RegistreraDeltagandeSida, {
        vag: `/insatser/${id}/registrera/ut/${id}${fraga}`,
        rutt: "/insatser/:insatsId/registrera/:slag/:deltagandeId",
        roll: "DELTAGARANSVARIG",
        server: (a) => (a.metod === "GET" ? las(a) : svara(a)),
    });
    return sida;
}

const sant = (): string[] => santAv(sida?.anrop);

function nycklar(): unknown[] {
    return (sida?.anrop ?? [])
        .filter((a) => a.metod === "POST" && !arProv(a))
        .map((a) => a.params.header?.["Idempotency-Key"]);
}

async function fyllUt(anledning = "FLYTT", dag = "2026-02-02"): Promise<void> {
    await skriv("avslutningsdag", dag);
    const val = document.querySelector<HTMLSelectElement>(
        "#falt-avslutsanledning",
    );
    if (val) {
        val.value = anledning;
        val.dispatchEvent(new Event("change", { bubbles: true }));
    }
    await lugn();
}

const rubrik = (): string =>
    document.querySelector("h1")?.textContent.trim() ?? "";
const aktuelltSteg = (): string =>
    document
        .querySelector("[aria-current=step] :not([aria-hidden])")
        ?.textContent.trim() ?? "";
const plats = (): string => sida?.router.currentRoute.value.path ?? "";
const kvittot = `/insatser/${id}/registrera/klart/${id}`;

afterEach(() => {
    sida?.bort();
    sida = undefined;
    glomBesked();
    localStorage.clear();
});

describe("kontrollen före Spara", () => {
    it("läser upp svaren, och Enter går rakt igenom", async () => {
        await oppnaUt((a) => (arProv(a) ? { varningar: [] } : deltagande));
        await enter("avslutningsdag");
        expect(sant(), "fel i fälten frågar inget").toEqual([]);
        expect(fellista()).toHaveLength(2);
        expect(document.title).toBe("Fel: Registrera ut – SUS");
        expect(rubrik()).toBe("Registrera ut");
        await fyllUt();
        await enter("avslutningsdag");
        expect(sant()).toEqual(["prov"]);
        expect(rubrik()).toBe("Kontrollera uppgifterna");
        expect(document.title).toBe("Kontrollera: registrera ut – SUS");
        expect(aktuelltSteg()).toBe("Kontrollera");
        expect(rader()).toEqual([
            "Avslutningsdag: 2026-02-02",
            "Avslutsanledning: FLYTT",
        ]);
        expect(del("varningar")).toBeNull();
        expect(document.activeElement?.textContent.trim()).toBe("Spara");
        await tryck("spara");
        expect(sant()).toEqual(["prov", "spara"]);
        expect(plats()).toBe(kvittot);
    });

    it("leder till fältet som ändras, med allt ifyllt kvar", async () => {
        await oppnaUt((a) => (arProv(a) ? { varningar: [] } : deltagande));
        await fyllUt();
        await enter("avslutningsdag");
        await tryck("andra-falt-avslutsanledning");
        expect(rubrik()).toBe("Registrera ut");
        expect(document.activeElement?.id).toBe("falt-avslutsanledning");
        expect(falt("avslutningsdag").value).toBe("2026-02-02");
        await fyllUt("SJUKDOM");
        await enter("avslutningsdag");
        expect(rader()).toContain("Avslutsanledning: SJUKDOM");
    });

    it("står där igen efter en omladdning, ur utkastet", async () => {
        await oppnaUt((a) => (arProv(a) ? { varningar: [kort] } : deltagande));
        await fyllUt();
        await enter("avslutningsdag");
        const adress = sida?.router.currentRoute.value.fullPath ?? "";
        expect(adress).toContain("steg=kontrollera");
        sida?.bort();
        await oppnaUt(
            (a) => (arProv(a) ? { varningar: [kort] } : deltagande),
            "?steg=kontrollera",
        );
        expect(rader()).toContain("Avslutningsdag: 2026-02-02");
        expect(del("varningar")?.textContent).toContain(kort.meddelande);
        await tryck("spara");
        expect(sant()).toEqual(["prov", "spara"]);
        expect(plats()).toBe(kvittot);
    });

    it("visar formuläret när utkastet inte räcker", async () => {
        await oppnaUt(() => deltagande, "?steg=kontrollera");
        expect(rubrik()).toBe("Registrera ut");
        expect(rader()).toEqual([]);
    });

    it("leder tillbaka till formuläret när servern nekar ett fält", async () => {
        await oppnaUt((a) => {
            if (arProv(a)) {
                return { varningar: [] };
            }
            throw nekande(422, "utanfor-insatsen", "Fel", [
                {
                    pekare: "/avslutningsdag",
                    regel: "utanfor-insatsen",
                    meddelande: "Dagen ligger utanför insatsen.",
                },
            ]);
        });
        await fyllUt();
        await enter("avslutningsdag");
        await tryck("spara");
        expect(rubrik()).toBe("Registrera ut");
        expect(fellista()).toEqual([
            "Avslutningsdag: Dagen ligger utanför insatsen.",
        ]);
        expect(faltfel("avslutningsdag")).toBe(
            "Dagen ligger utanför insatsen.",
        );
    });

    it("står kvar när SUS inte svarar, och går att spara igen", async () => {
        let tappat = true;
        await oppnaUt((a) => {
            if (!arProv(a) && tappat) {
                tappat = false;
                throw natfel();
            }
            return arProv(a) ? { varningar: [] } : deltagande;
        });
        await fyllUt();
        await enter("avslutningsdag");
        await tryck("spara");
        expect(rubrik()).toBe("Kontrollera uppgifterna");
        expect(document.title).toMatch(/^Fel: /);
        await tryck("spara");
        expect(sant()).toEqual(["prov", "spara", "spara"]);
        expect(new Set(nycklar()).size).toBe(1);
        expect(plats()).toBe(kvittot);
    });

    it("sparar inte av en tangent som hålls nere, eller trycks två gånger i rad", async () => {
        await oppnaUt((a) => (arProv(a) ? { varningar: [] } : deltagande));
        await fyllUt();
        await enter("avslutningsdag");
        const stoppas = (
            repeat: boolean,
            key = "Enter",
            typ = "keydown",
        ): boolean => {
            const h = new KeyboardEvent(typ, {
                key,
                repeat,
                cancelable: true,
                bubbles: true,
            });
            del("spara")?.dispatchEvent(h);
            return h.defaultPrevented;
        };
        expect(stoppas(false), "genast").toBe(true);
        expect(stoppas(false, " "), "mellanslag genast").toBe(true);
        const nu = performance.now();
        vi.spyOn(performance, "now").mockReturnValue(nu + 400);
        // Pressed too soon, let go later: that is the press that would save.
        expect(stoppas(false, " ", "keyup"), "släppt efteråt").toBe(true);
        expect(stoppas(false, " "), "mellanslag läst").toBe(false);
        expect(stoppas(false, " ", "keyup"), "släppt, läst").toBe(false);
        expect(stoppas(false), "när det kan ha lästs").toBe(false);
        expect(stoppas(true), "nedhållen").toBe(true);
        vi.restoreAllMocks();
    });
});

describe("det som är ovanligt i en utregistrering", () => {
    it("läses före Spara, och sparas som det står", async () => {
        await oppnaUt((a) => (arProv(a) ? { varningar: [kort] } : deltagande));
        await fyllUt();
        await enter("avslutningsdag");
        expect(sant()).toEqual(["prov"]);
        expect(del("varningar")?.textContent).toContain(kort.meddelande);
        expect(document.activeElement?.getAttribute("role")).toBe("group");
        expect(document.activeElement?.contains(del("varningar"))).toBe(true);
        await tryck("spara");
        expect(sant()).toEqual(["prov", "spara"]);
        expect(plats()).toBe(kvittot);
    });

    it("ändras med allt ifyllt kvar, och prövas på nytt", async () => {
        await oppnaUt((a) => (arProv(a) ? { varningar: [kort] } : deltagande));
        await fyllUt();
        await enter("avslutningsdag");
        await tryck("varningar-andra");
        expect(del("varningar")).toBeNull();
        expect(document.activeElement).toBe(falt("avslutningsdag"));
        expect(falt("avslutningsdag").value).toBe("2026-02-02");
        await fyllUt("SJUKDOM");
        await enter("avslutningsdag");
        expect(del("varningar")).not.toBeNull();
        expect(sant()).toEqual(["prov", "prov"]);
    });

    it.each([
        ["utan nät", natfel()],
        ["503", nekande(503, "otillganglig", "Tillfälligt otillgängligt.")],
        ["ett nej", nekande(409, "samtycke-anvant", "Redan gjort.")],
        [
            "ett nej till det formuläret inte har",
            nekande(409, "samtycke-anvant", "Redan gjort.", [
                {
                    pekare: "/samtyckeId",
                    regel: "samtycke-anvant",
                    meddelande: "Redan gjort.",
                },
            ]),
        ],
    ])("står inte i vägen när det inte går att fråga: %s", async (_, fel) => {
        await oppnaUt((a) => {
            if (arProv(a)) {
                throw fel;
            }
            return { ...deltagande, varningar: [kort] };
        });
        await fyllUt();
        await enter("avslutningsdag");
        await tryck("spara");
        expect(sant()).toEqual(["prov", "spara"]);
        expect(plats()).toBe(kvittot);
    });

    it("sägs där det står när ett fält nekas redan när det prövas", async () => {
        await oppnaUt(() => {
            throw nekande(409, "overlappar", "Perioden överlappar.", [
                {
                    pekare: "/avslutningsdag",
                    regel: "overlappar",
                    meddelande: "Perioden överlappar en annan.",
                },
            ]);
        });
        await fyllUt();
        await enter("avslutningsdag");
        expect(rubrik()).toBe("Registrera ut");
        expect(sant()).toEqual(["prov"]);
        expect(faltfel("avslutningsdag")).toBe("Perioden överlappar en annan.");
        // The same from a look-over that is loaded anew.
        sida?.bort();
        await oppnaUt(() => {
            throw nekande(409, "overlappar", "Perioden överlappar.", [
                {
                    pekare: "/avslutningsdag",
                    regel: "overlappar",
                    meddelande: "Perioden överlappar en annan.",
                },
            ]);
        }, "?steg=kontrollera");
        expect(rubrik()).toBe("Registrera ut");
        expect(faltfel("avslutningsdag")).toBe("Perioden överlappar en annan.");
    });

    it("kontrolleras inte när inloggningen är slut", async () => {
        await oppnaUt(() => {
            throw nekande(401, "ej-inloggad", "Logga in.");
        });
        await fyllUt();
        await enter("avslutningsdag");
        expect(sant()).toEqual(["prov"]);
        expect(rubrik()).toBe("Registrera ut");
    });

    it("ger en rad för två tryck, och samma nyckel när svaret kom bort", async () => {
        let tappat = true;
        let slapp = (): void => undefined;
        await oppnaUt(async (a) => {
            if (arProv(a)) {
                await new Promise<void>((klar) => {
                    slapp = klar;
                });
                return { varningar: [kort] };
            }
            if (tappat) {
                tappat = false;
                throw natfel();
            }
            return deltagande;
        });
        await fyllUt();
        await enter("avslutningsdag");
        await enter("avslutningsdag");
        await tryck("spara");
        expect(sant()).toEqual(["prov"]);
        slapp();
        await lugn();
        const spara = del("spara");
        spara?.click();
        spara?.click();
        await lugn();
        expect(sant()).toEqual(["prov", "spara"]);
        await tryck("spara");
        expect(sant()).toEqual(["prov", "spara", "spara"]);
        expect(new Set(nycklar()).size).toBe(1);
        expect(plats()).toBe(kvittot);
    });

    it("prövas inte igen efter en omladdning, när det redan har skickats", async () => {
        await oppnaUt((a) => {
            if (arProv(a)) {
                return { varningar: [kort] };
            }
            throw natfel();
        });
        await fyllUt();
        await enter("avslutningsdag");
        await tryck("spara");
        const fore = nycklar();
        sida?.bort();
        await oppnaUt((a) => (arProv(a) ? { varningar: [kort] } : deltagande));
        expect(falt("avslutningsdag").value).toBe("2026-02-02");
        await enter("avslutningsdag");
        await tryck("spara");
        expect(sant()).toEqual(["spara"]);
        expect(nycklar()).toEqual(fore);
        expect(plats()).toBe(kvittot);
    });

    it("gäller det som står där när svaret kommer tillbaka", async () => {
        let slapp = (): void => undefined;
        const kroppar: unknown[] = [];
        await oppnaUt(async (a) => {
            kroppar.push(a.body);
            if (arProv(a) && kroppar.length === 1) {
                await new Promise<void>((klar) => {
                    slapp = klar;
                });
            }
            return arProv(a) ? { varningar: [] } : deltagande;
        });
        await fyllUt();
        await enter("avslutningsdag");
        await fyllUt("SJUKDOM");
        slapp();
        await lugn();
        expect(rader()).toContain("Avslutsanledning: SJUKDOM");
        await tryck("spara");
        expect(sant()).toEqual(["prov", "prov", "spara"]);
        expect(kroppar.at(-1)).toMatchObject({ avslutsanledning: "SJUKDOM" });
        expect(kroppar.at(-2)).toEqual(kroppar.at(-1));
    });

    it("hindrar inte den som går medan det prövas: inget sparas, och svaren finns kvar", async () => {
        let slapp = (): void => undefined;
        await oppnaUt(async (a) => {
            if (arProv(a)) {
                await new Promise<void>((klar) => {
                    slapp = klar;
                });
            }
            return arProv(a) ? { varningar: [kort] } : deltagande;
        });
        await fyllUt();
        await enter("avslutningsdag");
        await sida?.router.push("/annat");
        slapp();
        await lugn();
        expect(sant()).toEqual(["prov"]);
        expect(sida?.router.currentRoute.value.fullPath).toBe("/annat");
        expect(lagrat()).toContain("2026-02-02");
    });
});

describe("vägarna ur ett formulär", () => {
    it("säger också på kontrollen att det inte behålls längre", async () => {
        await oppnaUt(() => ({ varningar: [] }));
        await fyllUt();
        await tryck("spara");
        expect(del("kontroll")).not.toBeNull();
        const nyckel = Object.keys(localStorage)[0] ?? "";
        localStorage.removeItem(nyckel);
        window.dispatchEvent(
            new StorageEvent("storage", { key: nyckel, newValue: null }),
        );
        await lugn();
        expect(
            del("kontroll")?.parentElement?.querySelector(
                "[data-test=utkast-borttaget]",
            )?.textContent,
        ).toContain("i en annan flik");
    });

    it("«Avbryt» frågar först när webbläsaren inget behåller, och säger inte att det finns kvar", async () => {
        const fullt = vi
            .spyOn(Storage.prototype, "setItem")
            .mockImplementation(() => {
                throw new DOMException("full", "QuotaExceededError");
            });
        await oppnaUt(() => ({ varningar: [] }));
        await fyllUt();
        await tills(() => del("avbryt") === null);
        expect(del("kasta")?.textContent.trim()).toBe("Avbryt");
        await tryck("kasta");
        await tryck("kasta-ja");
        expect(besked.value?.text ?? "").not.toContain("finns kvar");
        fullt.mockRestore();
        lagra("det-gar", "igen");
    });

    it("«Avbryt» behåller det ifyllda, och säger det där man hamnar", async () => {
        await oppnaUt(() => deltagande);
        await fyllUt();
        await tryck("avbryt");
        expect(plats()).toBe(`/deltaganden/${id}`);
        expect(besked.value?.text).toBe(
            "Dina uppgifter finns kvar. Fortsätt senare från startsidan.",
        );
        expect(lagrat()).toContain("2026-02-02");
    });

    it("«Avbryt» säger inget när inget är ifyllt", async () => {
        await oppnaUt(() => deltagande);
        expect(del("kasta")).toBeNull();
        await tryck("avbryt");
        expect(plats()).toBe(`/deltaganden/${id}`);
        expect(besked.value).toBeUndefined();
    });

    it("«Kasta utkastet» frågar först", async () => {
        await oppnaUt(() => deltagande);
        await fyllUt();
        await tryck("kasta");
        expect(document.activeElement?.getAttribute("aria-label")).toBe(
            "Kasta det du har fyllt i?",
        );
        await tryck("kasta-nej");
        expect(document.activeElement).toBe(del("kasta"));
        expect(falt("avslutningsdag").value).toBe("2026-02-02");
        await tryck("kasta");
        await tryck("kasta-ja");
        expect(plats()).toBe(`/deltaganden/${id}`);
        expect(besked.value?.text).toBe("Utkastet är kastat.");
        expect(lagrat()).not.toContain("2026-02-02");
    });

    it("«Töm formuläret» frågar först", async () => {
        await oppnaUt(() => deltagande);
        await fyllUt();
        sida?.bort();
        await oppnaUt(() => deltagande);
        await tryck("utkast-borja-om");
        expect(falt("avslutningsdag").value).toBe("2026-02-02");
        await tryck("utkast-borja-om-ja");
        expect(falt("avslutningsdag").value).toBe("");
        expect(document.activeElement).toBe(falt("avslutningsdag"));
        expect(lagrat()).not.toContain("2026-02-02");
    });
});
