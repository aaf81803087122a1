import type { Page } from "@playwright/test";

/** A shift of what stood there, and what it was that moved. */
export interface Skift {
    varde: number;
    tid: number;
    vad: string[];
}

/** Counts the shifts of every page that this tab opens from now on. Called before the page is. */
export async function raknaSkift(page: Page): Promise<void> {
    await page.addInitScript(() => {
        interface Skiftpost extends PerformanceEntry {
            value: number;
            hadRecentInput: boolean;
            sources?: { node?: Node | null }[];
        }
        const skift: unknown[] = [];
        Reflect.set(window, "skift", skift);
        new PerformanceObserver((lista) => {
            for (const p of lista.getEntries() as Skiftpost[]) {
                if (p.hadRecentInput) {
                    continue; // who presses something expects it to move
                }
                skift.push({
                    varde: p.value,
                    tid: p.startTime,
                    vad: (p.sources ?? []).map(({ node }) =>
                        node instanceof Element
                            ? `${node.tagName.toLowerCase()}.${node.className}`
                            : (node?.parentElement?.className ?? "?"),
                    ),
                });
            }
        }).observe({ type: "layout-shift", buffered: true });
    });
}

export async function skiften(page: Page): Promise<Skift[]> {
    return page.evaluate(() => Reflect.get(window, "skift") as Skift[]);
}

/** Cumulative layout shift, as web-vitals counts it: the worst window of at most 5 s, with gaps under 1 s. */
export function clsAv(skift: readonly Skift[]): number {
    let varst = 0;
    let fonster: Skift[] = [];
    for (const s of skift) {
        const forsta = fonster[0];
        const sista = fonster.at(-1);
        if (
            !forsta ||
            !sista ||
            s.tid - sista.tid >= 1000 ||
            s.tid - forsta.tid >= 5000
        ) {
            fonster = [];
        }
        fonster.push(s);
        varst = Math.max(
            varst,
            fonster.reduce((summa, f) => summa + f.varde, 0),
        );
    }
    return varst;
}

/** How much the page has moved by itself since it was opened, when it is whole; `raknaSkift` was called before. */
export async function cls(page: Page): Promise<number> {
    await page.locator(".sidfot:not(.sidfot--vantar)").waitFor();
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    await page.waitForTimeout(300);
    return clsAv(await skiften(page));
}
