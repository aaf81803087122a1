import { afterEach, beforeEach, expect, it } from "vitest";
import {
    type Monterad,
    del,
    lagrat,
    montera,
    tryck,
} from "@/shared/prov/montera";
import ForstaBesok from "./ForstaBesok.vue";

let sida: Monterad;

beforeEach(() => {
    localStorage.clear();
});
afterEach(() => {
    sida.bort();
});

async function oppna(): Promise<void> {
    sida = await montera(ForstaBesok, {
        vag: "/",
        rutt: "/",
        roll: "DELTAGARANSVARIG",
        server: () => undefined,
    });
}

it("säger tre meningar tills de stängs, och minns det utan personuppgifter", async () => {
    await oppna();
    const meningar = del("forsta-besok")
        ?.querySelector("p")
        ?.textContent.match(/[^.]+\./g);
    expect(meningar).toHaveLength(3);
    expect(meningar?.[1]).toContain("Registrera deltagare");
    await tryck("stang-forsta");
    expect(del("forsta-besok")).toBeNull();
    expect(lagrat()).toContain("sus-forsta-besok-jag");
    sida.bort();
    await oppna();
    expect(del("forsta-besok")).toBeNull();
});
