import type { Page } from "@playwright/test";
import type { App } from "vue";
import type { Router } from "vue-router";
import type { Problem, Schema } from "../src/shared/api/typer";
import {
    avbilda,
    axe,
    fyllIn,
    granska,
    personFodd,
    sidledes,
    som,
    tillSidan,
} from "./prov";
import { sidor } from "./sidor";
import {
    Api,
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

test.describe.configure({ timeout: 90_000 });

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
    await page.getByLabel("Masterlösenord").fill("x");
    await page.getByTestId("skicka-kod").click();
    await expect(page.getByLabel("Engångskod")).toBeVisible();
    await granska(page, "Inloggning: steg 2");
    await page.goto("/demo");
    await expect(page.getByTestId("sms").first()).toBeVisible();
    await granska(page, "SMS i demon");
    await page.goto("/hjalp");
    await paSidan(page, "Hjälp");
    await granska(page, "Hjälp");
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
    await granska(page, "Inregistrering: tom");
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
    await aterkallaDet(page);
    await expect(page.getByTestId("aterkallat")).toBeVisible();
    await granska(page, "Deltagande: återkallat");
});

test("utregistreringens rättelse och kvitton", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const d = await api.deltagande(insats.id, nummer());
    await api.skrivUt(d.id);
    const bas = `/insatser/${insats.id}/registrera`;
    await page.goto(`${bas}/ratta-ut/${d.id}`);
    await page.getByTestId("utregistrering").waitFor();
    await granska(page, "Rättelse av utregistrering");
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

test("varje sida i SUS är med bland dem som prövas @mobil", async ({
    page,
    baseURL,
    nummer,
}) => {
    const vagar = (await sidor(baseURL ?? "", nummer)).map((s) => s.vag);
    await tillSidan(page, "/logga-in");
    const utan = await page.evaluate((egna) => {
        const app = Reflect.get(
            document.querySelector("#app") ?? {},
            "__vue_app__",
        ) as App;
        const router: Router = app.config.globalProperties["$router"];
        const provade = egna.map((v) => router.resolve(v).matched[0]?.path);
        return router
            .getRoutes()
            .map((r) => r.path)
            .filter((r) => !provade.includes(r));
    }, vagar);
    expect(utan).toEqual([]);
});

test("ingen sida rullar i sidled vid 320 px @mobil", async ({
    page,
    baseURL,
    nummer,
}, info) => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const { roll, vag } of await sidor(baseURL ?? "", nummer)) {
        await som(page, roll, info);
        await tillSidan(page, vag);
        expect(await sidledes(page), vag).toBe(0);
    }
});

/** Notes the size of every text in sight; the chart's apart, whose numbers the table holds. */
async function textstorlekar(page: Page): Promise<void> {
    await page.evaluate(() => {
        const texter = [...document.querySelectorAll("body *")].filter(
            (e) =>
                e instanceof HTMLElement &&
                e.checkVisibility() &&
                [...e.childNodes].some(
                    (n) => n instanceof Text && n.data.trim() !== "",
                ),
        );
        Reflect.set(
            window,
            "texter",
            texter.map((e) => [e, parseFloat(getComputedStyle(e).fontSize)]),
        );
    });
}

/** What is wrong with the page when its text is twice as large. */
async function felMedStorText(page: Page): Promise<string[]> {
    return page.evaluate(() => {
        const fel: string[] = [];
        const vad = (e: Element): string =>
            `<${e.tagName.toLowerCase()} class="${e.className}"> ${e.textContent.trim().slice(0, 40)}`;
        const texter = Reflect.get(window, "texter") as [Element, number][];
        for (const [e, fore] of texter) {
            const nu = parseFloat(getComputedStyle(e).fontSize);
            if (e.isConnected && Math.abs(nu - 2 * fore) > 0.5) {
                fel.push(`växer inte, ${fore} till ${nu} px: ${vad(e)}`);
            }
        }
        const kapar = (e: Element): boolean =>
            /hidden|clip/.test(getComputedStyle(e).overflow);
        for (const [e] of texter) {
            if (
                e.closest(".sr-only") ||
                !e.checkVisibility({ visibilityProperty: true })
            ) {
                continue;
            }
            // Its own text; what is within it is looked at by itself.
            const text = document.createRange();
            text.selectNodeContents(
                [...e.childNodes].find(
                    (n) => n instanceof Text && n.data.trim() !== "",
                ) ?? e,
            );
            const t = text.getBoundingClientRect();
            for (
                let ram: Element | null = e;
                ram && getComputedStyle(ram).overflowX !== "auto";
                ram = ram.parentElement
            ) {
                const r = ram.getBoundingClientRect();
                if (
                    kapar(ram) &&
                    (t.left < r.left - 1 ||
                        t.right > r.right + 1 ||
                        t.top < r.top - 1 ||
                        t.bottom > r.bottom + 1)
                ) {
                    fel.push(`kapas: ${vad(e)}`);
                }
            }
        }
        for (const knapp of document.querySelectorAll("main .button")) {
            const r = knapp.getBoundingClientRect();
            if (
                r.width === 0 ||
                r.left < 0 ||
                r.right > innerWidth ||
                knapp.scrollWidth > knapp.clientWidth + 1
            ) {
                fel.push(`knappen får inte plats: ${vad(knapp)}`);
            }
        }
        return fel;
    });
}

test("texten kan göras dubbelt så stor", async ({
    page,
    baseURL,
    nummer,
}, info) => {
    // What a person sets in the browser's settings.
    const webblasaren = await page.context().newCDPSession(page);
    const storlek = async (standard: number): Promise<void> => {
        await webblasaren.send("Page.setFontSizes", {
            fontSizes: { standard, fixed: standard },
        });
    };
    for (const { roll, vag } of await sidor(baseURL ?? "", nummer)) {
        await som(page, roll, info);
        await storlek(16);
        await tillSidan(page, vag);
        await textstorlekar(page);
        await storlek(32);
        // The menu counts its room anew after a while.
        await expect.poll(() => felMedStorText(page), vag).toEqual([]);
        expect(await sidledes(page), `${vag}: rullar i sidled`).toBe(0);
        // A picture of the whole page sets the browser's own size back.
        await page.evaluate(() => {
            document.documentElement.style.fontSize = "32px";
        });
        await avbilda(
            page,
            `Dubbel text ${vag.replaceAll(/[0-9a-f-]{36}/g, "x")}`,
        );
    }
});
