import type { Page } from "@playwright/test";
import type { Schema } from "../src/shared/api/typer";
import { fyllIn } from "./prov";
import {
    Api,
    eget,
    enVidd,
    expect,
    grupp,
    iDag,
    lagrat,
    markera,
    paSidan,
    sok,
    spara,
    test,
} from "./stod";

/**
 * Nothing twice: the server works, its answer is lost, the page is loaded anew and what
 * was typed is saved again.
 */

/** Loses the answer of the next call that creates, after the server has worked. */
async function tappaSvaret(
    page: Page,
    vag: RegExp,
): Promise<() => Promise<void>> {
    let gjort: (() => void) | undefined;
    const klart = new Promise<void>((r) => {
        gjort = r;
    });
    await page.route(
        vag,
        async (route) => {
            expect(route.request().method()).toBe("POST");
            expect((await route.fetch()).status()).toBe(201);
            await route.abort();
            gjort?.();
        },
        { times: 1 },
    );
    return async () => {
        await klart;
        await expect(page.getByTestId("problem").first()).toBeVisible();
    };
}

test("anonyma ger en rad", enVidd, async ({ inloggad: page, api }) => {
    const insats = await api.minInsats();
    const antal = async (): Promise<number> =>
        (
            await api.anropa<Schema<"AnonymaLista">>(
                "GET",
                `/v1/insatser/${insats.id}/anonyma?limit=1`,
            )
        )._meta.totalRecords ?? 0;
    const innan = await antal();
    await page.goto(`/insatser/${insats.id}/anonyma`);
    await page.getByLabel("Antal kvinnor").fill("7");
    await page.getByTestId("lagg-till-kvinnor").click();
    const tappat = await tappaSvaret(page, /\/anonyma$/);
    await spara(page);
    await tappat();
    await page.reload();
    await expect(page.getByTestId("tillagda")).toContainText("7 kvinnor");
    await spara(page);
    await expect(page.getByTestId("sparat")).toBeVisible();
    expect(await antal()).toBe(innan + 1);
    // The same once more is another: it is known that the first was saved.
    await page.getByLabel("Antal kvinnor").fill("7");
    await page.getByTestId("lagg-till-kvinnor").click();
    await spara(page);
    await expect(page.getByTestId("sparat")).toBeVisible();
    expect(await antal()).toBe(innan + 2);
});

/** The samtycken that the search of a number leads to. */
async function vantande(
    api: Api,
    insatsId: string,
    nr: string,
): Promise<string | undefined> {
    return (await api.sok(insatsId, nr)).oanvantSamtycke?.id;
}

async function sokOchFyll(page: Page, nr: string): Promise<void> {
    await sok(page, nr);
    await page.getByLabel("Datum för samtycket").fill(iDag(-5));
}

test(
    "samtycket ger ett, och samma svar för en annan person ett annat",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const [en, annan, tredje] = [nummer(), nummer(), nummer()];
        const sanda: (string | undefined)[] = [];
        page.on("request", (r) => {
            if (r.method() === "POST" && r.url().endsWith("/samtycken")) {
                sanda.push(r.headers()["idempotency-key"]);
            }
        });
        await page.goto(`/insatser/${insats.id}/registrera`);
        await sokOchFyll(page, en);
        let tappat = await tappaSvaret(page, /\/samtycken$/);
        await page.getByTestId("registrera-samtycke").click();
        await tappat();
        // Without a reload the same press gives the same samtycke.
        await page.getByTestId("registrera-samtycke").click();
        await page.waitForURL(/\/registrera\/in\//);
        const forsta = await vantande(api, insats.id, en);
        expect(page.url()).toContain(forsta);
        expect(sanda).toHaveLength(2);
        expect(sanda[1]).toBe(sanda[0]);

        // After one the number is typed anew: the search knows that it is there.
        await page.goto(`/insatser/${insats.id}/registrera`);
        await sokOchFyll(page, annan);
        tappat = await tappaSvaret(page, /\/samtycken$/);
        await page.getByTestId("registrera-samtycke").click();
        await tappat();
        await expect.poll(() => lagrat(page)).toContain(iDag(-5));
        expect(await lagrat(page)).not.toContain(annan.slice(2, 8));
        await page.reload();
        // Another person with the very same answers: the key is not this one's.
        await sok(page, tredje);
        await expect(page.getByLabel("Datum för samtycket")).toHaveValue(
            iDag(-5),
        );
        await page.getByTestId("registrera-samtycke").click();
        await page.waitForURL(/\/registrera\/in\//);
        const tredjes = await vantande(api, insats.id, tredje);
        expect(page.url()).toContain(tredjes);
        expect(new Set(sanda).size).toBe(3);

        await page.goto(`/insatser/${insats.id}/registrera`);
        await sok(page, annan);
        await page.getByTestId("fortsatt").click();
        await page.waitForURL(/\/registrera\/in\//);
        await expect.poll(() => lagrat(page)).not.toContain("sus-utkast:");
        const andras = await vantande(api, insats.id, annan);
        expect(page.url()).toContain(andras);
        expect(new Set([forsta, andras, tredjes]).size).toBe(3);
    },
);

test(
    "in- och utregistreringen ger en var, och inget påbörjat står kvar",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page, { startdag: iDag(-6) });
        let tappat = await tappaSvaret(page, /\/deltaganden$/);
        await spara(page);
        await tappat();
        const { deltagandeId = "" } = await api.lasSamtycke(s.id);
        await page.reload();
        // It is known to be done: there is nothing to save again.
        await page.getByTestId("anvant").getByRole("link").click();
        await page.waitForURL(`**/deltaganden/${deltagandeId}`);
        await expect.poll(() => lagrat(page)).not.toContain(s.id);

        await page.getByTestId("utregistrera").click();
        await page.getByLabel("Avslutningsdag").fill(iDag(-1));
        await page
            .getByLabel("Avslutsanledning")
            .selectOption({ label: "Flytt" });
        tappat = await tappaSvaret(page, /\/utregistreringar$/);
        await spara(page);
        await tappat();
        await page.reload();
        await expect(page.getByTestId("hinder")).toContainText(
            "redan utregistrerat",
        );
        await expect.poll(() => lagrat(page)).not.toContain(s.id);
        const { data } = await api.anropa<Schema<"VersionLista">>(
            "GET",
            `/v1/deltaganden/${deltagandeId}/versioner`,
        );
        expect(data.map((v) => v.typ)).toEqual(["IN", "UT"]);
        await page.goto("/");
        await paSidan(page, "Välkommen till SUS");
        await expect(page.locator(`a[href*="${deltagandeId}"]`)).toHaveCount(0);
    },
);

test(
    "utan omladdning ger samma tryck samma utregistrering",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/ut/${d.id}`);
        await page.getByLabel("Avslutningsdag").fill(iDag(-1));
        await page
            .getByLabel("Avslutsanledning")
            .selectOption({ label: "Flytt" });
        const tappat = await tappaSvaret(page, /\/utregistreringar$/);
        await spara(page);
        await tappat();
        await spara(page);
        await paSidan(page, "Utregistreringen är sparad");
        const { data } = await api.anropa<Schema<"VersionLista">>(
            "GET",
            `/v1/deltaganden/${d.id}/versioner`,
        );
        expect(data).toHaveLength(2);
    },
);

test.describe("insatsen", () => {
    test.use({ roll: "samverkansadministrator" });

    test("ger en rad", enVidd, async ({ inloggad: page, api }) => {
        const namn = `Prov ${eget()}`;
        await page.goto("/insatser");
        await page.getByTestId("ny-insats").click();
        await page.getByLabel("Insatsnamn").fill(namn);
        await page.getByLabel("Startdatum").fill(iDag(-5));
        await markera(grupp(page, /^Inriktning/), "Individinriktad");
        await page
            .getByLabel("Preciserad inriktning")
            .selectOption("Förebyggande insats");
        const tappat = await tappaSvaret(page, /\/insatser$/);
        await spara(page);
        await tappat();
        await page.reload();
        await expect(
            page.getByLabel("Insatsnamn", { exact: true }),
        ).toHaveValue(namn);
        await spara(page);
        await expect(
            page.getByRole("heading", { level: 1, name: namn }),
        ).toBeVisible();
        const { data } = await api.anropa<{ data: unknown[] }>(
            "GET",
            `/v1/insatser?namn=${encodeURIComponent(namn)}`,
        );
        expect(data).toHaveLength(1);
    });
});
