import { afterEach, describe, expect, it } from "vitest";
import {
    type Monterad,
    del,
    lugn,
    montera,
    uppdragI,
} from "@/shared/prov/montera";
import Startsida from "./Startsida.vue";

function insats(id: string, namn: string, slutdatum?: string): object {
    return {
        id,
        namn,
        startdatum: "2020-01-01",
        slutdatum,
        deltagarregistrering: "MED_PERSONUPPGIFT_ELLER_ANONYM",
        organisation: {
            id: "org",
            namn: "Förbundet",
            startdatum: "2010-01-01",
        },
    };
}

let sida: Monterad | undefined;

async function oppna(raknat: Promise<number>): Promise<void> {
    sida = await montera(Startsida, {
        vag: "/",
        rutt: "/",
        roll: "DELTAGARANSVARIG",
        uppdrag: uppdragI("pagar", "over"),
        server: async (a) =>
            a.vag === "/insatser"
                ? {
                      data: [
                          insats("pagar", "Vägen framåt"),
                          insats("over", "Gamla vägen", "2025-12-31"),
                      ],
                      _meta: { totalRecords: 2, limit: 100, count: 2 },
                  }
                : { data: [], _meta: { totalRecords: await raknat } },
    });
}

function text(e: Element | null): string {
    return e?.textContent.replace(/\s+/g, " ").trim() ?? "";
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
});

describe("startsidan", () => {
    it("har en avslutad insats för sig, utan «Registrera deltagare»", async () => {
        await oppna(Promise.resolve(3));
        const kort = [...document.querySelectorAll("[data-test=min-insats]")];
        expect(kort.map((k) => text(k.querySelector("h3")))).toEqual([
            "Vägen framåt",
        ]);
        expect(
            document.querySelectorAll("[data-test=registrera]"),
        ).toHaveLength(1);
        expect(text(del("avslutad-insats"))).toBe(
            "Gamla vägen, Förbundet, 2020-01-01 – 2025-12-31, 3 deltaganden pågår",
        );
    });

    it("visar inget som sedan knuffas ned: den väntar på sina tal", async () => {
        let svara: (n: number) => void = () => undefined;
        await oppna(new Promise((klar) => (svara = klar)));
        expect(del("laddar")).not.toBeNull();
        expect(document.querySelector("section")).toBeNull();
        svara(0);
        await lugn();
        expect(del("laddar")).toBeNull();
        expect(document.querySelectorAll("section").length).toBeGreaterThan(2);
    });

    it("leder till den del av listan som ska gås igenom, där den börjar", async () => {
        await oppna(Promise.resolve(2));
        expect(
            document
                .querySelector("[data-test=uppgifter] a")
                ?.getAttribute("href"),
        ).toMatch(/^\/insatser\/over\?status=PAGAENDE#deltaganden$/);
    });
});
