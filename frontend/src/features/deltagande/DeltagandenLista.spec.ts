import { afterEach, describe, expect, it, vi } from "vitest";
import {
    type Anrop,
    type Monterad,
    del,
    lugn,
    montera,
    tryck,
    uppdragI,
} from "@/shared/prov/montera";
import DeltagandenLista from "./DeltagandenLista.vue";

const id = "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f";

let sida: Monterad | undefined;

/** 234 deltaganden, of which a page is given. */
async function oppna(query = "", parade = 0): Promise<Monterad> {
    sida = await montera(DeltagandenLista, {
        vag: `/insatser/${id}/lista${query}`,
        rutt: "/insatser/:insatsId/lista",
        roll: "DELTAGARANSVARIG",
        uppdrag: uppdragI(id),
        server: (a) => {
            const { limit = 20, offset = 0 } = a.params.query as {
                limit?: number;
                offset?: number;
            };
            const alla = a.params.query?.["sammaPerson"] ? parade : 234;
            const antal = Math.max(0, Math.min(limit, alla - offset));
            return {
                data: Array.from({ length: antal }, (_, n) => ({
                    id: `d${String(offset + n)}`,
                    status: "AVSLUTAD",
                    startdag: "2025-01-02",
                    avslutningsdag: "2026-02-03",
                    deltagare: { namn: `Nummer ${String(offset + n)}` },
                })),
                _meta: { totalRecords: alla, limit, offset, count: antal },
                _links: {},
            };
        },
    });
    await bild();
    return sida;
}

/** A frame of the window has been drawn. */
async function bild(): Promise<void> {
    await lugn();
    await new Promise((klar) => requestAnimationFrame(klar));
    await lugn();
}

function listor(): Anrop[] {
    return sida?.anrop.filter((a) => a.params.query?.["limit"] !== 1) ?? [];
}

function forstaRaden(): string {
    return (
        document.querySelector("tbody tr")?.textContent.replace(/\s+/g, " ") ??
        ""
    );
}

function lank(namn: string): HTMLElement {
    const e = [...document.querySelectorAll<HTMLElement>("a")].find(
        (a) => (a.getAttribute("aria-label") ?? a.textContent.trim()) === namn,
    );
    if (!e) {
        throw new Error(`ingen länk ${namn}`);
    }
    return e;
}

function fokus(): string | null | undefined {
    return document.activeElement?.className;
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
});

describe("listan över deltaganden", () => {
    it("har sidor med nummer, den som visas utmärkt, och går åt båda håll", async () => {
        await oppna("?sida=5");
        expect(
            [...(del("sidvaljare")?.querySelectorAll("li") ?? [])].map((li) =>
                li.textContent.trim(),
            ),
        ).toEqual(["Föregående", "1", "…", "4", "5", "6", "…", "12", "Nästa"]);
        expect(
            [...document.querySelectorAll("[aria-current=page]")].map(
                (e) => e.textContent,
            ),
        ).toEqual(["5"]);
        expect(del("antal")?.textContent).toBe("234 deltaganden, sida 5 av 12");
        lank("Föregående").click();
        await bild();
        expect(forstaRaden()).toContain("Nummer 60");
        lank("Sida 12").click();
        await bild();
        expect(forstaRaden()).toContain("Nummer 220");
    });

    it("får fokus när en ny sida har kommit, inte när ett urval ändras", async () => {
        const { router } = await oppna();
        expect(fokus()).not.toBe("tabellram");
        const rullat = vi.spyOn(Element.prototype, "scrollIntoView");
        lank("Nästa").click();
        await bild();
        expect(forstaRaden()).toContain("Nummer 20");
        expect(fokus()).toBe("tabellram");
        expect(rullat).toHaveBeenCalledWith({ block: "start" });

        const lage = document.querySelector<HTMLSelectElement>("#status");
        lage?.focus();
        if (lage) {
            lage.value = "AVSLUTAD";
        }
        lage?.dispatchEvent(new Event("change", { bubbles: true }));
        await bild();
        expect(router.currentRoute.value.query).toEqual({
            status: "AVSLUTAD",
        });
        expect(document.activeElement).toBe(lage);
    });

    it("får fokus av den som kom för dess skull", async () => {
        await oppna("?status=PAGAENDE#deltaganden");
        expect(fokus()).toBe("tabellram");
    });

    it("sorteras av servern, efter den rubrik som väljs", async () => {
        await oppna();
        const huvud = (): (string | null)[] =>
            [...document.querySelectorAll("th[scope=col]")].map((th) =>
                th.getAttribute("aria-sort"),
            );
        expect(huvud()).toEqual([null, null, "descending", null]);
        await tryck("sortera-startdag");
        expect(huvud()).toEqual([null, null, "ascending", null]);
        await tryck("sortera-avslutningsdag");
        expect(huvud()).toEqual([null, null, null, "descending"]);
        expect(listor().map((a) => a.params.query?.["sort"])).toEqual([
            "-startdag",
            "startdag",
            "-avslutningsdag",
        ]);
    });

    it("blir så lång som man ber om, och är det när den sorteras", async () => {
        const { router } = await oppna("?sida=3");
        lank("Visa 100 på en sida").click();
        await bild();
        expect(document.querySelectorAll("tbody tr")).toHaveLength(100);
        await tryck("sortera-startdag");
        expect(router.currentRoute.value.query).toEqual({
            antal: "100",
            sort: "startdag",
        });
        expect(listor().at(-1)?.params.query).toMatchObject({
            limit: 100,
            offset: 0,
        });
    });

    it("har fokus på sin rubrik när knappen som ändrade den är borta", async () => {
        // None are a pair any more: with the choice the box goes.
        await oppna("?sammaPerson=true");
        await tryck("visa-parade");
        expect(del("visa-parade")).toBeNull();
        expect(document.activeElement?.id).toBe("deltaganden");
    });

    it("glömmer ett tryck som inte ledde någonstans", async () => {
        const { router } = await oppna("?sida=2");
        lank("Sida 2").click(); // where one is
        await bild();
        const lage = document.querySelector<HTMLElement>("#status");
        lage?.focus();
        await router.push(`/insatser/${id}/lista?sida=3`);
        await bild();
        expect(forstaRaden()).toContain("Nummer 40");
        expect(document.activeElement).toBe(lage);
    });

    it("säger läget under namnet där kolumnerna inte får plats", async () => {
        await oppna();
        expect(
            document.querySelector("tbody th .bara-smal")?.textContent,
        ).toContain("Avslutat");
        expect(forstaRaden()).toContain("2026-02-03");
    });
});
