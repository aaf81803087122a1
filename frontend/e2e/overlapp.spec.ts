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

test.describe("när en insats slutar", () => {
    test.use({ roll: "samverkansadministrator" });

    test(
        "sägs hur många som pågår",
        enVidd,
        async ({ inloggad: page, api }) => {
            const insats = await api.minInsats();
            // The server says how many: whoever ends it sees none of them.
            await page.route(`**/v1/insatser/${insats.id}`, (r) =>
                r.request().method() === "PUT"
                    ? r.fulfill({
                          json: {
                              ...insats,
                              slutdatum: iDag(),
                              antalOppna: 3,
                          },
                      })
                    : r.fulfill({ json: { ...insats, slutdatum: iDag() } }),
            );
            await page.goto(`/insatser/${insats.id}/andra`);
            await page.getByLabel("Namn").first().fill("Slutar i dag");
            await spara(page);
            await expect(page.getByTestId("pagar")).toContainText(
                "3 deltaganden pågår i insatsen",
            );
            await granska(page, "Insats: så många pågår");
        },
    );
});

test(
    "den deltagaransvarige ser vilka som pågår, och dagen står i utregistreringen",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        await page.route(`**/v1/insatser/${insats.id}`, (r) =>
            r.fulfill({ json: { ...insats, slutdatum: iDag(-1) } }),
        );
        await page.goto(`/insatser/${insats.id}`);
        await expect(page.getByTestId("slutar")).toContainText(iDag(-1));
        await granska(page, "Insats: slutar");
        await page.getByTestId("bara-pagaende").click();
        await expect(page).toHaveURL(/status=PAGAENDE/);
        await page.goto(`/insatser/${insats.id}/registrera/ut/${d.id}`);
        await expect(page.getByLabel("Avslutningsdag")).toHaveValue(iDag(-1));
    },
);
