import type { Page } from "@playwright/test";
import { fyllIn } from "./prov";
import {
    eget,
    enVidd,
    expect,
    grupp,
    iDag,
    markera,
    sok,
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

test(
    "anonyma, in och ut ger en rad var",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const antal = async (vad: string): Promise<number> =>
            (
                await api.anropa<{ _meta: { total: number } }>(
                    "GET",
                    `/v1/insatser/${insats.id}/${vad}?limit=1`,
                )
            )._meta.total;

        await test.step("anonyma", async () => {
            const innan = await antal("anonyma");
            await page.goto(`/insatser/${insats.id}/anonyma`);
            await page.getByLabel("Antal kvinnor").fill("7");
            await page.getByTestId("lagg-till-kvinnor").click();
            const tappat = await tappaSvaret(page, /\/anonyma$/);
            await spara(page);
            await tappat();
            await page.reload();
            await expect(page.getByTestId("tillagda")).toContainText(
                "7 kvinnor",
            );
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

        const nr = nummer();
        await test.step("samtycke", async () => {
            const innan = await antal("samtycken");
            await page.goto(`/insatser/${insats.id}/registrera`);
            await sok(page, nr);
            await page.getByLabel("Datum").first().fill(iDag(-5));
            const tappat = await tappaSvaret(page, /\/samtycken$/);
            await page.getByTestId("registrera-samtycke").click();
            await tappat();
            await page.reload();
            await sok(page, nr);
            await page.getByTestId("registrera-samtycke").click();
            await page.waitForURL(/\/registrera\/in\//);
            expect(await antal("samtycken")).toBe(innan + 1);
            // Another person's, with the same answers.
            const annans = page.url();
            await page.goto(`/insatser/${insats.id}/registrera`);
            await sok(page, nummer());
            await page.getByLabel("Datum").first().fill(iDag(-5));
            await page.getByTestId("registrera-samtycke").click();
            await page.waitForURL(/\/registrera\/in\//);
            expect(page.url()).not.toBe(annans);
            expect(await antal("samtycken")).toBe(innan + 2);
            await page.goto(annans);
        });

        const deltaganden = await antal("deltaganden");
        await test.step("in", async () => {
            await fyllIn(page);
            const tappat = await tappaSvaret(page, /\/deltaganden$/);
            await spara(page);
            await tappat();
            await page.reload();
            // It is known to be done: there is nothing to save again.
            await page.getByTestId("anvant").getByRole("link").click();
            expect(await antal("deltaganden")).toBe(deltaganden + 1);
        });
        await test.step("ut", async () => {
            await page.waitForURL(/\/deltaganden\/[^/]+$/);
            const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
            await page.goto(`/insatser/${insats.id}/registrera/ut/${id}`);
            await page.fill("#falt-avslutningsdag", iDag(-1));
            await page.selectOption("#falt-avslutsanledning", "FLYTT");
            const tappat = await tappaSvaret(page, /\/utregistreringar$/);
            await spara(page);
            await tappat();
            await page.reload();
            await expect(page.getByTestId("hinder")).toContainText(
                "redan utregistrerat",
            );
            const { data } = await api.anropa<{ data: { typ: string }[] }>(
                "GET",
                `/v1/deltaganden/${id}/versioner`,
            );
            expect(data).toHaveLength(2);
        });
    },
);

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
