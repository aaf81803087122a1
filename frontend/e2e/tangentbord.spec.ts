import type { JSHandle, Page } from "@playwright/test";
import { som, tillSidan } from "./prov";
import { sidor } from "./sidor";
import { Api, expect, iDag, paSidan, test } from "./stod";

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
                    await utanSynligtFokus(await harFokus(this.page)),
                    `${id} har synligt fokus`,
                ).toEqual([]);
                return;
            }
            await this.tryck("Tab");
        }
        throw new Error(`Tab nådde aldrig ${id}`);
    }
}

type Delar = JSHandle<HTMLElement[]>;

/**
 * Those that look the same with the focus as without it. The label or the box may
 * carry the mark. A contrast theme keeps neither shadow nor background.
 */
async function utanSynligtFokus(
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

async function harFokus(page: Page): Promise<Delar> {
    return page.evaluateHandle(() =>
        document.activeElement instanceof HTMLElement
            ? [document.activeElement]
            : [],
    );
}

/** The page's stops for Tab in order, as the page's own markup says; a group of radio buttons is one. */
async function stopp(page: Page): Promise<Delar> {
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

/** Which of the stops have the focus after each of so many presses; -1 where none has. */
async function gang(
    page: Page,
    alla: Delar,
    tangent: string,
    antal: number,
): Promise<number[]> {
    // The page takes notes: to ask it after every press takes most of the time.
    const noterat = await alla.evaluateHandle((alla) => {
        const gick: (Element | null)[] = [];
        document.addEventListener("keyup", (h) => {
            if (h.key === "Tab") {
                gick.push(document.activeElement);
            }
        });
        return { gick, alla };
    });
    for (let n = 0; n < antal; n++) {
        await page.keyboard.press(tangent);
    }
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
async function genomSidan(page: Page, vag: string): Promise<void> {
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
    await t.till("falt-fore-forsorjning-SA");
    await t.tryck("Space");
    for (const fraga of ["arbetssokande", "arbetar", "studerar"]) {
        await t.till(`falt-fore-${fraga}-ja`);
        await t.tryck("ArrowDown"); // «Nej»
        await expect(page.locator(`#falt-fore-${fraga}-nej`)).toBeChecked();
    }
    await t.tryck("Enter");
    await paSidan(page, "Kontrollera uppgifterna");
    await expect(page.getByTestId("spara")).toBeFocused();
    await t.tryck("Enter");
    await paSidan(page, "Inregistreringen är sparad");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    expect(t.antal).toBeLessThanOrEqual(90);
    // eslint-disable-next-line no-console -- the count is part of the result
    console.log(`tangenttryck utöver texten: ${t.antal}`);
});

test("tio utregistreringar i rad ur listan, på högst 25 tangenttryck var utan mätning och 40 med", async ({
    page,
    baseURL,
    nummer,
}, info) => {
    test.setTimeout(120_000);
    await som(page, "andraInsatsen", info);
    const api = Api.som("andraInsatsen", baseURL ?? "");
    const insats = await api.minInsats("Steget vidare");
    const dag = iDag(-9);
    for (let n = 0; n < 10; n++) {
        await api.deltagande(insats.id, nummer(), { startdag: dag });
    }
    const listan = `/insatser/${insats.id}?status=PAGAENDE&startdagFran=${dag}&startdagTill=${dag}`;
    await page.goto(listan);
    await page.getByTestId("deltaganden").locator("tbody a").first().click();
    await page.getByTestId("utregistrera").press("Enter");
    const tryck: number[] = [];
    for (let n = 0; n < 10; n++) {
        const medMatning = n % 2 === 1;
        const t = new Tangenter(page);
        await paSidan(page, "Registrera ut");
        await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
        await expect(page.getByTestId("utregistrering")).toBeVisible();
        await t.till("falt-avslutningsdag");
        await t.skriv(iDag(-1));
        await t.till("falt-avslutsanledning");
        await t.skriv(medMatning ? "Avslut enligt" : "Flytt");
        if (medMatning) {
            await t.till("falt-efter-forsorjning-SA");
            await t.tryck("Space");
            for (const fraga of ["arbetssokande", "arbetar", "studerar"]) {
                await t.till(`falt-efter-${fraga}-ja`);
                await t.tryck("ArrowDown"); // «Nej»
            }
        } else {
            await t.till("spara");
        }
        await t.tryck("Enter");
        await paSidan(page, "Kontrollera uppgifterna");
        await expect(page.getByTestId("spara")).toBeFocused();
        await t.tryck("Enter");
        await paSidan(page, "Utregistreringen är sparad");
        await expect(page.getByTestId("kvitto")).toBeVisible();
        if (n < 9) {
            await t.till("nasta-i-listan");
            await t.tryck("Enter");
        }
        tryck.push(t.antal);
        expect(t.antal).toBeLessThanOrEqual(medMatning ? 40 : 25);
    }
    // eslint-disable-next-line no-console -- the count is part of the result
    console.log(`tangenttryck per utregistrering: ${tryck.join(", ")}`);
    // The list is done: back to it, as it was.
    await expect(page.getByTestId("nasta-i-listan")).toHaveCount(0);
    await page.getByTestId("till-listan").click();
    await expect(page).toHaveURL(`${listan}#deltaganden`);
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
    const ruta = page.getByRole("group", {
        name: "7 fält behöver rättas",
        exact: true,
    });
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
        .toMatch(/^falt-fore-forsorjning-/);
    await t.tryck("Space");
    await t.tryck("Tab", 12);
    await expect(ruta).not.toBeFocused();
});

test("en planterad fälla och ett osynligt fokus hittas", async ({ page }) => {
    await tillSidan(page, "/logga-in");
    await page.evaluate(() => {
        const lank = document.createElement("a");
        lank.href = "/";
        lank.textContent = "Planterad";
        for (const egenskap of ["outline", "box-shadow", "transition"]) {
            lank.style.setProperty(egenskap, "none", "important");
        }
        lank.addEventListener("keydown", (h) => {
            h.preventDefault();
        });
        document.querySelector("footer")?.append(lank);
    });
    await expect(genomSidan(page, "planterad")).rejects.toThrow(
        "planterad: Tab leder ut",
    );
    expect((await utanSynligtFokus(await stopp(page))).join()).toContain(
        "Planterad",
    );
});

test("ingen tangentbordsfälla på inloggningen", async ({ page }) => {
    await tillSidan(page, "/logga-in");
    await genomSidan(page, "/logga-in");
});

test("ingen tangentbordsfälla på någon sida", async ({
    page,
    baseURL,
    nummer,
}, info) => {
    test.setTimeout(120_000);
    for (const { roll, vag } of await sidor(baseURL ?? "", nummer)) {
        await som(page, roll, info);
        await tillSidan(page, vag);
        await genomSidan(page, vag);
    }
});

test("kalendern hålls med tangenterna, och Escape leder tillbaka", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const s = await api.samtycke(insats.id, nummer());
    await tillSidan(page, `/insatser/${insats.id}/registrera/in/${s.id}`);
    const knapp = page.getByRole("button", { name: "Välj startdag" });
    await knapp.focus();
    await page.keyboard.press("Enter");
    const kalender = page.locator(".datepicker-field__popup");
    await expect(
        kalender.locator(".calendar-navbar__month--title"),
    ).toBeFocused();
    for (let n = 0; n < 6; n++) {
        await page.keyboard.press("Tab");
        await expect(kalender.locator(":focus")).toHaveCount(1);
        expect(await utanSynligtFokus(await harFokus(page))).toEqual([]);
    }
    await page.keyboard.press("Escape");
    await expect(kalender).toBeHidden();
    await expect(knapp).toBeFocused();
    // And on, to the next field.
    await page.keyboard.press("Tab");
    await expect(page.locator("#falt-utbildningsniva")).toBeFocused();
});

test("frågan innan man loggas ut håller fokus, och Escape leder tillbaka", async ({
    inloggad: page,
}) => {
    await page.clock.install();
    await tillSidan(page, "/");
    const lank = page.getByTestId("registrera").first();
    await lank.focus();
    await page.clock.fastForward("28:30");
    const fraga = page.getByRole("dialog", { name: "Du loggas snart ut" });
    await expect(fraga.getByRole("heading")).toBeFocused();
    for (let n = 0; n < 5; n++) {
        await page.keyboard.press("Tab");
        await expect(fraga.locator(":focus")).toHaveCount(1);
        expect(await utanSynligtFokus(await harFokus(page))).toEqual([]);
    }
    await page.keyboard.press("Escape");
    await expect(fraga).toBeHidden();
    await expect(lank).toBeFocused();
});
