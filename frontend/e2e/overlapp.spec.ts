import type { Schema } from "../src/shared/api/typer";
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
            await page.reload(); // it was true of that moment
            await expect(page.getByTestId("andra")).toBeVisible();
            await expect(page.getByTestId("pagar")).toHaveCount(0);
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
        const kvar = page.getByTestId("pagaende-i-avslutad");
        await expect(kvar).toContainText(`Insatsen slutade ${iDag(-1)}.`);
        await expect(page.getByTestId("slutar")).toHaveCount(0);
        // Those who began first stand first, and each leads to its exit.
        await expect(kvar.locator("tbody tr").first()).toBeVisible();
        const dagar = await kvar
            .locator("tbody tr td:nth-child(2)")
            .allInnerTexts();
        expect(dagar).toEqual([...dagar].sort());
        await granska(page, "Insats: pågående i avslutad");
        await kvar.getByTestId("utregistrera").first().click();
        await expect(page.getByLabel("Avslutningsdag")).toHaveValue(iDag(-1));

        await page.goto(`/insatser/${insats.id}/registrera/ut/${d.id}`);
        await expect(page.getByLabel("Avslutningsdag")).toHaveValue(iDag(-1));
        await page
            .getByLabel("Avslutsanledning")
            .selectOption({ label: "Flytt" });
        await spara(page);
        // Back to those who are left.
        await page.getByTestId("till-insatsen").click();
        await expect(kvar).toBeVisible();
    },
);

test(
    "innan insatsen är slut sägs när den slutar",
    enVidd,
    async ({ inloggad: page, api }) => {
        const insats = await api.minInsats();
        await page.route(`**/v1/insatser/${insats.id}`, (r) =>
            r.fulfill({ json: { ...insats, slutdatum: iDag(1) } }),
        );
        await page.goto(`/insatser/${insats.id}`);
        await expect(page.getByTestId("slutar")).toContainText(iDag(1));
        await expect(page.getByTestId("pagaende-i-avslutad")).toHaveCount(0);
        await granska(page, "Insats: slutar");
        await page.getByTestId("bara-pagaende").click();
        await expect(page).toHaveURL(/status=PAGAENDE/);
    },
);

test(
    "de som har samma person som ett annat räknas över alla sidor, och visas för sig",
    enVidd,
    async ({ inloggad: page, api }) => {
        const insats = await api.minInsats();
        const alla = await api.anropa<Schema<"DeltagandeLista">>(
            "GET",
            `/v1/insatser/${insats.id}/deltaganden?limit=2`,
        );
        const [en, annan] = alla.data.map((d) => d.id);
        // Only the population register can bring them together.
        await page.route("**/deltaganden?*sammaPerson=true*", (r) =>
            r.fulfill({
                json: {
                    ...alla,
                    data: r.request().url().includes("offset=10000000")
                        ? []
                        : alla.data.map((d) => ({
                              ...d,
                              overlapparMed: [d.id === en ? annan : en],
                          })),
                    _meta: { ...alla._meta, totalRecords: 2 },
                },
            }),
        );
        await page.goto(`/insatser/${insats.id}?sida=3`);
        await expect(page.getByTestId("parade")).toContainText(
            "2 deltaganden i insatsen har samma person som ett annat",
        );
        await granska(page, "Insats: samma person");
        await page.getByTestId("visa-parade").press("Enter");
        await expect(page).toHaveURL(/\?sammaPerson=true$/);
        await expect(page.getByTestId("overlappar")).toBeVisible();
        await expect(
            page.getByTestId("deltaganden").locator("tbody tr"),
        ).toHaveCount(2);
        await page.goBack();
        await expect(page).toHaveURL(/sida=3$/);
        await page.goForward();
        await expect(page.getByTestId("overlappar")).toBeVisible();
        await page.getByTestId("visa-parade").click();
        await expect(page.getByTestId("overlappar")).toHaveCount(0);
    },
);
