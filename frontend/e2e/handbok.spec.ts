import type { Page } from "@playwright/test";
import {
    aterkallaDet,
    efter,
    expect,
    fore,
    grupp,
    iDag,
    markera,
    markeraForsta,
    paSidan,
    sok,
    spara,
    test,
} from "./stod";

/** Every question of a form in the order it stands. */
async function fragorna(page: Page, formular: string): Promise<string[]> {
    return page
        .getByTestId(formular)
        .evaluate((form) =>
            [...form.querySelectorAll("legend, label, button[type=submit]")]
                .filter(
                    (e) =>
                        !(
                            e.matches("label") &&
                            e.closest(".radio-button, .checkbox")
                        ),
                )
                .map((e) => e.textContent.replace(/\s+/g, " ").trim()),
        );
}

/** The texts, each in its place; others may stand between them. */
function iOrdning(alla: string[], vantade: RegExp[]): void {
    let n = -1;
    for (const v of vantade) {
        const plats = alla.findIndex((t, i) => i > n && v.test(t));
        expect(
            plats,
            `${String(v)} efter nr ${n} i ${alla.join(" | ")}`,
        ).toBeGreaterThan(n);
        n = plats;
    }
}

test("inregistrering med handbokens steg 2–13 i ordning", async ({
    inloggad: page,
    nummer,
}) => {
    await page.goto("/");
    // 2 a: from the Startsida.
    await page
        .getByRole("link", { name: /^Registrera deltagare i / })
        .first()
        .click();
    await paSidan(page, "Registrera deltagare");
    await expect(page.getByTestId("insatshuvud")).toContainText(
        "Samordningsförbundet Uppsala län",
    );

    // 3: «Sök» gives name and kommun.
    await sok(page, nummer());
    const namn = await page.getByTestId("namn").innerText();
    expect(namn).toMatch(/^\S+ \S+/);
    await expect(page.getByTestId("kommun")).toHaveText(/\p{L}/u);

    // 4 and 5.
    const registrering = page.getByLabel("Registrering", { exact: true });
    await expect(registrering).toHaveValue("in");
    await registrering.selectOption("Inregistrering");
    await page.getByLabel("Mättillfälle").selectOption("Nyregistrering");

    await page.getByLabel("Datum för samtycket").fill(iDag(-10));
    await page.getByRole("button", { name: "Registrera samtycket" }).click();
    await expect(page.getByTestId("inregistrering")).toBeVisible();

    // 6–13, answered with Ja so that every question stands there.
    await page.getByLabel("Startdag").fill(iDag(-10));
    await page
        .getByLabel("Högsta avslutade utbildningsnivå")
        .selectOption("Gymnasium");
    await page
        .getByLabel("Hur länge har deltagaren varit i behov av offentlig")
        .fill("4");
    await markera(grupp(page, fore.forsorjning), "Försörjningsstöd");
    await markera(grupp(page, fore.forsorjning), "A-kassa");
    await markera(grupp(page, fore.arbetssokande), "Nej");
    await markera(grupp(page, fore.arbetar), "Ja");
    await page.getByLabel("procent deltagaren har arbetat").fill("25");
    await markeraForsta(grupp(page, fore.arbetstyp));
    await markera(grupp(page, fore.studerar), "Ja");
    await page.getByLabel("procent deltagaren har studerat").fill("50");
    iOrdning(await fragorna(page, "inregistrering"), [
        /^Startdag/,
        /^Högsta avslutade utbildningsnivå/,
        /^Hur länge har deltagaren varit i behov av offentlig försörjning/,
        fore.forsorjning,
        fore.arbetssokande,
        fore.arbetar,
        /procent deltagaren har arbetat/,
        fore.arbetstyp,
        fore.studerar,
        /procent deltagaren har studerat/,
        /^Fortsätt$/,
    ]);
    await spara(page);

    await paSidan(page, "Inregistreringen är sparad");
    await expect(page.getByTestId("kvitto")).toContainText(namn);
    await expect(page.getByTestId("kvitto")).toContainText(iDag(-10));
    const blankett = page.getByTestId("samtyckesblankett");
    await expect(blankett).toContainText("i original");
    await expect(blankett).toContainText("831 84 Östersund");

    // What was answered is what is stored.
    await page.getByRole("link", { name: "Visa deltagandet" }).click();
    const tidslinje = page.getByTestId("tidslinje");
    for (const svar of [
        "Försörjningsstöd",
        "A-kassa",
        "Gymnasium",
        "25",
        "50",
    ]) {
        await expect(tidslinje).toContainText(svar);
    }
});

test("utregistrering med handbokens steg i ordning, och rättelse av den", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const nr = nummer();
    const insats = await api.minInsats();
    await api.deltagande(insats.id, nr);

    // 2 b: from the menu.
    await page.goto("/deltagande");
    // The menu has an Insats of its own.
    await page.getByRole("main").getByLabel("Insats").selectOption(insats.namn);
    await page
        .getByRole("button", { name: "Registrera deltagare", exact: true })
        .click();
    // 3–5.
    await sok(page, nr);
    const registrering = page.getByLabel("Registrering", { exact: true });
    await registrering.selectOption("Utregistrering");
    await page.getByLabel("Mättillfälle").selectOption("Nyutregistrering");
    await page.getByRole("button", { name: "Fortsätt" }).click();

    // 6–11.
    await page.getByLabel("Avslutningsdag").fill(iDag(-1));
    await page.getByLabel("Avslutsanledning").selectOption({ index: 1 });
    await markera(
        grupp(page, efter.forsorjning),
        "Ingen offentlig försörjning",
    );
    await markera(grupp(page, efter.arbetssokande), "Nej");
    await markera(grupp(page, efter.arbetar), "Ja");
    await page.getByLabel("procent deltagaren arbetar").fill("75");
    await markeraForsta(grupp(page, efter.arbetstyp));
    await markera(grupp(page, efter.studerar), "Ja");
    await page.getByLabel("procent deltagaren studerar").fill("25");
    iOrdning(await fragorna(page, "utregistrering"), [
        /^Avslutningsdag/,
        /^Avslutsanledning/,
        efter.forsorjning,
        efter.arbetssokande,
        efter.arbetar,
        /procent deltagaren arbetar/,
        efter.arbetstyp,
        efter.studerar,
        /procent deltagaren studerar/,
        /^Fortsätt$/,
    ]);
    await spara(page);
    await paSidan(page, "Utregistreringen är sparad");
    await expect(page.getByTestId("kvitto")).toContainText(iDag(-1));

    // Now the exit is an earlier Mättillfälle, and can be corrected.
    await page
        .getByRole("link", { name: "Registrera nästa deltagare" })
        .click();
    await sok(page, nr);
    await registrering.selectOption("Utregistrering");
    await expect(page.getByLabel("Mättillfälle").locator("option")).toHaveText([
        new RegExp(`^${iDag(-1)}`),
    ]);
    await page.getByRole("button", { name: "Fortsätt" }).click();
    await expect(page.getByLabel("Avslutningsdag")).toHaveValue(iDag(-1));
    await page.getByLabel("Avslutningsdag").fill(iDag(-2));
    await page.getByLabel("Varför rättas uppgiften?").fill("Fel dag angiven");
    await spara(page);
    await paSidan(page, "Rättelsen är sparad");
    await page.getByRole("link", { name: "Visa deltagandet" }).click();
    await expect(page.getByTestId("tidslinje")).toContainText(
        "Skäl: Fel dag angiven",
    );
});

test("en tidigare inregistrering rättas genom Mättillfälle", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const nr = nummer();
    const insats = await api.minInsats();
    await api.deltagande(insats.id, nr);
    await page.goto(`/insatser/${insats.id}/registrera`);
    await sok(page, nr);
    await expect(page.getByTestId("oppet")).toContainText(iDag(-15));
    await page
        .getByLabel("Registrering", { exact: true })
        .selectOption("Inregistrering");
    const tidigare = page
        .getByLabel("Mättillfälle")
        .locator("option", { hasText: iDag(-15) });
    await page
        .getByLabel("Mättillfälle")
        .selectOption((await tidigare.getAttribute("value")) ?? "");
    await page.getByRole("button", { name: "Fortsätt" }).click();
    const ar = page.getByLabel("Hur länge har deltagaren varit i behov");
    await expect(ar).toHaveValue("3");
    await ar.fill("7");
    await page.getByLabel("Varför rättas uppgiften?").fill("Fel antal år");
    await spara(page);
    await paSidan(page, "Rättelsen är sparad");
    await page.getByRole("link", { name: "Visa deltagandet" }).click();
    await expect(page.getByTestId("tidslinje")).toContainText(
        "Skäl: Fel antal år",
    );
});

test("anonyma läggs till med «Lägg till» och sparas", async ({
    inloggad: page,
    api,
}) => {
    const insats = await api.minInsats();
    await page.goto(`/insatser/${insats.id}/anonyma`);
    const ar = iDag().slice(0, 4);
    await page.getByLabel("Inregistreringsår").selectOption(ar);
    await page.getByLabel("Antal kvinnor").fill("2");
    await page.getByRole("button", { name: "Lägg till kvinnor" }).click();
    await page.getByLabel("Antal män").fill("3");
    await page.getByRole("button", { name: "Lägg till män" }).click();
    await expect(page.getByTestId("tillagda")).toContainText(
        "2 kvinnor och 3 män",
    );
    await spara(page);
    await expect(page.getByTestId("sparat")).toContainText(
        "2 kvinnor och 3 män",
    );
    await expect(page.getByTestId("registrerade")).toContainText(ar);
});

test("återkallat samtycke raderar personen, efter en fråga", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const d = await api.deltagande(insats.id, nummer());
    await page.goto(`/deltaganden/${d.id}`);
    await paSidan(page, /^Deltagande: \S+ \S+/);
    // The name is in the page, and neither in its title nor in its address.
    const namn = (
        await page.getByRole("heading", { level: 1 }).innerText()
    ).replace("Deltagande: ", "");
    await expect(page).toHaveTitle("Deltagande – SUS");
    await page.getByTestId("aterkalla").click();
    await expect(page.getByTestId("varning")).toContainText(
        "Det går inte att ångra",
    );
    await page.getByTestId("aterkalla-nej").click();
    await expect(page.getByTestId("aterkalla")).toBeFocused();
    await page.getByTestId("aterkalla").click();
    await aterkallaDet(page);
    await expect(page.getByTestId("aterkallat")).toBeInViewport();
    await expect(page.locator(":focus")).toContainText(
        "Samtycket är återkallat",
    );
    await expect(page).toHaveTitle("Deltagande – SUS");
    await expect(page.getByTestId("borttagen")).toBeVisible();
    await expect(page.locator("main")).not.toContainText(namn);
});
