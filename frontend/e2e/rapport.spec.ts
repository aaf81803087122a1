import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, paSidan, test } from "./stod";

test.use({ roll: "susrapport" });

async function tabell(page: Page, del: "start" | "slut"): Promise<string[][]> {
    return page
        .getByTestId(del)
        .locator("tr")
        .evaluateAll((rader) =>
            rader.map((r) =>
                [...r.querySelectorAll("th, td")].map((c) =>
                    c.textContent.trim(),
                ),
            ),
        );
}

/** The report of 2011-03-16 in the seed, as printed. */
const start = `Försörjning	Antal deltagare	Andel
Studiestöd/Studiemedel	2	2%
Försörjningsstöd	78	62%
Aktivitetsstöd	10	8%
A-kassa	3	2%
SA	16	13%
Sjukpenning/Rehabpenning	17	13%
Ingen offentlig försörjning	11	9%`;
const slut = `Försörjning	Antal deltagare före insats	Andel före	Antal deltagare efter insats	Andel efter	Förändring	Förändring i %
Annan offentlig försörjning			1	5%	1	
Studiestöd/Studiemedel	1	5%	2	11%	1	100%
Försörjningsstöd	11	58%	7	37%	-4	-36%
Aktivitetsstöd	5	26%	4	21%	-1	-20%
A-kassa	1	5%			-1	-100%
SA			1	5%	1	
Sjukpenning/Rehabpenning	5	26%	5	26%		
Ingen offentlig försörjning			3	16%	3	`;
const rader = (t: string): string[][] =>
    t.split("\n").map((r) => r.split("\t"));

test("FINSAM 2010 i Uppsala skrivs som i underlaget", async ({
    inloggad: page,
}) => {
    const urval = page.getByTestId("urval");
    await page.goto("/rapporter");
    await page
        .getByRole("link", { name: "Deltagarrapport försörjning" })
        .click();
    await paSidan(page, "Deltagarrapport försörjning");
    await urval.getByLabel("Budgetår").selectOption("2010");
    await urval
        .getByLabel("Samverkansorganisation")
        .selectOption("Samordningsförbundet Uppsala län");
    await page.getByTestId("visa-rapport").click();
    await expect(page).toHaveURL(/budgetar=2010/);
    await expect(page.getByTestId("huvud")).toContainText("2010");
    await expect(page.getByTestId("huvud")).toContainText(
        "Samordningsförbundet Uppsala län",
    );
    await expect(page.getByTestId("start")).toContainText(
        "startat (registrerats in) under året: 126",
    );
    await expect(page.getByTestId("start")).toContainText(
        "Varav unika deltagare: 125",
    );
    await expect(page.getByTestId("slut")).toContainText(
        "slutat (registrerats ut) under året: 19",
    );
    expect(await tabell(page, "start")).toEqual(rader(start));
    expect(await tabell(page, "slut")).toEqual(rader(slut));
    await expect(page.getByTestId("slut")).toContainText(
        "'utan mätning' har inte försörjning eller sysselsättning efter",
    );
    // A chart beside the same numbers.
    await expect(page.getByTestId("slut").locator("svg").first()).toBeVisible();

    // The choices are the address: a reload and Back keep them.
    const adressen = page.url();
    await urval.getByLabel("Budgetår").selectOption("2011");
    await page.getByTestId("visa-rapport").click();
    await expect(page).toHaveURL(/budgetar=2011/);
    await page.goBack();
    await expect(page).toHaveURL(adressen);
    await expect(urval.getByLabel("Budgetår")).toHaveValue("2010");
    await page.reload();
    await expect(page.getByTestId("start")).toContainText(": 126");
});

test("rapporten hämtas i varje format", async ({ inloggad: page }) => {
    await page.goto(
        "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
    );
    for (const [format, innehall] of [
        ["excel-sv", "Försörjningsstöd;"],
        ["data", "FORSORJNINGSSTOD"],
        ["json", '"korningstid"'],
        ["json-stat", '"version":"2.0"'],
    ] as const) {
        const [fil] = await Promise.all([
            page.waitForEvent("download"),
            page.getByTestId(`fil-${format}`).click(),
        ]);
        expect(await fil.failure(), format).toBeNull();
        const text = readFileSync(await fil.path(), "utf8");
        expect(text, format).toContain(innehall);
    }
});

test("utskriften är rapporten utan meny och urval", async ({
    inloggad: page,
}) => {
    await page.goto(
        "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
    );
    await expect(page.getByTestId("start")).toBeVisible();
    await page.emulateMedia({ media: "print" });
    await expect(page.getByTestId("start")).toBeVisible();
    await expect(page.getByTestId("urval")).toBeHidden();
    await expect(page.getByTestId("skriv-ut")).toBeHidden();
    await expect(page.getByTestId("logga-ut")).toBeHidden();
});
