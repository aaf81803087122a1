import type { Page } from "@playwright/test";
import { fyllIn, lugn, tillKontrollen } from "./prov";
import { expect, iDag, paSidan, sok, spara, test } from "./stod";

/** What differs from one run to the next: days, ages and whose it is. */
function utanVem(trad: string, namn: string): string {
    return trad
        .replaceAll(namn, "NAMN")
        .replace(/\b(?:19|20)?\d{6}-\d{4}\b/g, "NUMMER")
        .replace(/\b\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?\b/g, "DAG")
        .replace(/\b\d{1,2} \p{L}+ \d{4}\b/gu, "DAG")
        .replace(/\b\d+ (år|dag|dagar)\b/g, "N $1")
        .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
        .replace(/(term: Kommun\n\s*- definition:) .*/g, "$1 KOMMUN");
}

async function tradet(page: Page, namn: string): Promise<string> {
    await lugn(page);
    return utanVem(await page.locator("main").ariaSnapshot(), namn);
}

/**
 * The main job as the accessibility tree has it, kept as text: what a screen reader is given, in its order. A change of
 * it is read like code, and then renewed with `make e2e E2E="tradet.spec.ts --update-snapshots"`.
 */
test("huvudjobbet läses som det står i filerna", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    await page.goto(`/insatser/${insats.id}/registrera`);
    await sok(page, nummer());
    const namn = (await page.getByTestId("namn").innerText()).trim();
    const sidan = async (fil: string): Promise<void> => {
        expect(await tradet(page, namn)).toMatchSnapshot(`${fil}.txt`);
    };
    await sidan("1-person-och-samtycke");
    await page.getByLabel("Datum för samtycket").fill(iDag(-5));
    await page.getByTestId("registrera-samtycke").click();
    await expect(page.getByTestId("inregistrering")).toBeVisible();
    await page.getByTestId("spara").click();
    await expect(page.getByTestId("fellista")).toBeVisible();
    await sidan("2-uppgifter-med-fel");
    await fyllIn(page);
    await tillKontrollen(page);
    await paSidan(page, "Kontrollera uppgifterna");
    await sidan("3-kontrollera");
    await spara(page);
    await paSidan(page, "Inregistreringen är sparad");
    await sidan("4-sparat");
});
