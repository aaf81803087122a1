import { afterEach, describe, expect, it } from "vitest";
import { type Monterad, lugn, montera, uppdragI } from "@/shared/prov/montera";
import DeltagandeMeny from "./DeltagandeMeny.vue";

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

async function oppna(query: string): Promise<Monterad> {
    sida = await montera(DeltagandeMeny, {
        vag: `/deltagande${query}`,
        rutt: "/deltagande",
        roll: "DELTAGARANSVARIG",
        uppdrag: uppdragI("a", "b"),
        server: () => ({
            data: [
                insats("a", "Gamla vägen", "2025-12-31"),
                insats("b", "Vägen framåt"),
            ],
            _meta: { totalRecords: 2, limit: 100, count: 2 },
        }),
    });
    return sida;
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
});

describe("valet av insats", () => {
    it("har de avslutade sist, utmärkta", async () => {
        await oppna("");
        expect(
            [...document.querySelectorAll("option")].map((o) => o.text),
        ).toEqual(["Välj insats", "Vägen framåt", "Gamla vägen (avslutad)"]);
    });

    it("går med Enter dit menyn ledde", async () => {
        const { router } = await oppna("?till=samtycken");
        const knappar = [...document.querySelectorAll("button[type=submit]")];
        expect(knappar.map((k) => k.textContent.trim())).toEqual([
            "Samtycken",
            "Registrera deltagare",
            "Registrera anonyma deltagare",
        ]);
        const val = document.querySelector("select");
        if (val) {
            val.value = "b";
        }
        val?.dispatchEvent(new Event("change", { bubbles: true }));
        await lugn();
        val?.form?.requestSubmit();
        await lugn();
        expect(router.currentRoute.value.path).toBe("/insatser/b/samtycken");
    });
});
