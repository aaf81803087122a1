import { afterEach, describe, expect, it } from "vitest";
import {
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
import AterkallaIInsatsSida from "./AterkallaIInsatsSida.vue";

const id = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";
const nummer = "19770117-2392";

function insats(delar: object = {}): object {
    return {
        id,
        namn: "Vägen in",
        startdatum: "2009-01-01",
        slutdatum: "2013-12-31",
        deltagarregistrering: "MED_PERSONUPPGIFT_ELLER_ANONYM",
        organisation: {
            id,
            namn: "Förbundet",
            samverkansform: "FINSAM",
            startdatum: "2008-01-01",
            medlemmar: [],
        },
        ...delar,
    };
}

let sida: Monterad | undefined;

async function oppna(svara: Server, i = insats()): Promise<Monterad> {
    sida = await montera(AterkallaIInsatsSida, {
        vag: `/insatser/${id}/aterkalla`,
        rutt: "/insatser/:insatsId/aterkalla",
        roll: "SYSTEMFORVALTARE",
        server: (a) => (a.metod === "GET" ? i : svara(a)),
    });
    return sida;
}

function skickade(): unknown[] {
    return (
        sida?.anrop.filter((a) => a.metod === "POST").map((a) => a.body) ?? []
    );
}

async function fyllI(): Promise<void> {
    await skriv("personnummer", nummer);
    await skriv("arende", "FK 2026/012345");
    await enter("arende");
}

async function kryssa(): Promise<void> {
    document.querySelector<HTMLElement>("[data-test=bekrafta] input")?.click();
    await lugn();
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
    localStorage.clear();
});

describe("återkallelse i en avslutad insats", () => {
    it("frågar först, säger antalet, och har glömt numret efteråt", async () => {
        await oppna(() => ({ antal: 2 }));
        await fyllI();
        expect(skickade()).toEqual([]);
        expect(document.activeElement).toBe(del("bekrafta"));
        expect(del("bekrafta")?.textContent).toContain(nummer);
        expect(del("varning")?.textContent).toContain("Det går inte att ångra");
        // It takes more than a press.
        await tryck("aterkalla-ja");
        expect(skickade()).toEqual([]);
        expect(del("fatt-saknas")).not.toBeNull();
        expect(document.activeElement?.getAttribute("type")).toBe("checkbox");
        await kryssa();
        await tryck("aterkalla-ja");
        expect(skickade()).toEqual([
            { personnummer: "197701172392", arende: "FK 2026/012345" },
        ]);
        expect(del("resultat")?.textContent).toContain(
            "2 samtycken är återkallade",
        );
        expect(document.activeElement).toBe(del("resultat"));
        await tryck("igen");
        expect(falt("personnummer").value).toBe("");
        expect(falt("arende").value).toBe("");
        expect(lagrat()).not.toContain("2026/012345");
    });

    it("säger att inget samtycke fanns, och låter numret kontrolleras", async () => {
        await oppna(() => ({ antal: 0 }));
        await fyllI();
        await kryssa();
        await tryck("aterkalla-ja");
        expect(del("resultat")?.textContent).toContain("Inget samtycke fanns");
        await tryck("igen");
        expect(falt("personnummer").value).toContain("2392");
    });

    it("skickar en gång hur många gånger man än trycker", async () => {
        let slapp: (v: unknown) => void = () => undefined;
        await oppna(() => new Promise((klar) => (slapp = klar)));
        await fyllI();
        await kryssa();
        const ja = del("aterkalla-ja");
        ja?.click();
        ja?.click();
        await lugn();
        ja?.click();
        slapp({ antal: 1 });
        await lugn();
        expect(skickade()).toHaveLength(1);
        expect(del("resultat")?.textContent).toContain(
            "1 samtycke är återkallat",
        );
    });

    it("skickar inget när man ångrar sig", async () => {
        await oppna(() => ({ antal: 1 }));
        await fyllI();
        await tryck("aterkalla-nej");
        expect(skickade()).toEqual([]);
        expect(document.activeElement).toBe(falt("personnummer"));
        expect(falt("arende").value).toBe("FK 2026/012345");
    });

    it("minns ärendet efter en omladdning, och aldrig numret", async () => {
        await oppna(() => ({ antal: 1 }));
        await skriv("personnummer", nummer);
        await skriv("arende", "FK 2026/012345");
        sida?.bort();
        expect(lagrat()).toContain("2026/012345");
        expect(lagrat()).not.toContain("2392");
        await oppna(() => ({ antal: 1 }));
        expect(falt("arende").value).toBe("FK 2026/012345");
        expect(falt("personnummer").value).toBe("");
        expect(del("utkast")?.textContent).toContain(
            "Personnumret sparas inte",
        );
    });

    it("säger vid fälten vad som är fel, innan något skickas", async () => {
        await oppna(() => ({ antal: 1 }));
        await enter("arende");
        expect(fellista()).toEqual([
            "Personnummer: Fyll i personnumret.",
            "Fyll i ärende.",
        ]);
        await skriv("personnummer", "19770117-2393");
        await skriv("arende", "Ärendet");
        await enter("arende");
        expect(faltfel("arende")).toContain("årtal, snedstreck och löpnummer");
        expect(fellista()).toHaveLength(2);
        await skriv("arende", `Om ${nummer}`);
        await enter("arende");
        expect(faltfel("arende")).toContain("personnummer");
        expect(skickade()).toEqual([]);
    });

    it.each([
        [
            "personnummer",
            "personnummer-datum",
            "Personnumret börjar inte med ett riktigt datum.",
        ],
        ["arende", "fel-form", "Skriv ärendets beteckning."],
    ])("visar serverns nekande vid fältet %s", async (f, regel, meddelande) => {
        await oppna(() => {
            throw nekande(422, regel, "Fel", [
                { pekare: `/${f}`, regel, meddelande },
            ]);
        });
        await fyllI();
        await kryssa();
        await tryck("aterkalla-ja");
        expect(faltfel(f)).toBe(meddelande);
        expect(falt("personnummer").value).toContain("2392");
    });

    it("visar att insatsen pågår, när den har öppnats igen under tiden", async () => {
        await oppna(() => {
            throw nekande(409, "insats-inte-avslutad", "Insatsen pågår.");
        });
        await fyllI();
        await kryssa();
        await tryck("aterkalla-ja");
        expect(del("problem")?.textContent).toContain("Insatsen pågår.");
        expect(del("aterkalla-ja")).not.toBeNull();
    });

    it.each([
        [{ slutdatum: undefined }, "Insatsen pågår"],
        [{ slutdatum: "2026-03-02" }, "Insatsen pågår"],
        [{ deltagarregistrering: "ENDAST_ANTAL" }, "bara antal"],
    ])("har inget formulär för %j", async (delar, ord) => {
        await oppna(() => ({ antal: 1 }), insats(delar));
        expect(del("hinder")?.textContent).toContain(ord);
        expect(del("aterkallelseformular")).toBeNull();
    });
});
