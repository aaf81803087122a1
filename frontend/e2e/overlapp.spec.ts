import { fyllIn, granska } from "./prov";
import { serverord } from "./serverregler";
import { enVidd, expect, felen, iDag, spara, test, utanFel } from "./stod";

test(
    "overlappar: två perioder av en person delar skiftesdagen och inget mer",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const nr = nummer();
        const forsta = await api.deltagande(insats.id, nr, {
            startdag: iDag(-15),
        });
        await api.skrivUt(forsta.id); // two days ago
        const { id } = await api.samtycke(insats.id, nr);
        await page.goto(`/insatser/${insats.id}/registrera/in/${id}`);
        await fyllIn(page, { startdag: iDag(-14), ar: "7" });
        await spara(page);
        await felen(page, [
            ["startdag", "Startdag", serverord("overlapp", "overlappar")],
        ]);
        await granska(page, "perioden överlappar");
        await page.getByLabel("Startdag").fill(iDag(-2));
        await page.getByLabel("Startdag").blur();
        await utanFel(page, "startdag");
        await spara(page);
        await expect(page.getByTestId("kvitto")).toBeVisible();
    },
);
