import { fyllIn, granska, spara, tillInregistrering } from "./prov";
import { expect, iDag, paSidan, sok, test } from "./stod";

test("Ett samtycke som registrerats väntar på inregistreringen, och inget nytt behövs", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const nr = nummer();
    await tillInregistrering(page, insats.id, nr);
    const samtycke = new URL(page.url()).pathname.split("/").at(-1) ?? "";

    // Called away before anything is typed; the page is loaded anew.
    await page.goto("/");
    await paSidan(page, "Välkommen till SUS");
    await page.goto(`/insatser/${insats.id}/registrera`);
    await sok(page, nr);
    await expect(page.getByTestId("samtycke-vantar")).toContainText(
        `Samtycke från ${iDag(-5)} är registrerat`,
    );
    await expect(page.getByTestId("samtycke")).toHaveCount(0);
    await granska(page, "Registrera deltagare: samtycket väntar");
    await page.getByTestId("fortsatt").click();
    await page.waitForURL(`**/registrera/in/${samtycke}`);
    await fyllIn(page);
    await spara(page);
    await page.waitForURL(/\/registrera\/klart\//);

    const svar = await api.sok(insats.id, nr);
    expect(svar.oanvantSamtycke).toBeUndefined();
    expect(svar.deltaganden).toHaveLength(1);
    expect((await api.lasSamtycke(samtycke)).status).toBe("ANVANT");
});

test("Ett samtycke som väntar rättas från sökningen, och inget till kan registreras", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const nr = nummer();
    const { id } = await api.samtycke(insats.id, nr);
    const andra = await api.svar(
        "POST",
        `/v1/insatser/${insats.id}/samtycken`,
        {
            personnummer: nr,
            blankett: "9443",
            datum: iDag(-20),
            sprak: "sv",
            satt: "SKRIFTLIGT",
        },
    );
    expect(andra.status).toBe(409);
    expect(andra.headers.get("Location")).toBe(`/v1/samtycken/${id}`);

    await page.goto(`/insatser/${insats.id}/registrera`);
    await sok(page, nr);
    await page.getByTestId("visa-samtycke").click();
    await page.getByTestId("ratta").click();
    await page.fill("#falt-datum", iDag(-2));
    await page.fill("#falt-skal", "Fel dag");
    await spara(page);
    await expect(page.getByTestId("rattat")).toBeVisible();

    // Found again: as it is now.
    await page.goto(`/insatser/${insats.id}/registrera`);
    await sok(page, nr);
    await expect(page.getByTestId("samtycke-vantar")).toContainText(iDag(-2));
    expect((await api.sok(insats.id, nr)).oanvantSamtycke).toEqual({
        id,
        datum: iDag(-2),
    });
});

test("Ett återkallat samtycke väntar inte på någon", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const nr = nummer();
    const { id } = await api.samtycke(insats.id, nr);
    await api.aterkalla(id);
    await page.goto(`/insatser/${insats.id}/registrera`);
    await sok(page, nr);
    await expect(page.getByTestId("samtycke")).toBeVisible();
    await expect(page.getByTestId("samtycke-vantar")).toHaveCount(0);
});
