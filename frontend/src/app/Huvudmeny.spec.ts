import { afterEach, expect, it } from "vitest";
import { defineComponent, h } from "vue";
import { type Monterad, del, montera, tryck } from "@/shared/prov/montera";
import { menyFor } from "@/shared/session/behorighet.logic";
import Huvudmeny from "./Huvudmeny.vue";

let sida: Monterad;
afterEach(() => {
    sida.bort();
});

const Med = defineComponent({
    render: () => h(Huvudmeny, { meny: menyFor(["DELTAGARANSVARIG"]) }),
});

async function oppna(): Promise<void> {
    sida = await montera(Med, {
        vag: "/",
        rutt: "/",
        roll: "DELTAGARANSVARIG",
        server: () => undefined,
    });
}

it("är en lista av länkar, de mest använda främst där det är trångt", async () => {
    await oppna();
    const nav = document.querySelector("nav[aria-label=Huvudmeny]");
    expect(
        [...(nav?.querySelectorAll("ul > li > a[href]") ?? [])].map((a) =>
            a.getAttribute("href"),
        ),
    ).toEqual([
        "/",
        "/samverkansorganisationer",
        "/insatser",
        "/deltagande",
        "/rapporter",
    ]);
    expect(nav?.querySelector("[role]")).toBeNull();
    expect(
        [...(nav?.querySelectorAll(".huvudmeny__val--framst") ?? [])].map((e) =>
            e.textContent.trim(),
        ),
    ).toEqual(["Insats", "Deltagande"]);
});

it("fälls ut med en knapp som säger det, och ihop med Escape", async () => {
    await oppna();
    expect(del("meny")?.getAttribute("aria-expanded")).toBe("false");
    await tryck("meny");
    expect(del("meny")?.getAttribute("aria-expanded")).toBe("true");
    document
        .querySelector("nav a")
        ?.dispatchEvent(
            new KeyboardEvent("keydown", { key: "Escape", bubbles: true }),
        );
    await sida.router.push("/");
    expect(del("meny")?.getAttribute("aria-expanded")).toBe("false");
    expect(document.activeElement).toBe(del("meny"));
});
