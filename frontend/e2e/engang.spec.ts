import type { Page } from "@playwright/test";
import {
    eget,
    enVidd,
    expect,
    grupp,
    iDag,
    markera,
    spara,
    test,
} from "./stod";

/**
 * Nothing twice: the server works, its answer is lost, the page is loaded anew and what
 * was typed is saved again.
 */

/** Loses the answer of the next call that creates, after the server has worked. */
async function tappaSvaret(
    page: Page,
    vag: RegExp,
): Promise<() => Promise<void>> {
    let gjort: (() => void) | undefined;
    const klart = new Promise<void>((r) => {
        gjort = r;
    });
    await page.route(
        vag,
        async (route) => {
            expect(route.request().method()).toBe("POST");
            expect((await route.fetch()).status()).toBe(201);
            await route.abort();
            gjort?.();
        },
        { times: 1 },
    );
    return async () => {
        await klart;
        await expect(page.getByTestId("problem").first()).toBeVisible();
    };
}

test("anonyma ger en rad", enVidd, async ({ inloggad: page, api }) => {
    const insats = await api.minInsats();
    const antal = async (vad: string): Promise<number> =>
        (
            await api.anropa<{ _meta: { totalRecords: number } }>(
                "GET",
                `/v1/insatser/${insats.id}/${vad}?limit=1`,
            )
        )._meta.totalRecords;

    await test.step("anonyma", async () => {
        const innan = await antal("anonyma");
        await page.goto(`/insatser/${insats.id}/anonyma`);
        await page.getByLabel("Antal kvinnor").fill("7");
        await page.getByTestId("lagg-till-kvinnor").click();
        const tappat = await tappaSvaret(page, /\/anonyma$/);
        await spara(page);
        await tappat();
        await page.reload();
        await expect(page.getByTestId("tillagda")).toContainText("7 kvinnor");
        await spara(page);
        await expect(page.getByTestId("sparat")).toBeVisible();
        expect(await antal("anonyma")).toBe(innan + 1);
        // The same once more is another: it is known that the first was saved.
        await page.getByLabel("Antal kvinnor").fill("7");
        await page.getByTestId("lagg-till-kvinnor").click();
        await spara(page);
        await expect(page.getByTestId("sparat")).toBeVisible();
        expect(await antal("anonyma")).toBe(innan + 2);
    });
});

test.describe("insatsen", () => {
    test.use({ roll: "samverkansadministrator" });

    test("ger en rad", enVidd, async ({ inloggad: page, api }) => {
        const namn = `Prov ${eget()}`;
        await page.goto("/insatser");
        await page.getByTestId("ny-insats").click();
        await page.getByLabel("Insatsnamn").fill(namn);
        await page.getByLabel("Startdatum").fill(iDag(-5));
        await markera(grupp(page, /^Inriktning/), "Individinriktad");
        await page
            .getByLabel("Preciserad inriktning")
            .selectOption("Förebyggande insats");
        const tappat = await tappaSvaret(page, /\/insatser$/);
        await spara(page);
        await tappat();
        await page.reload();
        await expect(page.getByLabel("Insatsnamn")).toHaveValue(namn);
        await spara(page);
        await expect(
            page.getByRole("heading", { level: 1, name: namn }),
        ).toBeVisible();
        const { data } = await api.anropa<{ data: unknown[] }>(
            "GET",
            `/v1/insatser?namn=${encodeURIComponent(namn)}`,
        );
        expect(data).toHaveLength(1);
    });
});
