import { afterEach, describe, expect, it, vi } from "vitest";
import { sessionsapi } from "@/shared/api/klient";
import { natfel } from "@/shared/api/problem";
import { sessionen } from "@/shared/session/session";
import { besked, glomBesked } from "@/shared/ui/besked";
import {
    type Monterad,
    del,
    lugn,
    montera,
    tryck,
} from "@/shared/prov/montera";
import Utloggning from "./Utloggning.vue";

let sida: Monterad | undefined;

async function oppna(
    utkast: readonly string[],
    svara = () => Promise.resolve({ response: new Response() }),
): Promise<() => number> {
    const nu = Date.now();
    for (const [n, form] of utkast.entries()) {
        localStorage.setItem(
            `sus-utkast:jag:${form}:s-${String(n)}`,
            JSON.stringify({
                sparad: nu - n,
                svar: form === "in" ? { startdag: "2026-03-01" } : {},
            }),
        );
    }
    sida = await montera(Utloggning, {
        vag: "/prov",
        rutt: "/prov",
        roll: "DELTAGARANSVARIG",
        server: () => ({}),
    });
    let antal = 0;
    vi.spyOn(sessionsapi, "DELETE").mockImplementation((() => {
        antal++;
        return svara();
    }) as never);
    return () => antal;
}

afterEach(() => {
    sida?.bort();
    sida = undefined;
    glomBesked();
    localStorage.clear();
});

describe("«Logga ut»", () => {
    it("frågar inget när inget är påbörjat", async () => {
        const anrop = await oppna([]);
        await tryck("logga-ut");
        expect(anrop()).toBe(1);
        expect(sessionen.session).toBeUndefined();
    });

    it("säger hur mycket som är påbörjat och vad det är, och går att ångra", async () => {
        const anrop = await oppna(["in", "insats", "ratta-anonyma"]);
        await tryck("logga-ut");
        expect(document.body.textContent).toContain(
            "Du har 3 påbörjade formulär",
        );
        expect(
            [...(del("paborjade")?.children ?? [])].map((li) => li.textContent),
        ).toEqual([
            "Inregistrering, startdag 2026-03-01",
            "Ändring av insats",
            "Rättelse av anonyma deltagare",
        ]);
        await tryck("stanna");
        expect(anrop()).toBe(0);
        expect(sessionen.session).toBeDefined();
        expect(document.activeElement).toBe(del("logga-ut"));
        await tryck("logga-ut");
        await tryck("logga-ut-anda");
        expect(anrop()).toBe(1);
        expect(JSON.stringify(Object.keys(localStorage))).not.toContain(
            "sus-utkast",
        );
    });

    it("säger på inloggningssidan när SUS inte svarade", async () => {
        await oppna([], () => Promise.reject(natfel()));
        await tryck("logga-ut");
        await lugn();
        expect(sessionen.session).toBeUndefined();
        expect(besked.value?.text).toContain("SUS svarade inte");
    });
});
