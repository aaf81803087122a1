import type { Page } from "@playwright/test";
import { enVidd, expect, spara, test, tom } from "./stod";

async function sagt(page: Page, text: string): Promise<void> {
    await expect(page.locator("#fkui-alert-screen-reader")).toHaveText(text);
}

test("det som är sparat om de anonyma syns, och läses upp", async ({
    inloggad: page,
    api,
}) => {
    const insats = await api.minInsats();
    await page.goto(`/insatser/${insats.id}/anonyma`);
    await page.getByLabel("Antal kvinnor").fill("2");
    await page.getByTestId("lagg-till-kvinnor").click();
    await spara(page);
    await expect(page.getByTestId("sparat")).toBeInViewport({ ratio: 1 });
    await expect(
        page.getByRole("group", {
            name: /^2 kvinnor och 0 män är registrerade för \d{4}\.$/,
        }),
    ).toBeFocused();
});

test(
    "fokus går till första fältet när formuläret töms",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        for (const [vag, andrat, forsta] of [
            [
                `/insatser/${insats.id}/registrera/in/${s.id}`,
                /Hur länge har deltagaren varit/,
                "Startdag",
            ],
            [
                `/insatser/${insats.id}/anonyma`,
                "Antal kvinnor",
                "Inregistreringsår",
            ],
        ] as const) {
            await page.goto(vag);
            await page.getByLabel(andrat).fill("7");
            await page.getByLabel(andrat).blur();
            await page.reload();
            await tom(page);
            await expect(page.getByLabel(andrat)).toHaveValue("");
            await expect(page.getByLabel(forsta)).toBeFocused();
            await sagt(page, "Formuläret är tömt.");
        }
    },
);

test("menyn säger vilken del av SUS sidan hör till", async ({
    inloggad: page,
    api,
}) => {
    const har = page
        .getByRole("navigation", { name: "Huvudmeny" })
        .locator("[aria-current]");
    await page.goto("/insatser");
    await expect(har).toHaveText(/Insats$/);
    await expect(har).toHaveAttribute("aria-current", "page");
    await page.goto(`/insatser/${(await api.minInsats()).id}`);
    await expect(har).toHaveText(/Insats$/);
    await expect(har).toHaveAttribute("aria-current", "true");
    await page.getByRole("link", { name: "SUS", exact: true }).click();
    await expect(har).toHaveText(/Startsida$/);
});
