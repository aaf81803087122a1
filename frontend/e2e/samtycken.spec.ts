import { granska, tillSidan } from "./prov";
import {
    aterkallaDet,
    enVidd,
    expect,
    felen,
    grupp,
    iDag,
    lagrat,
    markera,
    paSidan,
    sok,
    spara,
    test,
    uppgift,
} from "./stod";

test("Ett samtycke hittas i insatsens lista och rättas innan det används", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const s = await api.samtycke(insats.id, nummer());
    const { namn } = (await api.lasSamtycke(s.id)).deltagare ?? { namn: "" };
    const registrerare = (await api.lasSamtycke(s.id)).registrerare?.namn ?? "";
    expect(registrerare).not.toBe("");

    await page.goto("/deltagande");
    await page.getByTestId("till-samtycken").click();
    await paSidan(page, "Samtycken");
    const rad = page.getByRole("row").filter({
        has: page.locator(`a[href="/samtycken/${s.id}"]`),
    });
    await expect(rad).toContainText(namn);
    await expect(rad).toContainText("Väntar");
    await expect(rad).toContainText("I dag");
    await expect(rad).toContainText(registrerare);
    await granska(page, "Samtycken: listan");
    await rad.getByRole("link").click();

    await paSidan(page, `Samtycke: ${namn}`);
    await expect(page).toHaveTitle("Samtycke – SUS");
    await expect(uppgift(page, "Datum för samtycket")).toHaveText(iDag(-20));
    await expect(uppgift(page, "Registrerat av")).toHaveText(registrerare);

    await page.getByTestId("ratta").click();
    await paSidan(page, `Rätta samtycke: ${namn}`);
    await page.fill("#falt-datum", iDag(1));
    await spara(page);
    await felen(page, [
        [
            "datum",
            "Datum för samtycket",
            "Dagen får inte vara efter dagens datum.",
        ],
        [
            "skal",
            "Varför rättas uppgiften?",
            "Skriv kort varför uppgiften rättas.",
        ],
    ]);
    await granska(page, "Rätta samtycke: fel");
    await page.fill("#falt-datum", iDag(-18));
    await page.locator("#falt-sprak").selectOption("fi");
    await markera(grupp(page, /^Hur lämnades samtycket/), "Elektroniskt");
    await page.fill("#falt-skal", "Fel dag angiven");

    // Neither a reload nor Back and forward loses what is typed.
    await expect.poll(() => lagrat(page)).toContain("Fel dag angiven");
    await page.reload();
    await expect(page.getByTestId("utkast")).toBeVisible();
    await expect(page.locator("#falt-datum")).toHaveValue(iDag(-18));
    await page.goBack();
    await paSidan(page, `Samtycke: ${namn}`);
    await page.goForward();
    await expect(page.locator("#falt-skal")).toHaveValue("Fel dag angiven");
    await spara(page);

    await paSidan(page, `Samtycke: ${namn}`);
    await expect(page.getByTestId("rattat")).toBeVisible();
    await expect(uppgift(page, "Datum för samtycket")).toHaveText(iDag(-18));
    await expect(uppgift(page, "Språk")).toHaveText("Finska");
    await expect(uppgift(page, "Senast rättat")).toHaveText("Fel dag angiven");
    await expect.poll(() => lagrat(page)).not.toContain(s.id);
    expect(await api.lasSamtycke(s.id)).toMatchObject({
        datum: iDag(-18),
        sprak: "fi",
        satt: "ELEKTRONISKT",
        version: 2,
    });
});

test("Ett samtycke återkallas innan det används, och personen är borta", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const s = await api.samtycke(insats.id, nummer());
    const namn = await api.namn(s.id);
    await page.goto(`/insatser/${insats.id}/samtycken`);
    const rad = page.getByRole("row").filter({
        has: page.locator(`a[href="/samtycken/${s.id}"]`),
    });
    await rad.getByRole("link").click();
    await paSidan(page, `Samtycke: ${namn}`);
    await page.getByTestId("aterkalla").click();
    await expect(page.getByTestId("varning")).toContainText(
        "Namn, personnummer och bilagor raderas genast",
    );
    await expect(page.getByTestId("varning")).toContainText(
        "Samtycket kan inte längre användas",
    );
    await granska(page, "Samtycke: återkallelse");
    await aterkallaDet(page);
    await expect(page.getByTestId("aterkallat")).toBeInViewport();
    await expect(page.getByTestId("borttagen")).toBeVisible();
    await expect(page.getByTestId("registrera-in")).toHaveCount(0);
    await expect(page.locator("main")).not.toContainText(namn);
    await granska(page, "Samtycke: återkallat");

    await page.getByRole("link", { name: "Alla samtycken i insatsen" }).click();
    await expect(page.getByTestId("antal")).not.toBeEmpty();
    await expect(rad).toHaveCount(0);
    await page.getByLabel("Läge").selectOption("Återkallat");
    await expect(page).toHaveURL(/status=ATERKALLAT/);
    await expect(rad).toContainText("Utan personuppgifter");
    await page.reload();
    await expect(rad).toContainText("Återkallat");
    await page.goBack();
    await expect(page.getByLabel("Läge")).toHaveValue("OANVANT");
});

test(
    "utanfor-organisationen: samtycket kan inte vara äldre än samverkansorganisationen",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        const fore = new Date(`${insats.organisation.startdatum}T00:00:00Z`);
        fore.setUTCDate(fore.getUTCDate() - 1);
        const ord =
            "Samtycket är daterat före samverkansorganisationens startdatum.";
        await page.goto(`/samtycken/${s.id}/ratta`);
        await page.fill("#falt-datum", fore.toISOString().slice(0, 10));
        await page.fill("#falt-skal", "Fel dag");
        await spara(page);
        await felen(page, [["datum", "Datum för samtycket", ord]]);

        await page.goto(`/insatser/${insats.id}/registrera`);
        await sok(page, nummer());
        await page.fill("#falt-datum", fore.toISOString().slice(0, 10));
        await page.getByTestId("registrera-samtycke").click();
        await felen(page, [["datum", "Datum för samtycket", ord]]);
    },
);

test("Återkallat samtycke är ingen avslutsanledning, men har sin väg från sökningen", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const nr = nummer();
    const d = await api.deltagande(insats.id, nr);
    await page.goto(`/insatser/${insats.id}/registrera/ut/${d.id}`);
    const anledning = page.getByLabel("Avslutsanledning");
    await expect(anledning.locator("option", { hasText: "Flytt" })).toHaveCount(
        1,
    );
    await expect(
        anledning.locator("option", { hasText: "Återkallat samtycke" }),
    ).toHaveCount(0);

    await page.goto(`/insatser/${insats.id}/registrera`);
    await sok(page, nr);
    await page
        .getByLabel("Registrering", { exact: true })
        .selectOption("Återkalla samtycke");
    await expect(page.getByTestId("om-aterkallelse")).toContainText(
        "det går inte att ångra",
    );
    await expect(page.locator("#mattillfalle")).toHaveValue(d.id);
    await granska(page, "Registrera deltagare: återkalla samtycke");
    await page.getByTestId("fortsatt").click();
    await page.waitForURL(/\/deltaganden\/.*aterkalla=ja/);
    await expect(page.getByTestId("varning")).toBeInViewport();
    await aterkallaDet(page);
    await expect(page.getByTestId("aterkallat")).toBeInViewport();
    await expect(page.getByTestId("borttagen")).toContainText("visas inte");
    // What closed it still has its words.
    await expect(page.getByTestId("tidslinje")).toContainText(
        "Återkallat samtycke",
    );

    // Back finds nobody by a search that was made before.
    await page.goBack();
    await expect(page.getByTestId("traff")).toHaveCount(0);
});

test(
    "Ett samtycke som väntar återkallas från sökningen, med bara tangentbordet",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const nr = nummer();
        const s = await api.samtycke(insats.id, nr);
        await page.goto(`/insatser/${insats.id}/registrera`);
        await page.getByLabel(/^Personnummer/).focus();
        await page.keyboard.type(nr);
        await page.keyboard.press("Enter");
        await expect(
            page.getByRole("heading", { name: "Deltagarinformation" }),
        ).toBeFocused();
        await page.keyboard.press("Tab");
        await expect(page.locator("#registrering")).toBeFocused();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        await expect(page.locator("#registrering")).toHaveValue("aterkalla");
        await page.keyboard.press("Tab");
        await page.keyboard.press("Tab");
        await expect(page.getByTestId("fortsatt")).toBeFocused();
        await page.keyboard.press("Enter");
        await page.waitForURL(`**/samtycken/${s.id}?aterkalla=ja`);
        await expect(
            page.getByTestId("varning").locator("xpath=.."),
        ).toBeFocused();
        // The tick, past what keeps the samtycke, to what does not.
        await page.keyboard.press("Tab");
        await page.keyboard.press("Space");
        await page.keyboard.press("Tab");
        await expect(page.getByTestId("aterkalla-nej")).toBeFocused();
        await page.keyboard.press("Tab");
        await expect(page.getByTestId("aterkalla-ja")).toBeFocused();
        await page.keyboard.press("Enter");
        await expect(page.getByTestId("aterkallat")).toBeVisible();
        expect((await api.lasSamtycke(s.id)).status).toBe("ATERKALLAT");
    },
);

test(
    "samtycke-vantar: den som registrerar ett till får vägen till det som väntar",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const nr = nummer();
        await page.goto(`/insatser/${insats.id}/registrera`);
        await sok(page, nr);
        await page.fill("#falt-datum", iDag(-3));
        const s = await api.samtycke(insats.id, nr); // a colleague is first
        await page.getByTestId("registrera-samtycke").click();
        await expect(page.getByTestId("problem")).toHaveAttribute(
            "data-regel",
            "samtycke-vantar",
        );
        await granska(page, "Samtycke: ett väntar redan");
        await expect(page.locator("#falt-datum")).toHaveValue(iDag(-3));
        await page.getByTestId("till-vantande").click();
        await page.waitForURL(`**/samtycken/${s.id}`);
        await page.getByTestId("registrera-in").click();
        await page.waitForURL(`**/registrera/in/${s.id}`);
        await expect(page.getByTestId("inregistrering")).toBeVisible();
    },
);

test(
    "uppslag-for-manga säger hur länge man väntar, och inget som är ifyllt försvinner",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const nr = nummer();
        const nej = {
            status: 429,
            headers: { "Retry-After": "1740" },
            json: {
                type: "https://sus.forsakringskassan.se/fel/uppslag-for-manga",
                title: "För många försök",
                status: 429,
                detail: "Du har slagit upp för många personer i folkbokföringen den senaste timmen. Vänta en stund och försök igen.",
                instance: "/v1/deltagare-sokningar",
                regel: "uppslag-for-manga",
                fel: [],
            },
        };
        const sokning = "**/v1/deltagare-sokningar";
        const samtycke = `**/v1/insatser/${insats.id}/samtycken`;
        const problem = page.getByTestId("problem");
        await page.route(sokning, (r) => r.fulfill(nej));
        await page.goto(`/insatser/${insats.id}/registrera`);
        const falt = page.getByLabel(/^Personnummer/);
        await falt.fill(nr);
        await page.getByTestId("sok").click();
        await expect(problem).toContainText("Försök igen om 29 minuter.");
        await granska(page, "Registrera deltagare: för många uppslag");
        await expect(falt).not.toHaveValue("");

        await page.unroute(sokning);
        await page.getByTestId("sok").click();
        await expect(page.getByTestId("samtycke")).toBeVisible();
        await page.fill("#falt-datum", iDag(-3));
        await page.route(samtycke, (r) => r.fulfill(nej));
        await page.getByTestId("registrera-samtycke").click();
        await expect(problem).toContainText("Försök igen om 29 minuter.");
        await expect(problem).toContainText("Det du har fyllt i finns kvar.");
        await expect(page.locator("#falt-datum")).toHaveValue(iDag(-3));

        // Searched again meanwhile: who was found stands there, with what is typed.
        await page.route(sokning, (r) => r.fulfill(nej));
        await page.getByTestId("sok").click();
        await expect(problem).toHaveCount(2);
        await expect(page.locator("#falt-datum")).toHaveValue(iDag(-3));
        await page.unroute(samtycke);
        await page.getByTestId("registrera-samtycke").click();
        await page.waitForURL(/\/registrera\/in\//);
    },
);

test("Listan har sidor", enVidd, async ({ inloggad: page, api, nummer }) => {
    const insats = await api.minInsats();
    for (let n = 0; n < 21; n++) {
        await api.samtycke(insats.id, nummer());
    }
    await tillSidan(page, `/insatser/${insats.id}/samtycken`);
    const rader = page.locator("tbody tr");
    await expect(rader).toHaveCount(20);
    const forsta = await rader.first().innerText();
    await page.getByRole("link", { name: "Nästa" }).click();
    await expect(page).toHaveURL(/sida=2/);
    await expect(rader.first()).not.toHaveText(forsta);
    await page.goBack();
    await expect(rader).toHaveCount(20);
});
