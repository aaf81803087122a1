import { fyllIn } from "./prov";
import { serverord } from "./serverregler";
import { enVidd, expect, felen, iDag, spara, test, utanFel } from "./stod";

/**
 * That the server's own refusal of a field meets its form: one journey a form. Each rule in each form is mounted:
 * src/shared/ui/regler.spec.ts.
 */

const ar = Number(iDag().slice(0, 4));

test(
    "utanfor-insatsen: året är utanför den tid som insatsen har fått, för anonyma och för en startdag",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        const forr = String(Number(insats.startdatum.slice(0, 4)) - 1);
        // The page holds the insats as it was before somebody moved its start.
        await page.route(`**/v1/insatser/${insats.id}`, (r) =>
            r.fulfill({
                json: { ...insats, startdatum: `${forr}-01-01` },
            }),
        );
        await page.goto(`/insatser/${insats.id}/anonyma`);
        await page.getByLabel("Inregistreringsår").selectOption(forr);
        await page.getByLabel("Antal kvinnor").fill("2");
        await page.getByTestId("lagg-till-kvinnor").click();
        await spara(page);
        await felen(page, [
            [
                "inregistreringsar",
                "Inregistreringsår",
                serverord("anonyma", "utanfor-insatsen"),
            ],
        ]);
        await expect(page.getByTestId("tillagda")).toContainText("2 kvinnor");
        // A row keeps the year that it was added with.
        await page.getByLabel("Inregistreringsår").selectOption(String(ar));
        await utanFel(page, "inregistreringsar");
        await expect(page.getByTestId("tillagda")).toContainText(forr);
        await page.getByRole("button", { name: "Ta bort rad 1" }).click();
        await page.getByLabel("Antal kvinnor").fill("2");
        await page.getByTestId("lagg-till-kvinnor").click();
        await spara(page);
        await expect(page.getByTestId("sparat")).toContainText("2 kvinnor");

        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page, { startdag: `${forr}-12-31` });
        await spara(page);
        await felen(page, [
            [
                "startdag",
                "Startdag",
                serverord("deltagande", "utanfor-insatsen"),
            ],
        ]);
    },
);

test(
    "avslutning-fore-start: startdagen rättades av en annan medan utregistreringen stod öppen",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/ut/${d.id}`);
        await page.getByLabel("Avslutningsdag").fill(iDag(-6));
        await page.getByLabel("Avslutsanledning").selectOption("Flytt");
        await api.rattaIn(d, { startdag: iDag(-4) });
        await spara(page);
        await felen(page, [
            [
                "avslutningsdag",
                "Avslutningsdag",
                serverord("deltagande", "avslutning-fore-start"),
            ],
        ]);
        await expect(page.getByLabel("Avslutningsdag")).toHaveValue(iDag(-6));
        await page.getByLabel("Avslutningsdag").fill(iDag(-2));
        await page.getByLabel("Avslutningsdag").blur();
        await utanFel(page, "avslutningsdag");
        await spara(page);
        await expect(page.getByTestId("kvitto")).toBeVisible();
    },
);

test(
    "personnummer-lopnummer: sökningen av en deltagare, i landet och i insatsen",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const nr = "195005050009";
        const sagt = serverord("personnummer", "personnummer-lopnummer");
        await page.goto(`/insatser/${insats.id}/registrera`);
        await page.getByLabel(/^Personnummer/).fill(nr);
        await page.getByTestId("sok").click();
        await felen(page, [["personnummer", "Personnummer", sagt]]);
        await page.getByLabel(/^Personnummer/).fill(nummer());
        await utanFel(page, "personnummer");
        await page.getByTestId("sok").click();
        await expect(page.getByTestId("traff")).toBeVisible();

        await page.goto(`/insatser/${insats.id}`);
        const falt = page.getByLabel("Namn eller personnummer");
        for (const [text, fel] of [
            [nr, sagt],
            [
                "an\u0007ders",
                "Skriv en text på en rad, utan osynliga tecken och utan mellanslag först eller sist.",
            ],
        ] as const) {
            await falt.fill(text);
            await page.getByTestId("sok-deltagande").click();
            await felen(page, [["namn", "Namn eller personnummer", fel]]);
            await expect(falt).toHaveValue(text);
        }
        await falt.fill("qqzz");
        await utanFel(page, "namn");
        await page.getByTestId("sok-deltagande").click();
        await expect(page.getByTestId("antal")).toContainText("Ingen träff");
    },
);
