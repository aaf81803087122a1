import { axe, granska, personFodd, sidledes, som } from "./prov";
import {
    Api,
    expect,
    fore,
    grupp,
    iDag,
    markera,
    paSidan,
    sok,
    spara,
    test,
} from "./stod";

test.describe.configure({ timeout: 90_000 });

test("axe finner ett planterat fel, och rullning i sidled syns", async ({
    page,
}) => {
    await page.goto("/logga-in");
    await paSidan(page, "Logga in i SUS");
    await page.evaluate(() => {
        const falt = document.createElement("input");
        const lank = document.createElement("a");
        lank.href = "/";
        const bred = document.createElement("div");
        bred.style.cssText = "width: 3000px; height: 1px";
        document.querySelector("main")?.append(falt, lank, bred);
    });
    const fel = (await axe(page)).join("\n");
    expect(fel).toContain("label:");
    expect(fel).toContain("link-name:");
    expect(await sidledes(page)).toBeGreaterThan(0);
});

test("inloggningens lägen", async ({ page }) => {
    await page.goto("/logga-in");
    await paSidan(page, "Logga in i SUS");
    await granska(page, "Inloggning: steg 1");
    await page.getByTestId("skicka-kod").click();
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Inloggning: tomma fält");
    await page.route("**/session/inloggningar", (r) =>
        r.fulfill({
            status: 201,
            json: {
                id: "019373a0-5b1a-7c3e-9f21-0a1b2c3d4e5f",
                giltigTill: new Date(Date.now() + 600_000).toISOString(),
            },
        }),
    );
    await page.getByLabel(/^Personnummer/).fill("19770117-2392");
    await page.getByLabel("Huvudlösenord").fill("x");
    await page.getByTestId("skicka-kod").click();
    await expect(page.getByLabel("Engångskod")).toBeVisible();
    await granska(page, "Inloggning: steg 2");
    await page.goto("/demo");
    await expect(page.getByTestId("sms").first()).toBeVisible();
    await granska(page, "SMS i demon");
});

test("registreringens lägen, in", async ({ inloggad: page, api, nummer }) => {
    const insats = await api.minInsats();
    await page.goto("/deltagande");
    await page.getByLabel("Insats").waitFor();
    await granska(page, "Deltagande: välj insats");
    await page.goto(`/insatser/${insats.id}/registrera`);
    await page.getByLabel(/^Personnummer/).waitFor();
    await granska(page, "Registrera deltagare: sök");
    await page.getByTestId("sok").click();
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Registrera deltagare: tomt nummer");
    await sok(page, personFodd(14));
    await granska(page, "Registrera deltagare: skyddad");
    await sok(page, personFodd(15));
    await granska(page, "Registrera deltagare: saknas");
    await sok(page, nummer());
    await granska(page, "Registrera deltagare: samtycke");
    await page.getByTestId("registrera-samtycke").click();
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Registrera deltagare: samtycke med fel");
    await page.getByLabel("Datum för samtycket").fill(iDag(-5));
    await page.getByTestId("registrera-samtycke").click();
    await expect(page.getByTestId("inregistrering")).toBeVisible();
    await granska(page, "Inregistrering: tom");
    await markera(grupp(page, fore.arbetar), "Ja");
    await markera(grupp(page, fore.studerar), "Ja");
    await spara(page);
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Inregistrering: alla fel och följdfrågor");
    await page.reload();
    await expect(page.getByTestId("utkast")).toBeVisible();
    await granska(page, "Inregistrering: återskapat utkast");
    await page.getByRole("button", { name: "Välj datum" }).click();
    await expect(
        page.getByRole("button", { name: "Stäng", exact: true }),
    ).toBeVisible();
    await granska(page, "Inregistrering: kalender");
});

test("registreringens lägen, ut", async ({ inloggad: page, api, nummer }) => {
    const insats = await api.minInsats();
    const d = await api.deltagande(insats.id, nummer());
    const bas = `/insatser/${insats.id}/registrera`;
    await page.goto(`${bas}/klart/${d.id}?slag=in`);
    await expect(page.getByTestId("samtyckesblankett")).toBeVisible();
    await granska(page, "Kvitto på inregistrering");
    await page.goto(`${bas}/ratta-in/${d.id}`);
    await page.getByTestId("inregistrering").waitFor();
    await granska(page, "Rättelse av inregistrering");
    await page.goto(`${bas}/ut/${d.id}`);
    await page.getByTestId("utregistrering").waitFor();
    await granska(page, "Utregistrering: tom");
    await page.getByLabel("Avslutsanledning").selectOption({ index: 1 });
    await spara(page);
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Utregistrering: fel");
    await page.getByLabel("Avslutsanledning").selectOption("Felregistrering");
    await expect(page.getByTestId("felregistrering")).toBeVisible();
    await granska(page, "Utregistrering: felregistrering");
    await page.goto(`/deltaganden/${d.id}`);
    await page.getByTestId("tidslinje").waitFor();
    await granska(page, "Deltagande: tidslinje");
    await page.getByTestId("aterkalla").click();
    await granska(page, "Deltagande: fråga om återkallelse");
    await page.getByTestId("aterkalla-ja").click();
    await expect(page.getByTestId("aterkallat")).toBeVisible();
    await granska(page, "Deltagande: återkallat");
});

test("anonyma, insats och samverkansorganisation", async ({
    inloggad: page,
    api,
}) => {
    const insats = await api.minInsats();
    await page.goto(`/insatser/${insats.id}/anonyma`);
    await page.getByTestId("anonyma").waitFor();
    await page.getByLabel("Antal kvinnor").fill("2");
    await page.getByTestId("lagg-till-kvinnor").click();
    await page.getByTestId("lagg-till-man").click();
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Anonyma: tillagda och fel");
    await page.goto("/insatser");
    await page.getByTestId("antal").waitFor();
    await granska(page, "Insatser");
    await page.goto("/insatser?namn=finnsinte");
    await page.getByTestId("inga").waitFor();
    await granska(page, "Insatser: ingen träff");
    await page.goto(`/insatser/${insats.id}`);
    await page.getByTestId("deltaganden").locator("tbody tr").first().waitFor();
    await granska(page, "Insats med deltaganden");
    await page.goto("/samverkansorganisationer");
    await page.getByTestId("antal").waitFor();
    await granska(page, "Samverkansorganisationer");
    await page.goto(`/samverkansorganisationer/${insats.organisation.id}`);
    await page.getByTestId("kontaktinformation").click();
    await granska(page, "Samverkansorganisation med kontaktinformation");
});

test("rapporten och dess lägen", async ({ inloggad: page }) => {
    await page.goto("/rapporter");
    await paSidan(page, "Rapporter");
    await granska(page, "Rapporter");
    const vag = "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM";
    await page.goto(`${vag}&budgetar=2010`);
    await page.getByTestId("slut").locator("svg").first().waitFor();
    await granska(page, "Deltagarrapport försörjning");
    await page.goto(
        "/rapporter/deltagarrapport/forsorjning?samverkansform=TVAPARTSFINSAM&budgetar=2010",
    );
    await page.getByTestId("tom-start").waitFor();
    await granska(page, "Deltagarrapport försörjning: tom");
});

test("administrationens sidor", async ({ page }, info) => {
    await som(page, "systemforvaltare", info);
    await page.goto("/administration");
    await paSidan(page, "Administration");
    await granska(page, "Administration");
    for (const vag of ["kodverk", "logg"]) {
        await page.goto(`/administration/${vag}`);
        await page.getByRole("table").first().waitFor();
        await granska(page, `Administration: ${vag}`);
    }
});

test("insatsens formulär", async ({ page, baseURL }, info) => {
    await som(page, "samverkansadministrator", info);
    const api = Api.som("samverkansadministrator", baseURL ?? "");
    const insats = await api.minInsats();
    await page.goto("/insatser/ny");
    await page.getByTestId("insatsformular").waitFor();
    await granska(page, "Ny insats");
    await spara(page);
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Ny insats: fel");
    await page.goto(`/insatser/${insats.id}/andra`);
    await page.getByTestId("insatsformular").waitFor();
    await granska(page, "Ändra insats");
});

test("ingen sida rullar i sidled vid 320 px @mobil", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    await page.setViewportSize({ width: 320, height: 640 });
    const insats = await api.minInsats();
    const d = await api.deltagande(insats.id, nummer());
    const s = await api.samtycke(insats.id, nummer());
    for (const vag of [
        "/",
        "/deltagande",
        "/insatser",
        `/insatser/${insats.id}`,
        `/insatser/${insats.id}/registrera`,
        `/insatser/${insats.id}/registrera/in/${s.id}`,
        `/insatser/${insats.id}/registrera/ut/${d.id}`,
        `/insatser/${insats.id}/registrera/klart/${d.id}?slag=in`,
        `/insatser/${insats.id}/anonyma`,
        `/deltaganden/${d.id}`,
        "/samverkansorganisationer",
        `/samverkansorganisationer/${insats.organisation.id}`,
        "/rapporter",
        "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
        "/tillganglighet",
        "/demo",
    ]) {
        await page.goto(vag);
        await page.waitForLoadState("networkidle");
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        expect(await sidledes(page), vag).toBe(0);
    }
});
