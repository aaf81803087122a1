import { afterEach, describe, expect, it } from "vitest";
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
import LoggSida from "./LoggSida.vue";

const id = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";
const nummer = "19770117-2392";

function lista(handelser: string[], nasta?: string): object {
    return {
        data: handelser.map((handelse, n) => ({
            id: `${id}${n}`,
            tid: "2010-03-02T09:06:00Z",
            aktorId: id,
            aktorTyp: "PERSON",
            aktor: { typ: "PERSON", namn: "Sven Envall" },
            handelse,
            objekttyp: "deltagande",
            objektId: id,
            insatsId: id,
            utfall: "OK",
            adress: "198.51.100.7",
            roll: "DELTAGARANSVARIG",
        })),
        _meta: { limit: 50, count: handelser.length },
        _links:
            nasta === undefined
                ? {}
                : { next: { href: `/v1/x?cursor=${nasta}` } },
    };
}

let sida: Monterad | undefined;

async function oppna(server: Server, query = ""): Promise<Monterad> {
    sida = await montera(LoggSida, {
        vag: `/administration/logg${query}`,
        rutt: "/administration/logg",
        roll: "SYSTEMFORVALTARE",
        server,
    });
    return sida;
}

function sokningar(): Anrop[] {
    return sida?.anrop.filter((a) => a.metod === "POST") ?? [];
}

function rader(): string[] {
    return [...document.querySelectorAll("tbody tr")].map((r) =>
        r.textContent.replaceAll(/\s+/g, " ").trim(),
    );
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
});

describe("sökningen i granskningsloggen", () => {
    it("visar hela loggen först, och säger att frågan loggas", async () => {
        await oppna(() => lista(["DELTAGANDE_LAST"]));
        expect(del("loggas")?.textContent).toContain("loggas, med ditt namn");
        expect(sokningar()).toEqual([]);
        const [rad = ""] = rader();
        for (const ord of [
            "2010-03-02 10:06",
            "Deltagande läst",
            "Sven Envall",
            "Deltagaransvarig",
            "198.51.100.7",
            "Utfört",
        ]) {
            expect(rad).toContain(ord);
        }
        expect(
            document
                .querySelector("tbody a[href^='/insatser/']")
                ?.textContent.trim(),
        ).toBe("Till insatsen");
    });

    it("söker på person utan att numret syns i adressen eller sparas", async () => {
        const { router } = await oppna((a) =>
            lista(a.metod === "POST" ? ["SAMTYCKE_LAST"] : []),
        );
        await skriv("personnummer", nummer);
        await skriv("fran", "2010-03-01");
        await enter("fran");
        expect(sokningar().map((a) => a.body)).toEqual([
            { personnummer: "197701172392", fran: "2010-03-01" },
        ]);
        expect(rader()).toHaveLength(1);
        const { fullPath } = router.currentRoute.value;
        expect(fullPath).toContain("fran=2010-03-01");
        expect(fullPath).not.toContain("2392");
        expect(lagrat()).not.toContain("2392");
        expect(falt("personnummer").value).toContain("2392");
    });

    it("har kvar personen när man går tillbaka, också mellan två", async () => {
        const { router } = await oppna(() => lista(["SAMTYCKE_LAST"]));
        await skriv("personnummer", nummer);
        await enter("fran");
        const forsta = router.currentRoute.value.fullPath;
        await skriv("personnummer", "19770117-2384");
        await enter("fran");
        await router.push(forsta);
        await lugn();
        expect(falt("personnummer").value).toContain("2392");
        expect(del("glomd")).toBeNull();
    });

    it("frågar inget efter en omladdning, när numret är glömt", async () => {
        await oppna(() => lista([]), `?person=${id}&fran=2010-03-01`);
        expect(sida?.anrop).toEqual([]);
        expect(del("glomd")?.textContent).toContain("Skriv det igen");
        expect(falt("fran").value).toBe("2010-03-01");
        await skriv("personnummer", nummer);
        await tryck("sok");
        expect(sokningar()).toHaveLength(1);
        expect(del("glomd")).toBeNull();
    });

    it("bläddrar vidare i samma sökning", async () => {
        const { router } = await oppna((a) =>
            a.params.query?.["cursor"] === "abc"
                ? lista(["SAMTYCKE_RATTAT"])
                : lista(["SAMTYCKE_LAST"], "abc"),
        );
        await skriv("personnummer", nummer);
        await enter("fran");
        expect(del("antal")?.textContent).toBe("1 post, och äldre finns");
        document.querySelector<HTMLElement>("a[rel=next]")?.click();
        await lugn();
        expect(rader()[0]).toContain("Samtycke rättat");
        expect(sokningar().map((a) => [a.body, a.params.query])).toEqual([
            [{ personnummer: "197701172392" }, { limit: 50 }],
            [{ personnummer: "197701172392" }, { limit: 50, cursor: "abc" }],
        ]);
        // A new search begins from its first page.
        await enter("fran");
        expect(router.currentRoute.value.query["cursor"]).toBeUndefined();
    });

    it("säger att inget fanns", async () => {
        await oppna(() => lista([]), "?handelse=SAMTYCKE_LAST");
        expect(sokningar().map((a) => a.body)).toEqual([
            { handelse: "SAMTYCKE_LAST" },
        ]);
        expect(del("inga")?.textContent).toContain("ingen sådan post");
    });

    it("säger vid fälten vad som är fel, innan något söks", async () => {
        await oppna(() => lista([]));
        await skriv("personnummer", "19770117-2393");
        await skriv("aktorId", "Sven");
        await skriv("fran", "2010-03-02");
        await skriv("tom", "2010-03-01");
        await enter("tom");
        expect(fellista()).toEqual([
            "Personnummer: Kontrollsiffran i personnumret stämmer inte.",
            "Aktörens id: Skriv ett id (UUID) med 36 tecken.",
            "Till och med får inte vara före från och med.",
        ]);
        expect(sokningar()).toEqual([]);
    });

    it("visar serverns nekande vid fältet, och behåller det skrivna", async () => {
        await oppna((a) => {
            if (a.metod === "POST") {
                const meddelande = "Löpnumret i personnumret används inte.";
                throw nekande(422, "personnummer-lopnummer", "Fel", [
                    {
                        pekare: "/personnummer",
                        regel: "personnummer-lopnummer",
                        meddelande,
                    },
                ]);
            }
            return lista([]);
        });
        await skriv("personnummer", nummer);
        await skriv("tom", "2010-03-01");
        await enter("tom");
        expect(faltfel("personnummer")).toBe(
            "Löpnumret i personnumret används inte.",
        );
        expect(falt("tom").value).toBe("2010-03-01");
    });

    it("söker allt av en aktör från dennes rad", async () => {
        await oppna(() => lista(["DELTAGANDE_LAST"]));
        document
            .querySelector<HTMLElement>("tbody a[aria-label^='Allt av']")
            ?.click();
        await lugn();
        expect(sokningar().map((a) => a.body)).toEqual([{ aktorId: id }]);
        expect(falt("aktorId").value).toBe(id);
    });

    it("smalnar av till en rads dag och händelse, en i taget", async () => {
        await oppna(() => lista(["DELTAGANDE_LAST"]), "?tom=2010-12-31");
        expect(del("smalna-av")?.textContent).toContain("Utfall");
        await tryck("bara-handelsen");
        expect(falt("handelse").value).toBe("DELTAGANDE_LAST");
        await tryck("bara-dagen");
        expect(sokningar().map((a) => a.body)).toEqual([
            { tom: "2010-12-31" },
            { handelse: "DELTAGANDE_LAST", tom: "2010-12-31" },
            {
                handelse: "DELTAGANDE_LAST",
                fran: "2010-03-02",
                tom: "2010-03-02",
            },
        ]);
    });

    it("säger vad insatsen heter", async () => {
        await oppna((a) =>
            a.vag === "/insatser/{insatsId}"
                ? { id, namn: "Arbetslivsresurs" }
                : lista(["DELTAGANDE_LAST", "SAMTYCKE_LAST"]),
        );
        expect(rader()[0]).toContain("Till insatsen Arbetslivsresurs");
        // Asked for once, however many rows it has.
        expect(
            sida?.anrop.filter((a) => a.vag === "/insatser/{insatsId}"),
        ).toHaveLength(1);
    });

    it("söker allt om ett objekt från dess rad", async () => {
        await oppna(() => lista(["DELTAGANDE_LAST"]), "?tom=2010-12-31");
        await tryck("allt-om-objektet");
        expect(
            sida?.anrop.filter((a) => a.vag === "/loggposter").at(-1)?.params
                .query,
        ).toEqual({
            limit: 50,
            objektId: id,
        });
        expect(falt("objektId").value).toBe(id);
    });

    it("söker ett objekt för sig", async () => {
        await oppna(() => lista([]));
        await skriv("objektId", id);
        await enter("objektId");
        expect(sokningar()).toEqual([]);
        expect(sida?.anrop.at(-1)?.params.query).toEqual({
            limit: 50,
            objektId: id,
        });
        await skriv("tom", "2010-03-01");
        await enter("tom");
        expect(faltfel("objektId")).toContain("för sig");
    });
});
