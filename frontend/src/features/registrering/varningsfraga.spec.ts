import { afterEach, describe, expect, it } from "vitest";
import { natfel } from "@/shared/api/problem";
import {
    type Anrop,
    type Monterad,
    type Server,
    del,
    enter,
    falt,
    fellista,
    idag,
    lagrat,
    lugn,
    montera,
    nekande,
    skriv,
    tryck,
} from "@/shared/prov/montera";
import { besked } from "@/shared/ui/besked";
import AnonymaSida from "@/features/anonyma/AnonymaSida.vue";
import RegistreraDeltagandeSida from "./RegistreraDeltagandeSida.vue";

const id = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";

const insats = {
    id,
    namn: "Vägen in",
    startdatum: "2015-01-01",
    deltagarregistrering: "MED_PERSONUPPGIFT_ELLER_ANONYM",
    organisation: {
        id,
        namn: "Förbundet",
        samverkansform: "FINSAM",
        startdatum: "2008-01-01",
        medlemmar: [],
    },
};

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

const lista = (data: readonly object[]): object => ({
    data,
    _meta: { limit: 100, count: data.length, totalRecords: data.length },
    _links: {},
});

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

const arProv = (a: Anrop): boolean => a.params.query?.["provkor"] === true;

let sida: Monterad | undefined;

async function oppnaUt(svara: Server): Promise<Monterad> {
    sida = await montera(RegistreraDeltagandeSida, {
        vag: `/insatser/${id}/registrera/ut/${id}`,
        rutt: "/insatser/:insatsId/registrera/:slag/:deltagandeId",
        roll: "DELTAGARANSVARIG",
        server: (a) => (a.metod === "GET" ? las(a) : svara(a)),
    });
    return sida;
}

async function oppnaAnonyma(svara: Server): Promise<Monterad> {
    sida = await montera(AnonymaSida, {
        vag: `/insatser/${id}/anonyma`,
        rutt: "/insatser/:insatsId/anonyma",
        roll: "DELTAGARANSVARIG",
        server: (a) => (a.metod === "GET" ? las(a) : svara(a)),
    });
    return sida;
}

/** What was sent: dry runs and saves, in order. */
function sant(): string[] {
    return (sida?.anrop ?? [])
        .filter((a) => a.metod === "POST")
        .map((a) => (arProv(a) ? "prov" : "spara"));
}

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

const plats = (): string => sida?.router.currentRoute.value.path ?? "";
const kvittot = `/insatser/${id}/registrera/klart/${id}`;

afterEach(() => {
    sida?.bort();
    sida = undefined;
    localStorage.clear();
});

describe("det som är ovanligt i en utregistrering", () => {
    it("frågas inte om när inget är det: den sparas genast", async () => {
        await oppnaUt((a) => (arProv(a) ? { varningar: [] } : deltagande));
        await enter("avslutningsdag");
        expect(sant(), "fel i fälten frågar inget").toEqual([]);
        expect(fellista()).toHaveLength(2);
        await fyllUt();
        await enter("avslutningsdag");
        expect(sant()).toEqual(["prov", "spara"]);
        expect(plats()).toBe(kvittot);
    });

    it("frågas om en gång, och sparas med ja", async () => {
        await oppnaUt((a) => (arProv(a) ? { varningar: [kort] } : deltagande));
        await fyllUt();
        await enter("avslutningsdag");
        expect(sant()).toEqual(["prov"]);
        expect(del("varningar")?.textContent).toContain(kort.meddelande);
        expect(document.activeElement?.getAttribute("role")).toBe("group");
        expect(document.activeElement?.contains(del("varningar"))).toBe(true);
        await tryck("varningar-ja");
        expect(sant()).toEqual(["prov", "spara"]);
        expect(plats()).toBe(kvittot);
    });

    it("ändras med allt ifyllt kvar, och frågan faller när ett svar ändras", async () => {
        await oppnaUt((a) => (arProv(a) ? { varningar: [kort] } : deltagande));
        await fyllUt();
        await enter("avslutningsdag");
        await tryck("varningar-andra");
        expect(del("varningar")).toBeNull();
        expect(document.activeElement).toBe(falt("avslutningsdag"));
        expect(falt("avslutningsdag").value).toBe("2026-02-02");
        await enter("avslutningsdag");
        expect(del("varningar")).not.toBeNull();
        await fyllUt("SJUKDOM");
        expect(del("varningar")).toBeNull();
        expect(sant()).toEqual(["prov", "prov"]);
    });

    it("frågas inte om igen när bara något annat rättas, men väl om ett nytt svar", async () => {
        await oppnaUt((a) => {
            if (arProv(a)) {
                return { varningar: [kort] };
            }
            throw nekande(409, "overlappar", "Perioden överlappar.");
        });
        await fyllUt();
        await enter("avslutningsdag");
        await tryck("varningar-ja");
        expect(del("problem")?.textContent).toContain("Perioden överlappar.");
        await fyllUt("SJUKDOM");
        await enter("avslutningsdag");
        expect(sant()).toEqual(["prov", "spara", "prov", "spara"]);
        await fyllUt("SJUKDOM", "2026-02-01");
        await enter("avslutningsdag");
        expect(sant().slice(4)).toEqual(["prov"]);
        expect(del("varningar")).not.toBeNull();
    });

    it.each([
        ["utan nät", natfel()],
        ["503", nekande(503, "otillganglig", "Tillfälligt otillgängligt.")],
        ["ett nej", nekande(422, "utanfor-granser", "Fel.")],
    ])("står inte i vägen när det inte går att fråga: %s", async (_, fel) => {
        await oppnaUt((a) => {
            if (arProv(a)) {
                throw fel;
            }
            return { ...deltagande, varningar: [kort] };
        });
        await fyllUt();
        await enter("avslutningsdag");
        expect(sant()).toEqual(["prov", "spara"]);
        expect(plats()).toBe(kvittot);
    });

    it("sparas inte när inloggningen är slut", async () => {
        await oppnaUt(() => {
            throw nekande(401, "ej-inloggad", "Logga in.");
        });
        await fyllUt();
        await enter("avslutningsdag");
        expect(sant()).toEqual(["prov"]);
    });

    it("ger en rad för två tryck, och samma nyckel utan ny fråga när svaret kom bort", async () => {
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
        const ja = del("varningar-ja");
        ja?.click();
        ja?.click();
        await lugn();
        expect(sant()).toEqual(["prov", "spara"]);
        await enter("avslutningsdag");
        expect(sant()).toEqual(["prov", "spara", "spara"]);
        expect(new Set(nycklar()).size).toBe(1);
        expect(plats()).toBe(kvittot);
    });

    it("frågas inte om igen efter en omladdning, när det redan har skickats", async () => {
        await oppnaUt((a) => {
            if (arProv(a)) {
                return { varningar: [kort] };
            }
            throw natfel();
        });
        await fyllUt();
        await enter("avslutningsdag");
        await tryck("varningar-ja");
        const fore = nycklar();
        sida?.bort();
        await oppnaUt((a) => (arProv(a) ? { varningar: [kort] } : deltagande));
        expect(falt("avslutningsdag").value).toBe("2026-02-02");
        await enter("avslutningsdag");
        expect(sant()).toEqual(["spara"]);
        expect(nycklar()).toEqual(fore);
        expect(plats()).toBe(kvittot);
    });

    it("gäller det som står där när frågan kommer tillbaka", async () => {
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
        expect(sant()).toEqual(["prov", "prov", "spara"]);
        expect(kroppar.at(-1)).toMatchObject({ avslutsanledning: "SJUKDOM" });
        expect(kroppar.at(-2)).toEqual(kroppar.at(-1));
    });

    it("sparas inte för den som har gått när det skulle frågas", async () => {
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
        expect(lagrat()).toContain("2026-02-02");
        expect(besked.value?.text).toContain(
            "blev inte sparat. Något i det är ovanligt.",
        );
    });
});

describe("det som är ovanligt bland anonyma", () => {
    const lange = (a: Anrop): object[] => {
        const ar = (a.body as { inregistreringsar: number }).inregistreringsar;
        return ar < 2021
            ? [
                  {
                      varning: "lange-sedan",
                      pekare: "/inregistreringsar",
                      meddelande: "Det är länge sedan.",
                  },
              ]
            : [];
    };
    const svara: Server = (a) =>
        arProv(a)
            ? { varningar: lange(a) }
            : { id, ...(a.body as object), varningar: lange(a) };

    async function laggTill(ar: string, antal: string): Promise<void> {
        const val = document.querySelector<HTMLSelectElement>(
            "#falt-inregistreringsar",
        );
        if (val) {
            val.value = ar;
            val.dispatchEvent(new Event("change", { bubbles: true }));
        }
        await skriv("antalKvinnor", antal);
        await tryck("lagg-till-kvinnor");
    }

    it("är en fråga om alla åren, och nästa registrering frågas om för sig", async () => {
        await oppnaAnonyma(svara);
        await tryck("spara");
        expect(sant(), "inget att spara frågar inget").toEqual([]);
        for (const ar of ["2019", "2018", idag.slice(0, 4)]) {
            await laggTill(ar, "2");
        }
        await tryck("spara");
        expect(sant()).toEqual(["prov", "prov", "prov"]);
        expect(
            [...(del("varningar")?.querySelectorAll("li") ?? [])].map((li) =>
                li.textContent.trim(),
            ),
        ).toEqual(["2019: Det är länge sedan.", "2018: Det är länge sedan."]);
        await tryck("varningar-ja");
        expect(sant().slice(3)).toEqual(["spara", "spara", "spara"]);
        expect(del("sparat")).not.toBeNull();
        expect(del("ovanligt"), "det som frågats om sägs inte igen").toBeNull();

        await laggTill("2019", "2");
        await tryck("spara");
        expect(del("varningar")).not.toBeNull();
        expect(sant()).toHaveLength(7);
    });

    it("sägs efteråt när det inte gick att fråga", async () => {
        await oppnaAnonyma((a) => {
            if (arProv(a)) {
                throw natfel();
            }
            return svara(a);
        });
        await laggTill("2019", "2");
        await tryck("spara");
        expect(sant()).toEqual(["prov", "spara"]);
        expect(del("ovanligt")?.textContent).toContain(
            "2019: Det är länge sedan.",
        );
    });

    it("frågas om för sig: det höga antalet när det läggs till, inget mer när det sparas", async () => {
        await oppnaAnonyma(svara);
        await laggTill(idag.slice(0, 4), "22");
        expect(del("fraga")).not.toBeNull();
        await tryck("fraga-ja");
        await tryck("spara");
        expect(del("varningar")).toBeNull();
        expect(sant()).toEqual(["prov", "spara"]);
    });
});
