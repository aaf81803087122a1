import { som } from "./prov";
import { Api, expect, paSidan, test } from "./stod";

/** The pages that are not theirs, also by address; the menu is in skal.spec.ts. */
const stangda = {
    deltagaransvarig: ["/administration", "/insatser/ny"],
    insatsansvarig: ["/administration", "/deltagande", "/insatser/ny"],
    samverkansadministrator: ["/administration", "/deltagande"],
    susrapport: ["/administration", "/deltagande", "/insatser/ny"],
    systemforvaltare: ["/deltagande", "/insatser/ny"],
};
const duAr = {
    deltagaransvarig: "Du är deltagaransvarig.",
    insatsansvarig: "Du är insatsansvarig.",
    samverkansadministrator: "Du är samverkansadministratör.",
    susrapport: "Din behörighet är SUS-rapport.",
    systemforvaltare: "Du är systemförvaltare.",
};
const sidanArFor: Record<string, string> = {
    "/administration": "Sidan är för systemförvaltare.",
    "/deltagande": "Sidan är för deltagaransvariga.",
    "/insatser/ny": "Sidan är för samverkansadministratörer.",
};

for (const [roll, vagar] of Object.entries(stangda) as [
    keyof typeof stangda,
    string[],
][]) {
    test(`${roll} kommer inte åt andras sidor`, async ({ page }, info) => {
        await som(page, roll, info);
        for (const vag of vagar) {
            await page.goto(vag);
            await expect(page.getByTestId("nekad"), vag).toContainText(
                `${sidanArFor[vag] ?? ""} ${duAr[roll]}`,
            );
        }
    });
}

test("insatsansvarig ser insatsen men ingen deltagare", async ({
    page,
    baseURL,
}, info) => {
    await som(page, "insatsansvarig", info);
    const insats = await Api.som("insatsansvarig", baseURL ?? "").minInsats();
    await page.goto(`/insatser/${insats.id}`);
    await paSidan(page, insats.namn);
    await expect(page.getByTestId("inga-personuppgifter")).toBeVisible();
    await expect(page.getByTestId("deltaganden")).toHaveCount(0);
    await expect(page.getByTestId("registrera")).toHaveCount(0);
    await expect(page.getByTestId("andra")).toBeVisible();
    await page.goto(`/insatser/${insats.id}/registrera`);
    await expect(page.getByTestId("nekad")).toBeVisible();
});
