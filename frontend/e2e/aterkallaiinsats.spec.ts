import type { Schema } from "../src/shared/api/typer";
import { granska, som } from "./prov";
import {
    Api,
    enVidd,
    expect,
    felen,
    lagrat,
    paSidan,
    test,
    uppgift,
    aterkallaDet,
} from "./stod";

/** The demo's insats that is over, and one who has been in it: each test its own. */
async function avslutad(
    bas: string,
    plats: number,
): Promise<{ insats: Schema<"Insats">; d: Schema<"Deltagande"> }> {
    const api = Api.som("fleraInsatser", bas);
    const insats = await api.minInsats("Vägen in");
    const { data } = await api.anropa<Schema<"DeltagandeLista">>(
        "GET",
        `/v1/insatser/${insats.id}/deltaganden?limit=100&sort=startdag`,
    );
    const d = data.filter((x) => x.deltagare)[plats];
    if (!d) {
        throw new Error("ingen i Vägen in har kvar sin identitet");
    }
    return { insats, d };
}

test.use({ roll: "systemforvaltare" });

test("Systemförvaltaren återkallar samtycket i en avslutad insats, från insatsens sida", async ({
    inloggad: page,
    baseURL,
}, info) => {
    const bas = baseURL ?? "";
    const { insats, d } = await avslutad(
        bas,
        info.project.name === "mobil" ? 0 : 1,
    );
    const nr = d.deltagare?.personnummer ?? "";
    const namn = d.deltagare?.namn ?? "";
    await page.goto(`/insatser/${insats.id}`);
    await page.getByTestId("aterkalla").click();
    await paSidan(page, "Återkalla samtycken");
    await granska(page, "Återkalla i avslutad insats");

    // What is wrong is said at its field, before anything is sent.
    await page.getByTestId("fortsatt").click();
    await felen(page, [
        ["personnummer", "Personnummer", "Fyll i personnumret."],
        ["arende", "Ärende", "Fyll i ärende."],
    ]);
    await page.fill("#falt-personnummer", nr);
    await page.fill("#falt-arende", "Ärendet");
    await page.getByTestId("fortsatt").click();
    await felen(page, [
        [
            "arende",
            "Ärende",
            "Skriv ärendets nummer som det står i diariet: årtal, snedstreck och löpnummer, med eller utan FK före. Till exempel FK 2026/012345.",
        ],
    ]);
    await granska(page, "Återkalla i avslutad insats: fel");
    await page.fill("#falt-arende", "FK 2026/012345");

    // A reload keeps the case, and never the number.
    await expect.poll(() => lagrat(page)).toContain("2026/012345");
    expect(await lagrat(page)).not.toContain(nr.slice(-4));
    await page.reload();
    await expect(page.getByTestId("utkast")).toBeVisible();
    await expect(page.locator("#falt-arende")).toHaveValue("FK 2026/012345");
    await expect(page.locator("#falt-personnummer")).toHaveValue("");
    await page.fill("#falt-personnummer", nr);
    await page.getByTestId("fortsatt").click();
    await expect(page.getByTestId("bekrafta")).toBeFocused();
    await expect(uppgift(page, "Ärende")).toHaveText("FK 2026/012345");
    await expect(page.getByTestId("varning")).toContainText(
        "Det går inte att ångra",
    );
    await granska(page, "Återkalla i avslutad insats: bekräfta");
    await page.getByText("Jag har fått återkallelsen").click();
    await page.getByTestId("aterkalla-ja").dblclick();
    await expect(page.getByTestId("resultat")).toContainText(
        "1 samtycke är återkallat",
    );
    await granska(page, "Återkalla i avslutad insats: klart");
    expect(page.url()).not.toContain(nr);
    const efter = await Api.som("fleraInsatser", bas).lasDeltagande(d.id);
    expect(efter.deltagare).toBeUndefined();
    expect(efter.identitetRaderad).toBe("ATERKALLELSE");

    // Once more: there is none, and nothing happens.
    await page.reload();
    await expect(page.locator("#falt-arende")).toHaveValue("");
    await page.fill("#falt-personnummer", nr);
    await page.fill("#falt-arende", "FK 2026/012345");
    await page.getByTestId("fortsatt").click();
    await aterkallaDet(page);
    await expect(page.getByTestId("resultat")).toContainText(
        "Inget samtycke fanns att återkalla",
    );
    await granska(page, "Återkalla i avslutad insats: inget fanns");
    await expect(page.locator("main")).not.toContainText(namn);
});

test(
    "Återkallelsen i en avslutad insats görs med bara tangentbordet",
    enVidd,
    async ({ inloggad: page, baseURL, nummer }) => {
        const { insats } = await avslutad(baseURL ?? "", 2);
        await page.goto(`/insatser/${insats.id}/aterkalla`);
        await page.getByLabel(/^Personnummer/).focus();
        await page.keyboard.type(nummer());
        await page.keyboard.press("Tab");
        await expect(page.locator("#falt-arende")).toBeFocused();
        await page.keyboard.type("FK 2026/1");
        await page.keyboard.press("Enter");
        await expect(page.getByTestId("bekrafta")).toBeFocused();
        await page.keyboard.press("Tab");
        await expect(
            page.getByLabel("Jag har fått återkallelsen"),
        ).toBeFocused();
        await page.keyboard.press("Tab");
        await expect(page.getByTestId("aterkalla-nej")).toBeFocused();
        await page.keyboard.press("Enter");
        await expect(page.locator("#falt-personnummer")).toBeFocused();
        await page.keyboard.press("Enter");
        await expect(page.getByTestId("bekrafta")).toBeFocused();
        await page.keyboard.press("Tab");
        await page.keyboard.press("Space");
        await page.keyboard.press("Tab");
        await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
        await expect(page.getByTestId("resultat")).toBeFocused();
        await expect(page.getByTestId("resultat")).toContainText(
            "Inget samtycke fanns",
        );
    },
);

test(
    "En insats som pågår har ingen väg dit, och adressen säger varför",
    enVidd,
    async ({ inloggad: page, baseURL }, info) => {
        const insats = await Api.som(
            "deltagaransvarig",
            baseURL ?? "",
        ).minInsats();
        await page.goto(`/insatser/${insats.id}`);
        await expect(page.getByTestId("inga-personuppgifter")).toBeVisible();
        await expect(page.getByTestId("aterkalla")).toHaveCount(0);
        await page.goto(`/insatser/${insats.id}/aterkalla`);
        await expect(page.getByTestId("hinder")).toContainText(
            "Insatsen pågår",
        );
        // Who may not do it sees neither the way nor the page.
        const { insats: over } = await avslutad(baseURL ?? "", 0);
        await som(page, "insatsansvarig", info);
        await page.goto(`/insatser/${over.id}`);
        await expect(page.getByTestId("insatshuvud")).toBeVisible();
        await expect(page.getByTestId("aterkalla")).toHaveCount(0);
        await page.goto(`/insatser/${over.id}/aterkalla`);
        await expect(page.locator("#falt-arende")).toHaveCount(0);
    },
);
