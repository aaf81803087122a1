import type { JSHandle, Page } from "@playwright/test";
import { expect } from "./prov";

/** What the keyboard meets on a page: its stops, its traps, and whether the focus is seen. */

type Delar = JSHandle<HTMLElement[]>;

/**
 * Those that look the same with the focus as without it. The label or the box may
 * carry the mark. A contrast theme keeps neither shadow nor background.
 */
export async function utanSynligtFokus(
    alla: Delar,
    kontrasttema = false,
): Promise<string[]> {
    return alla.evaluate((alla, kontrasttema) => {
        const delar = (e: HTMLElement): string =>
            [
                e,
                e.parentElement,
                ...(e.parentElement?.querySelectorAll("label") ?? []),
            ]
                .flatMap((x) =>
                    x
                        ? ["", "::before", "::after"].map((p) => {
                              const s = getComputedStyle(
                                  x,
                                  p === "" ? null : p,
                              );
                              return [
                                  s.outlineStyle,
                                  s.outlineWidth,
                                  s.outlineColor,
                                  s.borderColor,
                                  ...(kontrasttema
                                      ? []
                                      : [s.boxShadow, s.backgroundColor]),
                              ].join();
                          })
                        : [],
                )
                .join("|");
        return alla
            .filter((e) => {
                e.focus({ preventScroll: true });
                const med = delar(e);
                e.blur();
                const utan = delar(e);
                e.focus({ preventScroll: true });
                return med === utan;
            })
            .map((e) => e.outerHTML.slice(0, 150));
    }, kontrasttema);
}

export async function harFokus(page: Page): Promise<Delar> {
    return page.evaluateHandle(() =>
        document.activeElement instanceof HTMLElement
            ? [document.activeElement]
            : [],
    );
}

/** The page's stops for Tab in order, as the page's own markup says; a group of radio buttons is one. */
export async function stopp(page: Page): Promise<Delar> {
    return page.evaluateHandle(() => {
        const grupper = new Set<string>();
        return [
            ...document.querySelectorAll<HTMLElement>(
                "a[href], button, input, select, textarea, summary, [tabindex]",
            ),
        ].filter((e) => {
            if (
                e.tabIndex < 0 ||
                e.matches(":disabled") ||
                !e.checkVisibility({ visibilityProperty: true })
            ) {
                return false;
            }
            if (e instanceof HTMLInputElement && e.type === "radio") {
                const ny = !grupper.has(e.name);
                grupper.add(e.name);
                return ny;
            }
            return true;
        });
    });
}

/** How many stops it is from the one that has the focus on to the one of this id, or of this name for tests. */
export async function stoppTill(page: Page, id: string): Promise<number> {
    const alla = await stopp(page);
    return alla.evaluate((alla, id) => {
        const plats = (e: Element | null): number =>
            alla.findIndex(
                (a) =>
                    a === e ||
                    (a instanceof HTMLInputElement &&
                        e instanceof HTMLInputElement &&
                        a.type === "radio" &&
                        e.type === "radio" &&
                        a.name === e.name),
            );
        const nu = document.activeElement ?? document.body;
        const mal = document.querySelector(`#${id}, [data-test="${id}"]`);
        const efter = alla.findIndex(
            (a) =>
                (nu.compareDocumentPosition(a) &
                    Node.DOCUMENT_POSITION_FOLLOWING) !==
                0,
        );
        const fran = plats(nu) === -1 ? efter - 1 : plats(nu);
        return Math.max(0, plats(mal) - fran);
    }, id);
}

const tabb = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };
const tabbar = {
    Tab: { ...tabb, modifiers: 0 },
    "Shift+Tab": { ...tabb, modifiers: 8 },
};

/** Which of the stops have the focus after each of so many presses; -1 where none has. */
async function gang(
    page: Page,
    alla: Delar,
    tangent: keyof typeof tabbar,
    antal: number,
): Promise<number[]> {
    // The page takes notes, and the presses are sent in a row: to ask or to wait after each takes most of the time.
    const noterat = await alla.evaluateHandle((alla) => {
        const gick: (Element | null)[] = [];
        document.addEventListener("keyup", (h) => {
            if (h.key === "Tab") {
                gick.push(document.activeElement);
            }
        });
        return { gick, alla };
    });
    const webblasaren = await page.context().newCDPSession(page);
    await Promise.all(
        Array.from({ length: antal }, () =>
            (["rawKeyDown", "keyUp"] as const).map((type) =>
                webblasaren.send("Input.dispatchKeyEvent", {
                    type,
                    ...tabbar[tangent],
                }),
            ),
        ).flat(),
    );
    await webblasaren.detach();
    return noterat.evaluate(({ gick, alla }) =>
        gick
            .splice(0)
            .map((nu) =>
                alla.findIndex(
                    (e) =>
                        e === nu ||
                        (e instanceof HTMLInputElement &&
                            nu instanceof HTMLInputElement &&
                            e.type === "radio" &&
                            nu.type === "radio" &&
                            e.name === nu.name),
                ),
            ),
    );
}

/** Tab goes from the top through every stop once and out of the page, Shift+Tab the same way back. */
export async function genomSidan(page: Page, vag: string): Promise<void> {
    const alla = await stopp(page);
    const antal = await alla.evaluate((a) => a.length);
    const framat = Array.from({ length: antal }, (_, n) => n);
    for (const [tangent, vantad] of [
        ["Tab", framat],
        ["Shift+Tab", framat.toReversed()],
    ] as const) {
        const gick = await gang(page, alla, tangent, antal);
        expect(gick, `${vag}: ${tangent}`).toEqual(vantad);
        // Out of the page; without a window around it, to its other end.
        const [ut = -1] = await gang(page, alla, tangent, 1);
        expect([-1, vantad[0]], `${vag}: ${tangent} leder ut`).toContain(ut);
    }
    for (const kontrasttema of [false, true]) {
        await page.emulateMedia({
            forcedColors: kontrasttema ? "active" : "none",
        });
        expect(
            await utanSynligtFokus(alla, kontrasttema),
            `${vag}: fokus syns${kontrasttema ? " i kontrasttema" : ""}`,
        ).toEqual([]);
    }
    await page.emulateMedia({ forcedColors: "none" });
}
