import { afterEach, describe, expect, it } from "vitest";
import {
    type Anrop,
    type Monterad,
    del,
    idag,
    montera,
    nekande,
    tryck,
} from "@/shared/prov/montera";
import RegistreraInSida from "./RegistreraInSida.vue";

const id = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";

const sparat = {
    startdag: "2026-02-01",
    utbildningsniva: "GYMNASIUM",
    arOffentligForsorjning: 2,
    fore: {
        forsorjning: ["SA"],
        arbetssokande: false,
        arbetar: false,
        studerar: false,
    },
};

const kod = (kodverk: string, k: string): object => ({
    kodverk,
    kod: k,
    etikett: k,
    ordning: 1,
    giltigFran: "1900-01-01",
});
const lista = (data: object[]): object => ({
    data,
    _meta: { limit: 100, count: data.length, totalRecords: data.length },
    _links: {},
});

let sida: Monterad | undefined;

/** On the look-over with these answers, while somebody else's are saved on the same samtycke. */
async function kontrollera(ar: string): Promise<void> {
    localStorage.setItem(
        `sus-utkast:jag:in:${id}`,
        JSON.stringify({
            sparad: Date.now(),
            svar: {
                insatsId: id,
                ...sparat,
                arOffentligForsorjning: ar,
                fore: {
                    forsorjning: ["SA"],
                    arbetssokande: "nej",
                    arbetar: "nej",
                    studerar: "nej",
                },
            },
        }),
    );
    let anvant = false;
    sida = await montera(RegistreraInSida, {
        vag: `/insatser/${id}/registrera/in/${id}?steg=kontrollera`,
        rutt: "/insatser/:insatsId/registrera/in/:samtyckeId",
        roll: "DELTAGARANSVARIG",
        server: (a: Anrop) => {
            switch (a.vag) {
                case "/samtycken/{samtyckeId}":
                    return {
                        id,
                        insatsId: id,
                        status: anvant ? "ANVANT" : "OANVANT",
                        datum: idag,
                        ...(anvant ? { deltagandeId: "d" } : {}),
                    };
                case "/deltaganden/{deltagandeId}":
                    return { id: "d", insatsId: id, inregistrering: sparat };
                case "/insatser/{insatsId}":
                    return {
                        id,
                        namn: "Vägen in",
                        startdatum: "2015-01-01",
                        organisation: {
                            id,
                            namn: "Förbundet",
                            samverkansform: "FINSAM",
                            startdatum: "2008-01-01",
                            medlemmar: [],
                        },
                    };
                case "/kodverk": {
                    const vilket = String(a.params.query?.["kodverk"]);
                    return lista(
                        vilket === "UTBILDNINGSNIVA"
                            ? [kod(vilket, "GYMNASIUM")]
                            : vilket === "FORSORJNING"
                              ? [kod(vilket, "SA")]
                              : [],
                    );
                }
                default:
                    if (a.metod === "POST") {
                        if (a.params.query?.["provkor"] === true) {
                            return { varningar: [] };
                        }
                        anvant = true;
                        throw nekande(409, "samtycke-anvant", "Redan gjort.");
                    }
                    return lista([]);
            }
        },
    });
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
    localStorage.clear();
});

describe("en inregistrering som en annan flik hann före", () => {
    it("säger att det sparade är det man fyllde i, när det är det", async () => {
        await kontrollera("2");
        await tryck("spara");
        expect(del("anvant")?.textContent).toContain(
            "Det som är sparat är det du fyllde i här.",
        );
        expect(document.activeElement?.contains(del("anvant"))).toBe(true);
    });

    it("säger att det sparade är ett annat, när det är det", async () => {
        await kontrollera("3");
        await tryck("spara");
        expect(del("anvant")?.textContent).toContain(
            "Det som är sparat är inte det du fyllde i här.",
        );
    });
});
