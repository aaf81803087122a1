import { fyllIn, granska, tillInregistrering } from "./prov";
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
    await page.getByTestId("spara").click();
    await page.waitForURL(/\/registrera\/klart\//);

    const svar = await api.sok(insats.id, nr);
    expect(svar.oanvantSamtycke).toBeUndefined();
    expect(svar.deltaganden).toHaveLength(1);
    expect((await api.lasSamtycke(samtycke)).status).toBe("ANVANT");
});

test("Medan ett samtycke väntar nekas ett andra, och det första kan användas", async ({
    inloggad: page,
    api,
    nummer,
}) => {
    const insats = await api.minInsats();
    const nr = nummer();
    const forsta = await api.samtycke(insats.id, nr);
    await expect(api.samtycke(insats.id, nr)).rejects.toThrow(
        /409 .*samtycke-vantar/,
    );

    await page.goto(`/insatser/${insats.id}/registrera`);
    await sok(page, nr);
    await page.getByTestId("fortsatt").click();
    await page.waitForURL(`**/registrera/in/${forsta.id}`);
    await page.goBack();
    await page.getByTestId("annat-samtycke").click();
    await expect(page.getByTestId("fortsatt")).toHaveCount(0);
    await expect(
        page.getByRole("heading", { name: "Samtycke", exact: true }),
    ).toBeFocused();
    await page.fill("#falt-datum", iDag(-2));
    await page.getByTestId("registrera-samtycke").click();
    await expect(page.getByTestId("problem")).toContainText(
        "Personen har redan ett samtycke i insatsen som väntar på en inregistrering.",
    );
    expect((await api.sok(insats.id, nr)).oanvantSamtycke?.id).toBe(forsta.id);
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
