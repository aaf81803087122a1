import type { Page } from "@playwright/test";
import type { Problem, Schema } from "../src/shared/api/typer";
import {
    avbilda,
    axe,
    fyllIn,
    granska,
    personFodd,
    sidledes,
    sidor,
    som,
} from "./prov";
import {
    expect,
    fore,
    grupp,
    iDag,
    markera,
    paSidan,
    sok,
    lagrat,
    spara,
    test,
    under15,
    aterkallaDet,
} from "./stod";

// In `make sidor` each state is looked at in every window.
test.describe.configure({ timeout: sidor ? 600_000 : 90_000 });

/** As in Windows' contrast themes. */
async function iKontrasttema(
    page: Page,
    gor: () => Promise<void>,
): Promise<void> {
    await page.emulateMedia({ forcedColors: "active", colorScheme: "dark" });
    await gor();
    await page.emulateMedia({ forcedColors: "none", colorScheme: null });
}

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
    await page.getByLabel("Masterlösenord").fill("x");
    await page.getByTestId("skicka-kod").click();
    await expect(page.getByLabel("Engångskod")).toBeVisible();
    await granska(page, "Inloggning: steg 2");
});

test("registreringens lägen, in", async ({ inloggad: page, api, nummer }) => {
    const insats = await api.minInsats();
    await page.goto(`/insatser/${insats.id}/registrera`);
    await page.getByLabel(/^Personnummer/).waitFor();
    await page.getByTestId("sok").click();
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Registrera deltagare: tomt nummer");
    await sok(page, personFodd(14));
    await granska(page, "Registrera deltagare: skyddad");
    await sok(page, personFodd(15));
    await granska(page, "Registrera deltagare: saknas");
    await sok(page, personFodd(16));
    await granska(page, "Registrera deltagare: avregistrerad");
    await sok(page, nummer(...under15));
    await page.getByLabel("Datum för samtycket").fill(iDag(-5));
    await page.getByLabel("Datum för mognadsbedömningen").fill(iDag(-6));
    await page.getByLabel("Datum för mognadsbedömningen").blur();
    await expect(grupp(page, /^Har även vårdnadshavare/)).toBeVisible();
    await granska(page, "Registrera deltagare: mognadsbedömning");
    await sok(page, nummer());
    await granska(page, "Registrera deltagare: samtycke");
    await page.getByTestId("registrera-samtycke").click();
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Registrera deltagare: samtycke med fel");
    await page.getByLabel("Datum för samtycket").fill(iDag(-5));
    await page.getByTestId("registrera-samtycke").click();
    await expect(page.getByTestId("inregistrering")).toBeVisible();
    await markera(grupp(page, fore.arbetar), "Ja");
    await markera(grupp(page, fore.studerar), "Ja");
    await spara(page);
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Inregistrering: alla fel och följdfrågor");
    await iKontrasttema(page, async () => {
        await avbilda(page, "Inregistrering: fel i kontrasttema");
    });
    await page.reload();
    await expect(page.getByTestId("utkast")).toBeVisible();
    await granska(page, "Inregistrering: återskapat utkast");
    await page.getByRole("button", { name: "Välj startdag" }).click();
    await expect(
        page.getByRole("button", { name: "Stäng", exact: true }),
    ).toBeVisible();
    await granska(page, "Inregistrering: kalender");
    await page.route("**/v1/kodverk?*", (r) =>
        r.fulfill({ status: 503, body: "" }),
    );
    await page.reload();
    await expect(page.getByTestId("problem")).toBeVisible();
    await granska(page, "Inregistrering: utan kodverk");
});

test("registreringens lägen, ut", async ({ inloggad: page, api, nummer }) => {
    const insats = await api.minInsats();
    const d = await api.deltagande(insats.id, nummer());
    const bas = `/insatser/${insats.id}/registrera`;
    await page.goto(`${bas}/ut/${d.id}`);
    await page.getByTestId("utregistrering").waitFor();
    await page.getByLabel("Avslutsanledning").selectOption({ index: 1 });
    await spara(page);
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Utregistrering: fel");
    await page.getByLabel("Avslutsanledning").selectOption("Felregistrering");
    await expect(page.getByTestId("felregistrering")).toBeVisible();
    await granska(page, "Utregistrering: felregistrering");
    await page.goto(`/deltaganden/${d.id}`);
    await page.getByTestId("aterkalla").click();
    await granska(page, "Deltagande: fråga om återkallelse");
    await aterkallaDet(page);
    await expect(page.getByTestId("aterkallat")).toBeVisible();
    await granska(page, "Deltagande: återkallat");
});

test("utregistreringens kvitton", async ({ inloggad: page, api, nummer }) => {
    const insats = await api.minInsats();
    const d = await api.deltagande(insats.id, nummer());
    await api.skrivUt(d.id);
    const bas = `/insatser/${insats.id}/registrera`;
    for (const [slag, rubrik] of [
        ["ut", "Utregistreringen är sparad"],
        ["rattad", "Rättelsen är sparad"],
    ] as const) {
        await page.goto(`${bas}/klart/${d.id}?slag=${slag}`);
        await paSidan(page, rubrik);
        await expect(page.getByTestId("kvitto")).toBeVisible();
        await granska(page, `Kvitto: ${rubrik}`);
    }
});

test("inregistrering som inte går, utan nät och sparad i en annan flik", async ({
    inloggad: page,
    context,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const s = await api.samtycke(insats.id, nummer());
    await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
    await page.getByTestId("inregistrering").waitFor();
    await fyllIn(page);
    const nej: Problem = {
        type: "https://sus.forsakringskassan.se/fel/redan-oppen",
        title: "Går inte nu",
        status: 409,
        detail: "Personen har redan ett öppet deltagande i insatsen.",
        instance: "/v1/deltaganden",
        regel: "redan-oppen",
        fel: [],
    };
    const post = `**/v1/insatser/${insats.id}/deltaganden`;
    await page.route(post, (r) => r.fulfill({ status: 409, json: nej }));
    await spara(page);
    await expect(page.getByTestId("problem")).toContainText(nej.detail);
    await granska(page, "Inregistrering: nej från servern");
    await page.unroute(post);
    await context.setOffline(true);
    await expect(page.getByText("Ingen kontakt med nätet.")).toBeVisible();
    await granska(page, "Inregistrering: utan nät");
    await context.setOffline(false);

    // Back in the form, where what another tab does is told.
    await page.getByTestId("andra-falt-startdag").click();
    await expect.poll(() => lagrat(page)).toContain(s.id);
    const flik = await context.newPage();
    await flik.goto(page.url());
    await expect(flik.getByTestId("utkast")).toBeVisible();
    await spara(flik);
    await paSidan(flik, "Inregistreringen är sparad");
    await expect(page.getByTestId("utkast-borttaget")).toBeVisible();
    await granska(page, "Inregistrering: sparad i en annan flik");
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
    await page.getByLabel("Antal män").fill("");
    await spara(page);
    await expect(page.getByTestId("sparat")).toBeVisible();
    await granska(page, "Anonyma: sparat");
    const detaljer = `**/v1/insatser/${insats.id}`;
    const endastAntal: Schema<"Insats"> = {
        ...insats,
        deltagarregistrering: "ENDAST_ANTAL",
    };
    await page.route(detaljer, (r) => r.fulfill({ json: endastAntal }));
    await page.goto(`/insatser/${insats.id}/anonyma`);
    await page.getByTestId("endast-antal").waitFor();
    await granska(page, "Anonyma: endast antal");
    await page.unroute(detaljer);
    await page.goto("/insatser?namn=finnsinte");
    await page.getByTestId("inga").waitFor();
    await granska(page, "Insatser: ingen träff");
    await page.goto(`/samverkansorganisationer/${insats.organisation.id}`);
    await page.getByTestId("kontaktinformation").click();
    await granska(page, "Samverkansorganisation med kontaktinformation");
});

test("rapporten och dess lägen", async ({ inloggad: page }) => {
    const vag = "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM";
    await page.goto(`${vag}&budgetar=2010`);
    await page.getByTestId("slut").locator("svg").first().waitFor();
    await iKontrasttema(page, async () => {
        // The chart's text is as the rest.
        await expect(
            page.getByTestId("slut").locator("svg text").first(),
        ).toHaveCSS(
            "fill",
            await page
                .locator("main")
                .evaluate((e) => getComputedStyle(e).color),
        );
        await avbilda(page, "Deltagarrapport försörjning: kontrasttema");
    });
    await page.goto(`${vag}&budgetar=2010&lan=99`);
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Deltagarrapport försörjning: ett val som inte finns");
    await page.goto(
        "/rapporter/deltagarrapport/forsorjning?samverkansform=TVAPARTSFINSAM&budgetar=2010",
    );
    await page.getByTestId("tom-start").waitFor();
    await granska(page, "Deltagarrapport försörjning: tom");
});

test("insatsens formulär", async ({ page }, info) => {
    await som(page, "samverkansadministrator", info);
    await page.goto("/insatser/ny");
    await page.getByTestId("insatsformular").waitFor();
    await spara(page);
    await expect(page.getByTestId("fellista")).toBeVisible();
    await granska(page, "Ny insats: fel");
});
