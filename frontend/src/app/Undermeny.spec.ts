import { afterEach, expect, it } from "vitest";
import { type Sida, oppna } from "@/shared/prov/oppna";
import { finns } from "@/shared/prov/handgrepp";
import * as v from "@/shared/prov/varlden";

let sida: Sida;
afterEach(() => sida.bort());

const harifran = (): string[] =>
    [
        ...document.querySelectorAll(
            "[data-test=undermeny] a[aria-current]:not([aria-current=false])",
        ),
    ].map((a) => a.querySelector(".undermeny__kort")?.textContent.trim() ?? "");

it("märker det man gör, och inget på sidan där man väljer", async () => {
    sida = await oppna("/deltagande", { roll: "DELTAGARANSVARIG" });
    await finns("undermeny");
    expect(harifran()).toEqual([]);
    await sida.router.push("/deltagande?till=samtycken");
    await expect.poll(harifran).toEqual(["Samtycken"]);
    await sida.router.push(`/insatser/${v.ider.insats}/anonyma`);
    await expect.poll(harifran).toEqual(["Anonyma"]);
});
