import type { Page } from "@playwright/test";
import { senasteKod } from "./forbered";
import { type Konto, huvudlosenord, konton } from "./konton";
import { ensam, lugn } from "./prov";
import { enVidd, expect, iDag, lagrat, paSidan, sok, test } from "./stod";

/**
 * Persons who take turns at one browser, and what is away when a page is opened. Each log-in is one of
 * its own, so that none that the other tests borrow ends; one at a time, so that no code is another's.
 */
test.describe.configure({ mode: "default" });

const anna = konton.deltagaransvarig;
const bo = konton.andraInsatsen;

/** Both steps, on the log-in page. */
async function loggaIn(page: Page, konto: Konto, bas = ""): Promise<void> {
    await page.getByLabel(/^Personnummer/).fill(konto.personnummer);
    await page.getByLabel("Masterlösenord").fill(huvudlosenord);
    await page.getByTestId("skicka-kod").click();
    await expect(page.getByLabel("Engångskod")).toBeFocused();
    await page
        .getByLabel("Engångskod")
        .fill(await senasteKod(bas, konto.mobil));
    await page.getByTestId("logga-in").click();
    await expect(page.getByTestId("vem")).toBeVisible();
}

/** Another tab of the same browser, where somebody logs in though somebody is. */
async function loggaInIFlik(
    page: Page,
    konto: Konto,
    bas?: string,
): Promise<void> {
    const flik = await page.context().newPage();
    // What the page still fetches would be refused, and it would know.
    await lugn(page);
    await page.context().clearCookies();
    await flik.goto("/logga-in");
    await loggaIn(flik, konto, bas);
    await flik.close();
}

/** A page loaded anew has lost it. */
async function mark(page: Page): Promise<void> {
    await page.evaluate(() => {
        document.body.dataset["prov"] = "kvar";
    });
}
const marke = "body[data-prov]";

test(
    "den som loggar in i en annan flik ser inte den person den förra sökte",
    enVidd,
    async ({ page, api, nummer, baseURL }, info) => {
        const insats = await api.minInsats();
        await ensam(page, anna, info);
        await page.goto(`/insatser/${insats.id}/registrera`);
        const vem = await page.getByTestId("vem").innerText();
        await sok(page, nummer());
        const namn = await page.getByTestId("namn").innerText();
        await page.getByLabel("Datum för samtycket").fill(iDag(-7));
        await page.getByLabel("Datum för samtycket").blur();
        await expect.poll(() => lagrat(page)).toContain("sus-utkast");
        await mark(page);

        await loggaInIFlik(page, bo, baseURL);
        await expect(page.getByTestId("vem")).toBeVisible();
        await expect(page.getByTestId("vem")).not.toHaveText(vem);
        await paSidan(page, "Välkommen till SUS");
        await expect(page.locator(marke)).toHaveCount(0);
        await expect(page.getByTestId("paborjat")).toHaveCount(0);
        await page.goBack();
        await paSidan(page, "Registrera deltagare");
        await expect(page.locator("main")).not.toContainText(namn);
        // Not an insats of theirs: no number is asked for.
        await expect(page.getByTestId("utan-uppdrag")).toBeVisible();
        await expect(page.getByLabel(/^Personnummer/)).toHaveCount(0);
    },
);

test(
    "en annan kaka, utan att fliken hört det, märks när något sparas",
    enVidd,
    async ({ page, api, nummer }, info) => {
        const insats = await api.minInsats();
        await ensam(page, anna, info);
        await page.goto(`/insatser/${insats.id}/registrera`);
        await sok(page, nummer());
        await mark(page);
        await ensam(page, bo, info);
        await page.getByLabel(/^Personnummer/).fill(nummer());
        await page.getByTestId("sok").click();
        await paSidan(page, "Välkommen till SUS");
        await expect(page.locator(marke)).toHaveCount(0);
    },
);

test(
    "samma person som loggar in igen i en annan flik kan spara där hen var",
    enVidd,
    async ({ page, api, nummer, baseURL }, info) => {
        const insats = await api.minInsats();
        await ensam(page, anna, info);
        await page.goto(`/insatser/${insats.id}/registrera`);
        await page.getByLabel(/^Personnummer/).fill(nummer());
        await mark(page);
        // Twice: the second time the stored id is the same as before.
        for (let n = 0; n < 2; n++) {
            const ny = page.waitForResponse(/\/session$/);
            await loggaInIFlik(page, anna, baseURL);
            expect((await ny).status()).toBe(200);
        }
        const status: number[] = [];
        page.on("response", (s) => {
            if (s.url().endsWith("/deltagare-sokningar")) {
                status.push(s.status());
            }
        });
        await page.getByTestId("sok").click();
        await expect(
            page.getByRole("heading", { name: "Deltagarinformation" }),
        ).toBeFocused();
        expect(status).toEqual([200]);
        await expect(page.locator(marke)).toHaveCount(1);
    },
);

test(
    "en utloggning som SUS inte svarar på tömmer webbläsaren ändå, och görs klar nästa gång",
    enVidd,
    async ({ page, baseURL }, info) => {
        // A log-in of its own: it ends.
        await ensam(page, anna, info);
        await page.goto("/");
        await expect(page.getByTestId("vem")).toBeVisible();
        await page.route("**/session", (r) =>
            r.request().method() === "DELETE"
                ? r.fulfill({ status: 503, body: "" })
                : r.fallback(),
        );
        await page.getByTestId("logga-ut").click();
        await paSidan(page, "Logga in i SUS");
        await expect(page.getByTestId("besked")).toContainText(
            "Du är utloggad här, men SUS svarade inte.",
        );
        await page.unroute("**/session");
        await page.goto(baseURL ?? "/");
        await paSidan(page, "Logga in i SUS");
        await expect.poll(() => page.context().cookies()).toEqual([]);
    },
);

test.describe("en sidas del som inte finns", () => {
    const del = /\/assets\/TillganglighetSida-[^/]*\.js$/;
    async function tillRedogorelsen(page: Page): Promise<void> {
        await page
            .getByRole("link", { name: "Tillgänglighetsredogörelse" })
            .click();
    }

    test(
        "efter en ny version laddas sidan om, en gång, och öppnas",
        enVidd,
        async ({ inloggad: page }) => {
            let ganger = 0;
            await page.route(del, (r) =>
                ganger++ === 0
                    ? r.fulfill({ status: 404, body: "" })
                    : r.fallback(),
            );
            await page.goto("/");
            await paSidan(page, "Välkommen till SUS");
            await mark(page);
            await tillRedogorelsen(page);
            await expect(page).toHaveURL(/\/tillganglighet$/);
            await paSidan(page, /^Tillgänglighet/);
            await expect(page.locator(marke)).toHaveCount(0);
            await expect.poll(() => lagrat(page)).not.toContain("sus-omladdad");
        },
    );

    test(
        "när den är borta också efter omladdningen sägs det, utan att sidan går runt",
        enVidd,
        async ({ inloggad: page }) => {
            let ganger = 0;
            await page.route(del, (r) => {
                ganger++;
                return r.fulfill({ status: 404, body: "" });
            });
            await page.goto("/");
            await paSidan(page, "Välkommen till SUS");
            await tillRedogorelsen(page);
            await paSidan(page, "Sidan gick inte att öppna");
            await expect(page.getByTestId("problem")).toBeVisible();
            await lugn(page);
            expect(ganger).toBe(2);
            await page.unroute(del);
            await page.getByTestId("forsok-igen").click();
            await paSidan(page, /^Tillgänglighet/);
        },
    );

    test(
        "utan kontakt med SUS laddas ingenting om",
        enVidd,
        async ({ inloggad: page }) => {
            await page.goto("/");
            await paSidan(page, "Välkommen till SUS");
            await mark(page);
            await page.route(del, (r) => r.abort());
            await page.route("**/session", (r) => r.abort());
            await tillRedogorelsen(page);
            await paSidan(page, "SUS går inte att nå just nu");
            await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
            await expect(page.locator(marke)).toHaveCount(1);
            await page.getByRole("link", { name: "SUS", exact: true }).click();
            await paSidan(page, "Välkommen till SUS");
        },
    );
});

test(
    "efter utloggning och en annans inloggning i samma flik finns ingenting kvar av den förra",
    enVidd,
    async ({ page, api, nummer, baseURL }, info) => {
        const insats = await api.minInsats();
        const nr = nummer();
        const d = await api.deltagande(insats.id, nr);
        const namn = await api.namn(d.samtyckeId);
        await ensam(page, anna, info);
        await page.goto(`/insatser/${insats.id}/registrera`);
        await sok(page, nr);
        await page.getByTestId("fortsatt").click();
        await expect(page).toHaveURL(/\/registrera\/ut\//);
        await expect(page.getByTestId("deltagarinformation")).toContainText(
            namn,
        );
        await mark(page);

        await page.getByTestId("logga-ut").click();
        await expect(page.getByTestId("utloggad")).toBeVisible();
        await loggaIn(page, bo, baseURL);
        await paSidan(page, "Välkommen till SUS");
        // What was fetched: forgotten, and not the other's to fetch.
        await page.goBack();
        await expect(page).toHaveURL(/\/registrera\/ut\//);
        await expect(page.getByTestId("problem")).toBeVisible();
        await expect(page.locator("body")).not.toContainText(namn);
        // Who was searched: forgotten.
        await page.goBack();
        await expect(page).toHaveURL(/\/registrera$/);
        await expect(page.getByTestId("utan-uppdrag")).toBeVisible();
        await expect(page.getByLabel(/^Personnummer/)).toHaveCount(0);
        await expect(page.locator("body")).not.toContainText(namn);
        // All in one page: a page loaded anew would have forgotten by itself.
        await expect(page.locator(marke)).toHaveCount(1);
    },
);

test(
    "ett svar som kommer efter utloggningen når inte den som loggar in sedan",
    enVidd,
    async ({ page, api, nummer, baseURL }, info) => {
        const insats = await api.minInsats();
        const nr = nummer();
        await ensam(page, anna, info);
        await page.goto(`/insatser/${insats.id}/registrera`);
        await mark(page);
        let slapp = (): void => undefined;
        const vanta = new Promise<void>((klar) => {
            slapp = klar;
        });
        await page.route("**/v1/deltagare-sokningar", async (r) => {
            const svar = await r.fetch();
            await vanta;
            await r.fulfill({ response: svar }).catch(() => undefined);
        });
        const fraga = page.waitForRequest("**/v1/deltagare-sokningar");
        await page.getByLabel(/^Personnummer/).fill(nr);
        await page.getByTestId("sok").click();
        await fraga;
        await page.getByTestId("logga-ut").click();
        await expect(page.getByTestId("utloggad")).toBeVisible();
        slapp();
        await loggaIn(page, anna, baseURL);
        await page.goBack();
        await expect(page).toHaveURL(/\/registrera$/);
        await expect(page.getByLabel(/^Personnummer/)).toHaveValue("");
        await expect(page.getByTestId("traff")).toBeHidden();
        await expect(page.locator(marke)).toHaveCount(1);
    },
);
