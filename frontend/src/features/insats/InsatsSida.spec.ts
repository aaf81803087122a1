import { afterEach, describe, expect, it } from "vitest";
import {
    type Monterad,
    del,
    montera,
    tryck,
    uppdragI,
} from "@/shared/prov/montera";
import InsatsSida from "./InsatsSida.vue";

const id = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";

let sida: Monterad | undefined;

async function oppna(slutdatum?: string): Promise<void> {
    sida = await montera(InsatsSida, {
        vag: `/insatser/${id}`,
        rutt: "/insatser/:insatsId",
        roll: "DELTAGARANSVARIG",
        uppdrag: uppdragI(id),
        server: (a) =>
            a.vag === "/insatser/{insatsId}"
                ? {
                      id,
                      namn: "Arbetslivsresurs",
                      startdatum: "2020-01-01",
                      slutdatum,
                      inriktning: "INDIVIDINRIKTAD",
                      preciseradInriktning: "REHABILITERING",
                      deltagarregistrering: "MED_PERSONUPPGIFT_ELLER_ANONYM",
                      malgrupper: [],
                      rader: [],
                      organisationId: "org",
                      organisation: {
                          id: "org",
                          namn: "Förbundet",
                          samverkansform: "FINSAM",
                          startdatum: "2010-01-01",
                          medlemmar: ["Kommunen", "Regionen"],
                      },
                  }
                : { data: [], _meta: { totalRecords: 0, limit: 20, count: 0 } },
    });
}

function text(namn: string): string {
    return del(namn)?.textContent.replace(/\s+/g, " ").trim() ?? "";
}

function synlig(): boolean {
    const dl = document.querySelector<HTMLElement>(".insatshuvud__mer");
    return dl !== null && dl.style.display !== "none";
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
});

describe("insatsens sida", () => {
    it("säger på en rad vems insatsen är, och resten när man ber om det", async () => {
        await oppna();
        expect(
            document.querySelector(".insatshuvud__rad")?.textContent,
        ).toMatch(/^\s*Förbundet · FINSAM\s+Mer om insatsen ▸\s*$/);
        expect(synlig()).toBe(false);
        const knapp = del("insatsinformation");
        expect(knapp?.getAttribute("aria-expanded")).toBe("false");
        await tryck("insatsinformation");
        expect(synlig()).toBe(true);
        expect(knapp?.getAttribute("aria-expanded")).toBe("true");
        expect(text("insatshuvud")).toContain("Kommunen och Regionen");
    });

    it("har listan före insatsens uppgifter, för den som registrerar", async () => {
        await oppna();
        expect([...document.querySelectorAll("h2")].map((h) => h.id)).toEqual([
            "deltaganden",
            "uppgifter",
        ]);
        expect(text("registrera")).toBe("Registrera deltagare");
        expect(del("avslutad")).toBeNull();
    });

    it("säger när insatsen är avslutad, och har ingen blå knapp för nya deltagare", async () => {
        await oppna("2026-01-31");
        expect(text("avslutad")).toBe("Avslutad");
        expect(text("registrera")).toBe("Registrera i efterhand");
        expect(del("registrera")?.className).toContain("button--secondary");
        expect(del("deltaganden")).not.toBeNull();
    });
});
