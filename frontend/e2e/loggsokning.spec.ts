import { granska } from "./prov";
import { Api, enVidd, expect, iDag, lagrat, paSidan, test } from "./stod";

test.use({ roll: "systemforvaltare" });

test("Loggen söks på person, händelse och tid, utan att numret blir kvar någonstans", async ({
    inloggad: page,
    baseURL,
    nummer,
}) => {
    const registrerar = Api.som("deltagaransvarig", baseURL ?? "");
    const insats = await registrerar.minInsats();
    const nr = nummer();
    const d = await registrerar.deltagande(insats.id, nr);
    const namn = await registrerar.namn(d.samtyckeId);
    const adresser: string[] = [];
    page.on("request", (r) => adresser.push(r.url()));

    await page.goto("/administration/logg");
    await expect(page.getByTestId("loggas")).toContainText("loggas");
    await page.fill("#falt-personnummer", nr);
    await page.getByTestId("sok").click();
    await expect(page).toHaveURL(/person=/);
    const rader = page.locator("tbody tr");
    // The search is itself the newest row about the person.
    await expect(rader.first()).toContainText("Loggen genomsökt");
    await expect(page.locator("tbody")).toContainText(
        "Deltagande inregistrerat",
    );
    await expect(page.locator("tbody")).toContainText(d.id);
    await granska(page, "Granskningslogg: sökning på person");
    const tabell = await page.getByRole("table").innerText();
    expect(tabell).not.toContain(nr);
    expect(tabell).not.toContain(namn);

    // Narrowed, then on to the insats and Back.
    await page.getByLabel("Händelse").selectOption("Deltagande inregistrerat");
    await page.fill("#falt-fran", iDag());
    await page.fill("#falt-tom", iDag());
    await page.getByTestId("sok").click();
    await expect(rader).toHaveCount(1);
    await expect(page.getByTestId("antal")).toHaveText("1 post");
    await expect(rader.first()).toContainText("Utfört");
    await expect(rader.first()).toContainText("Deltagaransvarig");
    await rader.first().getByRole("link", { name: "Till insatsen" }).click();
    await paSidan(page, insats.namn);
    await page.goBack();
    await expect(rader).toHaveCount(1);
    await expect(page.locator("#falt-personnummer")).not.toHaveValue("");
    await expect(page.locator("#falt-fran")).toHaveValue(iDag());

    // A reload forgets the number and nothing else, and asks nothing.
    await page.reload();
    await expect(page.getByTestId("glomd")).toBeVisible();
    await expect(page.locator("#falt-personnummer")).toHaveValue("");
    await expect(page.getByLabel("Händelse")).toHaveValue(
        "DELTAGANDE_INSKRIVET",
    );
    await expect(page.locator("#falt-tom")).toHaveValue(iDag());
    await expect(page.getByRole("table")).toHaveCount(0);
    await granska(page, "Granskningslogg: numret är glömt");
    await page.fill("#falt-personnummer", nr);
    await page.getByTestId("sok").click();
    await expect(rader).toHaveCount(1);

    await page.fill("#falt-tom", iDag(-400));
    await page.fill("#falt-fran", iDag(-401));
    await page.getByTestId("sok").click();
    await expect(page.getByTestId("inga")).toContainText("ingen sådan post");
    await granska(page, "Granskningslogg: ingen träff");
    // What is said of each field is mounted: LoggSida.spec.ts.
    await page.fill("#falt-personnummer", "19770117-2393");
    await page.getByTestId("sok").click();
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Granskningslogg: fel");

    expect(await lagrat(page)).not.toContain(nr.slice(2));
    expect(adresser.filter((a) => a.includes(nr.slice(2)))).toEqual([]);
});

test(
    "Loggen söks på en aktör med bara tangentbordet",
    enVidd,
    async ({ inloggad: page }) => {
        await page.goto("/administration/logg?handelse=INSATS_SKAPAD");
        const lank = page.getByRole("link", { name: /^Allt av/ }).first();
        const namn = await lank.getAttribute("aria-label");
        await lank.focus();
        await page.keyboard.press("Enter");
        await expect(page).toHaveURL(/aktorId=/);
        await expect(page.locator("#falt-aktorId")).not.toHaveValue("");
        await expect(
            page.getByRole("link", { name: namn ?? "" }).first(),
        ).toBeVisible();
        await page.locator("#falt-personnummer").focus();
        await page.keyboard.press("Tab");
        await page.keyboard.press("Tab");
        await expect(page.getByLabel("Händelse")).toBeFocused();
        await page.keyboard.type("Insats sk");
        await page.keyboard.press("Enter");
        await page.locator("#falt-aktorId").press("Enter");
        await expect(page).toHaveURL(/handelse=INSATS_SKAPAD/);
        await expect(page).toHaveURL(/aktorId=/);
    },
);
