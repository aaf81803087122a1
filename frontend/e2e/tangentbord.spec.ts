import type { Page } from "@playwright/test";
import { expect, iDag, paSidan, test } from "./stod";

/** A keyboard that counts: every press beside the text typed. */
class Tangenter {
    antal = 0;

    constructor(private readonly page: Page) {}

    async tryck(tangent: string, ganger = 1): Promise<void> {
        for (let n = 0; n < ganger; n++) {
            await this.page.keyboard.press(tangent);
            this.antal++;
        }
    }

    async skriv(text: string): Promise<void> {
        await this.page.keyboard.type(text);
    }

    /** Tab until the field has the focus; it must come, and be seen. */
    async till(id: string): Promise<void> {
        for (let n = 0; n < 40; n++) {
            const nu = await this.page.evaluate(
                () =>
                    document.activeElement?.id ||
                    document.activeElement?.getAttribute("data-test") ||
                    "",
            );
            if (nu === id) {
                expect(
                    await fokusSyns(this.page),
                    `${id} har synligt fokus`,
                ).toBe(true);
                return;
            }
            await this.tryck("Tab");
        }
        throw new Error(`Tab nådde aldrig ${id}`);
    }
}

/** Does the element with the focus look another way than without it? Its label or box may carry the mark. */
async function fokusSyns(page: Page): Promise<boolean> {
    return page.evaluate(() => {
        const e = document.activeElement;
        if (!(e instanceof HTMLElement)) {
            return false;
        }
        const delar = (): string =>
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
                                  s.boxShadow,
                                  s.borderColor,
                                  s.backgroundColor,
                              ].join();
                          })
                        : [],
                )
                .join("|");
        const med = delar();
        e.blur();
        const utan = delar();
        e.focus({ preventScroll: true });
        return med !== utan;
    });
}

test("en inregistrering utan mus, på högst 90 tangenttryck", async ({
    inloggad: page,
    nummer,
}) => {
    const t = new Tangenter(page);
    await page.goto("/");
    await expect(page.getByTestId("registrera").first()).toBeVisible();
    await expect(page.getByTestId("laddar")).toHaveCount(0);
    await t.till("registrera");
    await t.tryck("Enter");
    await paSidan(page, "Registrera deltagare");
    await expect(page.locator("#falt-personnummer")).toBeVisible();
    await t.till("falt-personnummer");
    await t.skriv(nummer());
    await t.tryck("Enter");
    await expect(
        page.getByRole("heading", { name: "Deltagarinformation" }),
    ).toBeFocused();
    await t.till("falt-datum");
    await t.skriv(iDag(-5));
    await t.tryck("Enter");
    await expect(page.getByTestId("inregistrering")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();

    await t.till("falt-startdag");
    await t.skriv(iDag(-3));
    await t.till("falt-utbildningsniva");
    await t.skriv("G");
    await t.till("falt-arOffentligForsorjning");
    await t.skriv("2");
    await t.till("falt-forsorjning-SA");
    await t.tryck("Space");
    for (const fraga of ["arbetssokande", "arbetar", "studerar"]) {
        await t.till(`falt-${fraga}-ja`);
        await t.tryck("ArrowDown"); // «Nej»
        await expect(page.locator(`#falt-${fraga}-nej`)).toBeChecked();
    }
    await t.tryck("Enter");
    await paSidan(page, "Inregistreringen är sparad");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    expect(t.antal).toBeLessThanOrEqual(90);
    // eslint-disable-next-line no-console -- the count is part of the result
    console.log(`tangenttryck utöver texten: ${t.antal}`);
});

test("fellistan nås och leder till fältet", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const s = await api.samtycke(insats.id, nummer());
    const t = new Tangenter(page);
    await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
    await expect(page.getByTestId("inregistrering")).toBeVisible();
    await t.till("falt-arOffentligForsorjning");
    await t.tryck("Enter");
    const ruta = page.getByRole("group", { name: "Fel", exact: true });
    await expect(ruta).toBeFocused();
    const lankar = page.getByTestId("fellista").getByRole("link");
    await expect(lankar).toHaveCount(7);
    await t.tryck("Tab");
    await expect(lankar.first()).toBeFocused();
    await t.tryck("Tab", 3);
    await expect(lankar.nth(3)).toBeFocused();
    await t.tryck("Enter");
    // The first choice of the group that the fourth line is about.
    await expect
        .poll(() => page.evaluate(() => document.activeElement?.id ?? ""))
        .toMatch(/^falt-forsorjning-/);
    await t.tryck("Space");
    await t.tryck("Tab", 12);
    await expect(ruta).not.toBeFocused();
});
