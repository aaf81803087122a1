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
    utkast: number,
    svara = () => Promise.resolve({ response: new Response() }),
): Promise<() => number> {
    for (let n = 0; n < utkast; n++) {
        localStorage.setItem(
            `sus-utkast:jag:in:s-${String(n)}`,
            JSON.stringify({ sparad: Date.now(), svar: { startdag: "x" } }),
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
        const anrop = await oppna(0);
        await tryck("logga-ut");
        expect(anrop()).toBe(1);
        expect(sessionen.session).toBeUndefined();
    });

    it("säger hur många registreringar som är påbörjade, och går att ångra", async () => {
        const anrop = await oppna(2);
        await tryck("logga-ut");
        expect(document.body.textContent).toContain(
            "Du har 2 påbörjade registreringar",
        );
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
        await oppna(0, () => Promise.reject(natfel()));
        await tryck("logga-ut");
        await lugn();
        expect(sessionen.session).toBeUndefined();
        expect(besked.value?.text).toContain("SUS svarade inte");
    });
});
