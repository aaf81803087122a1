import { enVidd, expect, lagrat, test, aterkallaDet } from "./stod";

/** The life of a draft where two pages of the browser meet; each form's is mounted: src/shared/utkast. */

test(
    "med samtycket går utkastet, när det återkallas i samma webbläsare",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        const annat = await api.deltagande(insats.id, nummer());
        for (const ett of [d, annat]) {
            await page.goto(`/insatser/${insats.id}/registrera/ut/${ett.id}`);
            await page.getByLabel("Avslutsanledning").selectOption("Flytt");
            await expect.poll(() => lagrat(page)).toContain(ett.samtyckeId);
        }
        await page.goto(`/deltaganden/${d.id}`);
        await page.getByTestId("aterkalla").click();
        await aterkallaDet(page);
        await expect(page.getByTestId("aterkallat")).toBeVisible();
        await expect.poll(() => lagrat(page)).not.toContain(d.samtyckeId);
        expect(await lagrat(page)).toContain(annat.samtyckeId);
    },
);
