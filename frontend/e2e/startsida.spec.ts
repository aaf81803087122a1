import type { components } from "../src/shared/api/schema";
import { expect, iDag, paSidan, test } from "./stod";

type Lista = components["schemas"]["DeltagandeLista"];

test("Startsidan räknar deltaganden utan att någon person läses", async ({
    inloggad: page,
    api,
}) => {
    const insats = await api.minInsats();
    const svaren: Promise<Lista>[] = [];
    page.on("response", (r) => {
        if (r.url().includes("/deltaganden?")) {
            svaren.push(r.json() as Promise<Lista>);
        }
    });
    await page.goto("/");
    const kort = page
        .getByTestId("min-insats")
        .filter({ hasText: insats.namn });
    await expect(kort.getByText("Pågående")).toBeVisible();

    const listor = await Promise.all(svaren);
    expect(listor.length).toBeGreaterThan(0);
    expect(listor.flatMap((l) => l.data)).toEqual([]);
    const pagar = await api.anropa<Lista>(
        "GET",
        `/v1/insatser/${insats.id}/deltaganden?status=PAGAENDE&limit=1`,
    );
    expect(pagar._meta.totalRecords).toBeGreaterThan(0);
    // Other tests register beside this one: what the card says was true while it was read.
    const pagaende = kort.locator("dd").first();
    await expect(pagaende).toHaveText(/\d/);
    const tal = Number((await pagaende.innerText()).replace(/\s/g, ""));
    expect(Math.abs(tal - (pagar._meta.totalRecords ?? 0))).toBeLessThanOrEqual(
        10,
    );
});

test("den som varit med i över två år utan utregistrering står att göra, och leder dit", async ({
    inloggad: page,
}) => {
    await page.goto("/");
    await expect(
        page.getByRole("heading", { name: /^Att göra till den 15 / }),
    ).toBeVisible();
    const rad = page
        .getByTestId("uppgifter")
        .getByRole("listitem")
        .filter({ hasText: "mer än två år utan utregistrering" });
    await expect(rad).toContainText("Se över");
    await rad.getByRole("link", { name: /^Gå igenom/ }).click();

    await expect(page).toHaveURL(/status=PAGAENDE&startdagTill=/);
    await paSidan(page, "Arbetslivsresurs");
    const tvaAr = `${Number(iDag().slice(0, 4)) - 2}${iDag().slice(4)}`;
    const startdagar = page
        .getByTestId("deltaganden")
        .locator("tbody tr td:nth-child(3)");
    await expect(startdagar.first()).toBeVisible();
    for (const dag of await startdagar.allInnerTexts()) {
        expect(dag <= tvaAr).toBe(true);
    }
    await expect(
        page.getByTestId("deltaganden").locator("tbody"),
    ).not.toContainText("Avslutat");
});

test("en sida som listan inte har leder tillbaka till den första", async ({
    inloggad: page,
    api,
}) => {
    const insats = await api.minInsats();
    for (const vag of [
        "/insatser?sida=999",
        `/insatser/${insats.id}?sida=999`,
    ]) {
        await page.goto(vag);
        await expect(page.getByTestId("antal")).not.toHaveText(/^0 /);
        await expect(page.getByTestId("inga")).toHaveCount(0);
        await page.getByRole("link", { name: "Till första sidan" }).click();
        await expect(
            page.getByRole("table").locator("tbody tr"),
        ).not.toHaveCount(0);
    }
});
