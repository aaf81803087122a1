import type { Page } from "@playwright/test";
import { som, tillSidan } from "./prov";
import { Api, expect, iDag, paSidan, test } from "./stod";
import {
    genomSidan,
    harFokus,
    stopp,
    stoppTill,
    utanSynligtFokus,
} from "./tangenter";

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
        await this.tryck("Tab", await stoppTill(this.page, id));
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
    await lasa(page);
    await t.tryck("Enter");
    await paSidan(page, "Inregistreringen är sparad");
    await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
    expect(t.antal).toBeLessThanOrEqual(90);
    // eslint-disable-next-line no-console -- the count is part of the result
    console.log(`tangenttryck utöver texten: ${t.antal}`);
});

/** Who looks over takes a moment: what is pressed at once saves nothing. */
async function lasa(page: Page): Promise<void> {
    await page.evaluate(() => new Promise((klar) => setTimeout(klar, 350)));
}

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
        await lasa(page);
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
