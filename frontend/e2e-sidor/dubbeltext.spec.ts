import type { Page } from "@playwright/test";
import { avbilda, sidledes, som, tillSidan } from "../e2e/prov";
import { sidor } from "../e2e/sidor";
import { expect, test } from "../e2e/stod";

/** The browser's own setting for who needs larger text. */

/** Notes the size of every text in sight; the chart's apart, whose numbers the table holds. */
async function textstorlekar(page: Page): Promise<void> {
    await page.evaluate(() => {
        const texter = [...document.querySelectorAll("body *")].filter(
            (e) =>
                e instanceof HTMLElement &&
                e.checkVisibility() &&
                [...e.childNodes].some(
                    (n) => n instanceof Text && n.data.trim() !== "",
                ),
        );
        Reflect.set(
            window,
            "texter",
            texter.map((e) => [e, parseFloat(getComputedStyle(e).fontSize)]),
        );
    });
}

/** What is wrong with the page when its text is twice as large. */
async function felMedStorText(page: Page): Promise<string[]> {
    return page.evaluate(() => {
        const fel: string[] = [];
        const vad = (e: Element): string =>
            `<${e.tagName.toLowerCase()} class="${e.className}"> ${e.textContent.trim().slice(0, 40)}`;
        const texter = Reflect.get(window, "texter") as [Element, number][];
        for (const [e, fore] of texter) {
            const nu = parseFloat(getComputedStyle(e).fontSize);
            // What stands beside has gone where it has no room; nobody reads its size.
            if (e.checkVisibility() && Math.abs(nu - 2 * fore) > 0.5) {
                fel.push(`växer inte, ${fore} till ${nu} px: ${vad(e)}`);
            }
        }
        // The headings of a table whose rows stand one below the other are read aloud alone.
        const baraUpplast = (e: Element | null): boolean =>
            e !== null &&
            (getComputedStyle(e).clipPath === "inset(50%)" ||
                baraUpplast(e.parentElement));
        const kapar = (e: Element): boolean =>
            /hidden|clip/.test(getComputedStyle(e).overflow);
        for (const [e] of texter) {
            if (
                e.closest(".sr-only") ||
                baraUpplast(e) ||
                !e.checkVisibility({ visibilityProperty: true })
            ) {
                continue;
            }
            // Its own text; what is within it is looked at by itself.
            const text = document.createRange();
            text.selectNodeContents(
                [...e.childNodes].find(
                    (n) => n instanceof Text && n.data.trim() !== "",
                ) ?? e,
            );
            const t = text.getBoundingClientRect();
            for (
                let ram: Element | null = e;
                ram && getComputedStyle(ram).overflowX !== "auto";
                ram = ram.parentElement
            ) {
                const r = ram.getBoundingClientRect();
                if (
                    kapar(ram) &&
                    (t.left < r.left - 1 ||
                        t.right > r.right + 1 ||
                        t.top < r.top - 1 ||
                        t.bottom > r.bottom + 1)
                ) {
                    fel.push(`kapas: ${vad(e)}`);
                }
            }
        }
        // A wide table is drawn to the side in its own frame.
        const rullar = (e: Element | null): boolean =>
            e !== null &&
            (getComputedStyle(e).overflowX === "auto" ||
                rullar(e.parentElement));
        for (const knapp of document.querySelectorAll("main .button")) {
            const r = knapp.getBoundingClientRect();
            if (
                r.width === 0 ||
                ((r.left < 0 || r.right > innerWidth) && !rullar(knapp)) ||
                knapp.scrollWidth > knapp.clientWidth + 1
            ) {
                fel.push(`knappen får inte plats: ${vad(knapp)}`);
            }
        }
        return fel;
    });
}

test("texten kan göras dubbelt så stor @bada", async ({
    page,
    baseURL,
    nummer,
}, info) => {
    // What a person sets in the browser's settings.
    const webblasaren = await page.context().newCDPSession(page);
    const storlek = async (standard: number): Promise<void> => {
        await webblasaren.send("Page.setFontSizes", {
            fontSizes: { standard, fixed: standard },
        });
    };
    for (const { roll, vag } of await sidor(baseURL ?? "", nummer)) {
        await som(page, roll, info);
        await storlek(16);
        await tillSidan(page, vag);
        await textstorlekar(page);
        await storlek(32);
        // The menu counts its room anew after a while.
        await expect.poll(() => felMedStorText(page), vag).toEqual([]);
        expect(await sidledes(page), `${vag}: rullar i sidled`).toBe(0);
        // A picture of the whole page sets the browser's own size back.
        await page.evaluate(() => {
            document.documentElement.style.fontSize = "32px";
        });
        await avbilda(
            page,
            `Dubbel text ${vag.replaceAll(/[0-9a-f-]{36}/g, "x")}`,
        );
    }
});
