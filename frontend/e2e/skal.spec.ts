import type { Locator, Page } from "@playwright/test";
import { egna } from "./konton";
import {
    ensam,
    expect,
    godta,
    granska,
    lugn,
    minInsats,
    sidledes,
    skrivIn,
    som,
    test,
    tillSidan,
} from "./prov";
import { nyttNummer } from "./stod";

function huvudmenyn(page: Page): Locator {
    return page.getByRole("navigation", { name: "Huvudmeny" });
}

/** A choice of the menu; where it has no room the button shows it. */
async function menyval(page: Page, namn: string): Promise<Locator> {
    const knapp = huvudmenyn(page).getByRole("button", { name: "Meny" });
    const val = huvudmenyn(page).getByRole("link", { name: namn });
    // The menu counts its room when it knows who is logged in.
    await lugn(page);
    if (!(await val.isVisible())) {
        await knapp.click();
    }
    return val;
}

test.describe("skalet", () => {
    const menyer = {
        deltagaransvarig: [
            "Startsida",
            "Samverkansorganisation",
            "Insats",
            "Deltagande",
            "Rapporter",
        ],
        insatsansvarig: [
            "Startsida",
            "Samverkansorganisation",
            "Insats",
            "Rapporter",
        ],
        samverkansadministrator: [
            "Startsida",
            "Samverkansorganisation",
            "Insats",
            "Rapporter",
        ],
        susrapport: [
            "Startsida",
            "Samverkansorganisation",
            "Insats",
            "Rapporter",
        ],
        systemforvaltare: [
            "Startsida",
            "Administration",
            "Samverkansorganisation",
            "Insats",
            "Rapporter",
        ],
    } as const;
    for (const [roll, val] of Object.entries(menyer)) {
        test(`visar ${roll} sin meny och startsida`, async ({ page }, info) => {
            await som(page, roll as keyof typeof menyer, info);
            await page.goto("/");
            const meny = page.getByRole("navigation", { name: "Huvudmeny" });
            await expect(meny).toBeVisible();
            // What has no room is behind the button, and still in the page.
            await expect(meny.locator("a[href]")).toHaveText([...val]);
            await expect(page.getByTestId("inloggad-anvandare")).toContainText(
                "Personnummer",
            );
            await expect(page.getByTestId("inloggad-anvandare")).toContainText(
                "-****",
            );
            await expect(page.getByTestId("laddar")).toHaveCount(0);
            await granska(page, `Startsida: ${roll}`);
        });
    }

    test("flyttar fokus och titel vid sidbyte, och har en genväg till innehållet", async ({
        page,
    }, info) => {
        await som(page, "deltagaransvarig", info);
        await page.goto("/");
        await expect(page).toHaveTitle("Välkommen till SUS – SUS");
        await page.keyboard.press("Tab");
        await expect(
            page.getByRole("link", { name: "Till innehållet" }),
        ).toBeFocused();
        await granska(page, "Genvägen till innehållet");
        await page.keyboard.press("Enter");
        await expect(page.locator("main")).toBeFocused();
        await page
            .getByRole("contentinfo")
            .getByRole("link", { name: "Tillgänglighetsredogörelse" })
            .click();
        await expect(page).toHaveTitle(
            "Tillgänglighetsredogörelse för SUS – SUS",
        );
        await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
        await page.goBack();
        await expect(
            page.getByRole("heading", { level: 1, name: "Välkommen till SUS" }),
        ).toBeFocused();
    });

    test("har menyn som länkar utan att ladda om @bada", async ({
        page,
    }, info) => {
        await som(page, "deltagaransvarig", info);
        await page.goto("/");
        await page.evaluate(() => Reflect.set(window, "kvar", true));
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        // One left edge: the name, the menu, the content and the footer.
        const kanter = (): Promise<number[]> =>
            page.evaluate(() =>
                [
                    ".sidhuvud__namn",
                    ".huvudmeny :is(button, a)",
                    "h1",
                    ".sidfot p",
                ].map((v) =>
                    Math.round(
                        [...document.querySelectorAll(v)]
                            .find((e) => e.checkVisibility())
                            ?.getBoundingClientRect().left ?? 0,
                    ),
                ),
            );
        await expect
            .poll(async () => [...new Set(await kanter())])
            .toHaveLength(1);
        await (await menyval(page, "Samverkansorganisation")).click();
        await expect(page).toHaveURL(/\/samverkansorganisationer$/);
        const rapporter = await menyval(page, "Rapporter");
        await granska(page, "Menyn");
        await rapporter.click();
        await expect(page).toHaveURL(/\/rapporter$/);
        await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
        expect(
            await page.evaluate(() => Reflect.get(window, "kvar") as unknown),
        ).toBe(true);
    });

    for (const [vidd, text] of [
        [390, "100%"],
        [800, "200%"],
    ] as const) {
        test(`har menyns fler val för tangentbordet vid ${vidd} px och ${text} text @mobil`, async ({
            page,
        }, info) => {
            await page.setViewportSize({ width: vidd, height: 844 });
            await som(page, "deltagaransvarig", info);
            await tillSidan(page, "/");
            await page.evaluate((storlek) => {
                Reflect.set(window, "kvar", true);
                document.documentElement.style.fontSize = storlek;
            }, text);
            const knapp = page.getByRole("button", { name: "Meny" });
            const fler = huvudmenyn(page).getByRole("link", {
                name: "Rapporter",
            });
            // The most used need nothing opened.
            await expect(
                huvudmenyn(page).getByRole("link", { name: "Deltagande" }),
            ).toBeVisible();
            if (vidd === 390) {
                await expect(fler).toBeHidden();
                await knapp.focus();
                await page.keyboard.press("Enter");
                await expect(fler).toBeVisible();
                await page.keyboard.press("Escape");
                await expect(fler).toBeHidden();
                await expect(knapp).toBeFocused();
                await page.keyboard.press("Space");
            }
            await fler.focus();
            await page.keyboard.press("Enter");
            await expect(page).toHaveURL(/\/rapporter$/);
            await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
            await expect.poll(() => sidledes(page)).toBe(0);
            if (vidd === 390) {
                // At 400 % zoom the page begins within the first half of the screen.
                await page.setViewportSize({ width: 320, height: 225 });
                await expect
                    .poll(
                        async () =>
                            (await page.locator("main").boundingBox())?.y,
                    )
                    .toBeLessThan(113);
            }
            expect(
                await page.evaluate(
                    () => Reflect.get(window, "kvar") as unknown,
                ),
            ).toBe(true);
        });
    }

    test("öppnar ett menyval i en egen flik med Ctrl @bada", async ({
        page,
        context,
    }, info) => {
        await som(page, "deltagaransvarig", info);
        await page.goto("/insatser");
        const val = await menyval(page, "Rapporter");
        const flik = context.waitForEvent("page");
        await val.click({ modifiers: ["ControlOrMeta"] });
        await expect(await flik).toHaveURL(/\/rapporter$/);
        await expect(page).toHaveURL(/\/insatser$/);
    });

    test("har en listas urval i adressen, med namn, val och Bakåt", async ({
        page,
    }, info) => {
        await som(page, "deltagaransvarig", info);
        await page.goto("/insatser");
        const antal = page.getByTestId("antal");
        await expect(antal).toHaveText("1 insats");
        await page.getByLabel("Vilka").selectOption("alla");
        await expect(antal).not.toHaveText("1 insats");
        await page.getByLabel("Läge").selectOption("alla");
        await expect(page).toHaveURL(/vilka=alla&lage=alla$/);
        await page.getByLabel("Namn").fill("arbetslivsres");
        await page.getByTestId("sok").click();
        await expect(page).toHaveURL(
            /namn=arbetslivsres&vilka=alla&lage=alla$/,
        );
        await expect(
            page.getByRole("link", { name: "Arbetslivsresurs" }),
        ).toBeVisible();
        await page.getByLabel("Namn").fill("finns inte");
        await page.getByTestId("sok").click();
        await expect(page.getByTestId("inga")).toBeVisible();
        await page.goBack();
        await expect(page.getByLabel("Namn")).toHaveValue("arbetslivsres");
        await expect(page.getByTestId("inga")).toBeHidden();

        await page.goto("/samverkansorganisationer?form=FINSAM&lan=03&sida=9");
        const forLangt = page.getByText("Listan har inte så många sidor.");
        await expect(forLangt).toBeVisible();
        await page.getByLabel("Län").selectOption("");
        await expect(page).toHaveURL(/\?form=FINSAM$/);
        await expect(antal).toHaveText(/samverkansorganisationer$/);
        await expect(forLangt).toBeHidden();
    });

    test("säger när sidan inte finns eller inte är ens egen", async ({
        page,
    }, info) => {
        await som(page, "susrapport", info);
        const svar = await page.goto("/finns-inte");
        expect(svar?.status()).toBe(404);
        await expect(page.getByTestId("saknas")).toBeVisible();
        // A page for everybody keeps the menu of who is logged in.
        await expect(huvudmenyn(page)).toBeVisible();
        await page.goto("/deltagande");
        await expect(page.getByTestId("nekad")).toBeVisible();
        await granska(page, "Behörighet saknas");
        await page.goto("/insatser/019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f");
        await expect(page.getByTestId("problem")).toContainText(
            "finns inte, eller ingår inte i ditt uppdrag",
        );
        await granska(page, "Insats som inte finns");
    });

    test("loggar ut, och alla flikar med", async ({ page, context }, info) => {
        await ensam(page, egna[info.project.name as "dator"].utloggning, info);
        await page.goto("/");
        const annan = await context.newPage();
        await annan.goto("/insatser");
        await expect(annan.getByTestId("vem")).toBeVisible();
        await page.getByTestId("logga-ut").click();
        await expect(page.getByTestId("utloggad")).toBeVisible();
        await granska(page, "Utloggad");
        await expect(annan).toHaveURL(/\/logga-in/);
        await page.goBack();
        await expect(page).toHaveURL(/\/logga-in/);
    });

    test("visar ett fel i en sida på sidans plats", async ({
        page,
        vakt,
    }, info) => {
        await som(page, "deltagaransvarig", info);
        const insats = await minInsats(page);
        await page.route(`**/v1/insatser/${insats}`, (r) =>
            r.fulfill({
                status: 200,
                contentType: "application/json",
                body: "{}",
            }),
        );
        await page.goto(`/insatser/${insats}`);
        await expect(
            page.getByRole("heading", { name: "Ett fel inträffade" }).first(),
        ).toBeVisible();
        await expect(
            page.getByRole("navigation", { name: "Huvudmeny" }),
        ).toBeVisible();
        await granska(page, "Fel i sidan");
        await godta(vakt, /TypeError: Cannot read properties of undefined/);
    });

    test("frågar i god tid innan man loggas ut, och låter den som vill vara kvar", async ({
        page,
    }, info) => {
        await page.clock.install();
        await som(page, "deltagaransvarig", info);
        await page.goto("/");
        await expect(page.getByTestId("min-insats").first()).toBeVisible();
        await page.clock.fastForward("28:30");
        await expect(page.getByText("Du loggas snart ut")).toBeVisible();
        await expect(
            page.getByRole("dialog", { name: "Du loggas snart ut" }),
        ).toBeVisible();
        await granska(page, "Du loggas snart ut");
        await page.getByTestId("fortsatt").click();
        await expect(page.getByText("Du loggas snart ut")).toBeHidden();
        await page.clock.fastForward("20:00");
        await expect(page.getByText("Du loggas snart ut")).toBeHidden();
    });

    test("skriver ut sidans innehåll, inte det som trycks på, och ingen tabell kapas @mobil", async ({
        page,
    }, info) => {
        await page.setViewportSize({ width: 718, height: 1000 }); // A4 within its margins
        await som(page, "deltagaransvarig", info);
        const insats = await minInsats(page);
        const d = await skrivIn(page, insats, nyttNummer(info.workerIndex));
        for (const [vag, titel] of [
            [
                `/insatser/${insats}/registrera/klart/${d}?slag=in`,
                "Inregistreringen är sparad",
            ],
            [`/insatser/${insats}`, "Arbetslivsresurs"],
            [
                "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
                "SUS - Deltagarrapport försörjning",
            ],
        ] as const) {
            await page.emulateMedia({ media: "screen" });
            await tillSidan(page, vag);
            await page.emulateMedia({ media: "print" });
            await expect(
                page.getByRole("heading", { name: titel }),
            ).toBeVisible();
            await expect(page.getByRole("navigation")).toHaveCount(0);
            await expect(page.getByRole("button")).toHaveCount(0);
            await expect(page.locator(".button:visible")).toHaveCount(0);
            await expect.poll(() => sidledes(page), vag).toBe(0);
        }
    });

    test("rör inte på något för den som bett om att slippa", async ({
        page,
    }, info) => {
        await page.emulateMedia({ reducedMotion: "reduce" });
        await som(page, "deltagaransvarig", info);
        await tillSidan(
            page,
            "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
        );
        const langst = page.evaluate(
            () =>
                new Promise<number>((klart) => {
                    let langst = 0;
                    const slut = Date.now() + 1000;
                    const titta = (): void => {
                        for (const a of document.getAnimations()) {
                            langst = Math.max(
                                langst,
                                Number(a.effect?.getComputedTiming().duration),
                            );
                        }
                        if (Date.now() < slut) {
                            requestAnimationFrame(titta);
                        } else {
                            klart(langst);
                        }
                    };
                    titta();
                }),
        );
        await page.getByRole("button", { name: "Så räknas det" }).click();
        await expect(page.getByText("Tomma rutor")).toBeVisible();
        expect(await langst).toBeLessThan(1);
    });

    test("hämtar tre små typsnitt i förväg, med siffror som står under varandra", async ({
        page,
    }) => {
        await tillSidan(page, "/logga-in");
        const hamtade = await page.evaluate(async () => {
            await document.fonts.ready;
            return performance
                .getEntriesByType("resource")
                .filter((r) => r.name.endsWith(".woff2"))
                .map((r) => r as PerformanceResourceTiming)
                .map((r) => [r.initiatorType, r.encodedBodySize] as const);
        });
        expect(hamtade.map(([av]) => av)).toEqual(["link", "link", "link"]);
        for (const [, storlek] of hamtade) {
            expect(storlek).toBeGreaterThan(0);
            expect(storlek).toBeLessThan(40_000);
        }
        const bredder = await page.evaluate(() =>
            ["111", "888"].map((t) => {
                const e = document.createElement("span");
                e.style.fontVariantNumeric = "tabular-nums";
                e.textContent = t;
                document.body.append(e);
                return e.getBoundingClientRect().width;
            }),
        );
        expect(bredder[0]).toBe(bredder[1]);
    });
});
