import type { Page } from "@playwright/test";
import { type Konto, testnummer } from "./konton";
import { ensam, granska, lugn } from "./prov";
import {
    enVidd,
    expect,
    fore,
    grupp,
    iDag,
    lagrat,
    markera,
    paSidan,
    spara,
    test,
} from "./stod";

const ar = "Hur länge har deltagaren varit i behov";

async function fyllNagot(page: Page): Promise<void> {
    await page.getByLabel("Startdag").fill(iDag(-4));
    await page.getByLabel(ar).fill("6");
    await markera(grupp(page, fore.forsorjning), "A-kassa");
    await markera(grupp(page, fore.arbetssokande), "Ja");
}

async function starKvar(page: Page): Promise<void> {
    await expect(page.getByLabel("Startdag")).toHaveValue(iDag(-4));
    await expect(page.getByLabel(ar)).toHaveValue("6");
    await expect(
        grupp(page, fore.forsorjning).getByLabel("A-kassa"),
    ).toBeChecked();
    await expect(
        grupp(page, fore.arbetssokande).getByLabel("Ja"),
    ).toBeChecked();
}

test("Bakåt, framåt, omladdning och en andra flik behåller det ifyllda", async ({
    inloggad: page,
    context,
    api,
    nummer,
}) => {
    const nr = nummer();
    const insats = await api.minInsats();
    const samtycke = await api.samtycke(insats.id, nr);
    const namn = await api.namn(samtycke.id);
    await page.goto(`/insatser/${insats.id}`);
    await paSidan(page, insats.namn);
    await page.goto(`/insatser/${insats.id}/registrera/in/${samtycke.id}`);
    await fyllNagot(page);

    await page.goBack();
    await paSidan(page, insats.namn);
    await page.goForward();
    await starKvar(page);
    await expect(page.getByTestId("utkast")).toBeVisible();

    await page.reload();
    await starKvar(page);

    const flik = await context.newPage();
    await flik.goto(page.url());
    await starKvar(flik);
    // What is typed in one tab comes to the other.
    await flik.getByLabel(ar).fill("8");
    await flik.getByLabel(ar).blur();
    await expect(page.getByLabel(ar)).toHaveValue("8");

    // Never number or name, in any of the forms a number is written in.
    const allt = await lagrat(page);
    expect(allt).toContain(samtycke.id);
    for (const hemligt of [nr, nr.slice(2), namn]) {
        expect(allt).not.toContain(hemligt);
    }
    // Four digits may stand in an id or a time by chance, but not as a word of their own.
    expect(allt).not.toMatch(
        new RegExp(`(?<![0-9a-f])${nr.slice(8)}(?![0-9a-f])`),
    );

    // The Startsida leads back to it.
    await flik.goto("/");
    await flik.getByTestId("paborjat").getByRole("link").first().click();
    await expect(flik.getByLabel(ar)).toHaveValue("8");
    await flik.close();
});

test("det sparade utkastet är borta, även för fliken bredvid", async ({
    inloggad: page,
    context,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const samtycke = await api.samtycke(insats.id, nummer());
    await page.goto(`/insatser/${insats.id}/registrera/in/${samtycke.id}`);
    await fyllNagot(page);
    await page
        .getByLabel("Högsta avslutade utbildningsnivå")
        .selectOption("Gymnasium");
    await markera(grupp(page, fore.arbetar), "Nej");
    await markera(grupp(page, fore.studerar), "Nej");
    await expect.poll(() => lagrat(page)).toContain(samtycke.id);
    const flik = await context.newPage();
    await flik.goto(page.url());
    await starKvar(flik);
    await spara(page);
    await paSidan(page, "Inregistreringen är sparad");
    await expect.poll(() => lagrat(page)).not.toContain(samtycke.id);
    await expect(flik.getByTestId("utkast-borttaget")).toBeVisible();
});

/** Somebody of this test's own, with a log-in that may end. */
const egna: Record<string, Konto[]> = {
    dator: [konto(20, true), konto(21, true)],
    mobil: [konto(27, true), konto(28, true)],
};

function konto(dag: number, kvinna: boolean): Konto {
    const nr = testnummer(new Date(Date.UTC(1977, 0, dag)), kvinna);
    const n = (dag - 17) * 2 + (kvinna ? 1 : 0);
    return { personnummer: nr, mobil: `+${String(46701740605 + n)}` };
}

test("en utgången inloggning behåller det ifyllda", async ({
    page,
    context,
    nummer,
}, info) => {
    const jag = egna[info.project.name]?.[0];
    if (!jag) {
        throw new Error("inget konto");
    }
    await ensam(page, jag, info);
    await page.goto("/");
    await page
        .getByRole("link", { name: /^Registrera deltagare i / })
        .first()
        .click();
    await page.getByLabel(/^Personnummer/).fill(nummer());
    await page.getByTestId("sok").click();
    await page.getByLabel("Datum för samtycket").fill(iDag(-5));
    await page.getByTestId("registrera-samtycke").click();
    await fyllNagot(page);
    await expect.poll(() => lagrat(page)).toContain('\\"A_KASSA\\"');
    const vag = new URL(page.url()).pathname;

    // The cookie opens nothing any more; the next call says so.
    await context.clearCookies();
    await page
        .getByLabel("Högsta avslutade utbildningsnivå")
        .selectOption("Gymnasium");
    await markera(grupp(page, fore.arbetar), "Nej");
    await markera(grupp(page, fore.studerar), "Nej");
    await spara(page);
    await paSidan(page, "Logga in i SUS");
    await expect(page.getByTestId("utgangen")).toBeVisible();
    await ensam(page, jag, info);
    await page.goto(page.url());
    await expect(page).toHaveURL(new RegExp(`${vag}$`));
    await starKvar(page);
});

test("utloggning tar bort utkasten", async ({ page, nummer }, info) => {
    const jag = egna[info.project.name]?.[1];
    if (!jag) {
        throw new Error("inget konto");
    }
    await ensam(page, jag, info);
    await page.goto("/");
    await page
        .getByRole("link", { name: /^Registrera deltagare i / })
        .first()
        .click();
    await page.getByLabel(/^Personnummer/).fill(nummer());
    await page.getByTestId("sok").click();
    await page.getByLabel("Datum för samtycket").fill(iDag(-5));
    await page.getByTestId("registrera-samtycke").click();
    await fyllNagot(page);
    await expect.poll(() => lagrat(page)).toContain("sus-utkast");
    await page.getByTestId("logga-ut").click();
    const fraga = page.getByRole("dialog", {
        name: "Du har 1 påbörjat formulär",
    });
    await expect(fraga).toBeVisible();
    await granska(page, "Utloggning: frågan om det påbörjade");
    await page.getByTestId("stanna").click();
    await expect(fraga).toHaveCount(0);
    await expect(page.getByTestId("logga-ut")).toBeFocused();
    expect(await lagrat(page)).toContain("sus-utkast");
    await page.getByTestId("logga-ut").click();
    await page.getByTestId("logga-ut-anda").click();
    await paSidan(page, "Logga in i SUS");
    await expect.poll(() => lagrat(page)).not.toContain("sus-utkast");
});

test(
    "utloggningen tar med sig utkasten också när inloggningen redan hade gått ut",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const samtycke = await api.samtycke(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${samtycke.id}`);
        await fyllNagot(page);
        await expect.poll(() => lagrat(page)).toContain("sus-utkast");
        await lugn(page);
        await page.context().clearCookies();
        await page.getByTestId("logga-ut").click();
        await page.getByTestId("logga-ut-anda").click();
        await paSidan(page, "Logga in i SUS");
        await expect(page.getByTestId("utloggad")).toBeVisible();
        await expect(page).toHaveURL(/\/logga-in$/);
        await expect.poll(() => lagrat(page)).not.toContain("sus-utkast");
    },
);
