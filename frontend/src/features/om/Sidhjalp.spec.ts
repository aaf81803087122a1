import { afterEach, expect, it, vi } from "vitest";
import { defineComponent, h } from "vue";
import { type Monterad, del, montera } from "@/shared/prov/montera";
import Sidhjalp from "./Sidhjalp.vue";

let sida: Monterad;
afterEach(() => {
    sida.bort();
});

it("visar handbokens steg utan något som tar fokus", async () => {
    const Med = defineComponent({
        render: () => h(Sidhjalp, { id: "anonyma" }),
    });
    sida = await montera(Med, {
        vag: "/",
        rutt: "/",
        roll: "DELTAGARANSVARIG",
        server: () => undefined,
    });
    await vi.waitFor(() => {
        expect(del("sidhjalp")?.querySelectorAll("ol li")).toHaveLength(4);
    });
    expect(
        del("sidhjalp")?.querySelector("a, button, input, [tabindex]"),
    ).toBeNull();
});
