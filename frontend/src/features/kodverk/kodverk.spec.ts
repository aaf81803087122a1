import { afterEach, describe, expect, it } from "vitest";
import { finns, tryck } from "@/shared/prov/handgrepp";
import { type Sida, oppna, tills } from "@/shared/prov/oppna";

let sida: Sida;
afterEach(() => sida.bort());

const kodverk = "/administration/kodverk?kodverk=AVSLUTSANLEDNING";

/** What is said at the fields, and of which it is. */
const felen = (): string[] =>
    [...document.querySelectorAll("[id^=falt-][id$=-fel]")].map(
        (e) => `${e.id} ${e.textContent.trim()}`,
    );

describe("kodverkens formulär", () => {
    it("säger inte om nästa kod vad som var fel i den förra", async () => {
        sida = await oppna(`${kodverk}&andra=ny+kod`, {
            roll: "SYSTEMFORVALTARE",
        });
        await finns("nykodsformular");
        await tryck("spara");
        await finns("fellista");
        await tills(() => felen().includes("falt-etikett-fel Fyll i text."));
        await sida.router.push(`${kodverk}&andra=SJUKDOM`);
        await finns("kodformular");
        expect(felen()).toEqual([]);
    });
    it("lämnar tillbaka fokus till koden när den stängs utan att sparas", async () => {
        sida = await oppna(kodverk, { roll: "SYSTEMFORVALTARE" });
        const koden = () =>
            [
                ...document.querySelectorAll<HTMLElement>(
                    "[data-test=andra-kod]",
                ),
            ].find((a) => a.textContent.trim() === "SJUKDOM");
        await tills(() => koden());
        await sida.router.push(`${kodverk}&andra=SJUKDOM`);
        await finns("kodformular");
        sida.router.back();
        await tills(
            () => koden() !== undefined && document.activeElement === koden(),
        );
        await tryck("ny-kod");
        await finns("nykodsformular");
        await tryck("avbryt");
        await tills(
            () =>
                document.activeElement?.getAttribute("data-test") === "ny-kod",
        );
    });
});
