import type { Page } from "@playwright/test";
import { fyllIn } from "./prov";
import { enVidd, expect, lagrat, paborjat, paSidan, spara, test } from "./stod";

/** What comes when nobody waits for it any more: the answer to a save on a page that is left. */

const ar = "Hur länge har deltagaren varit";

/** The next answer from here waits to be let through. */
async function hejda(
    page: Page,
    adress: string,
    svara?: { status: number; body: string },
): Promise<() => void> {
    let slapp = (): void => undefined;
    const vanta = new Promise<void>((klar) => {
        slapp = klar;
    });
    await page.route(adress, async (r) => {
        if (r.request().method() === "GET") {
            await r.fallback();
            return;
        }
        const svar = svara ? undefined : await r.fetch();
        await vanta;
        await r.fulfill(
            svar
                ? { response: svar }
                : { ...svara, contentType: "application/problem+json" },
        );
    });
    return slapp;
}

/** An in-registration that is filled in and on its way. */
async function paVag(page: Page, adress: string): Promise<void> {
    await page.goto(adress);
    await fyllIn(page, { ar: "6" });
    const fraga = page.waitForRequest(
        (r) => r.method() === "POST" && r.url().endsWith("/deltaganden"),
    );
    await spara(page);
    await fraga;
}

test(
    "den som gått vidare medan det sparas får stanna, och veta att det är sparat",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        const slapp = await hejda(page, "**/v1/insatser/*/deltaganden");
        await paVag(page, `/insatser/${insats.id}/registrera/in/${s.id}`);
        await expect(page.getByTestId("avbryt")).toBeDisabled();

        await page.getByRole("link", { name: "SUS", exact: true }).click();
        await paSidan(page, "Välkommen till SUS");
        slapp();
        await expect(page.getByTestId("besked")).toContainText(
            "Det du skickade nyss är sparat.",
        );
        await paSidan(page, "Välkommen till SUS");
        await expect.poll(() => lagrat(page)).not.toContain(s.id);
        expect((await api.lasSamtycke(s.id)).status).toBe("ANVANT");
        // It is said once, not on every page after.
        await page.goBack();
        await expect(page.getByTestId("anvant")).toBeVisible();
        await expect(page.getByTestId("besked")).toBeEmpty();
    },
);

test(
    "den som gått vidare får veta att det inte blev sparat, och hittar sina svar",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        const slapp = await hejda(page, "**/v1/insatser/*/deltaganden", {
            status: 503,
            body: "",
        });
        await paVag(page, `/insatser/${insats.id}/registrera/in/${s.id}`);
        await page.getByRole("link", { name: "SUS", exact: true }).click();
        await paSidan(page, "Välkommen till SUS");
        slapp();
        await expect(page.getByTestId("besked")).toContainText(
            "Det är inte säkert att det du skickade nyss blev sparat. SUS är tillfälligt otillgängligt.",
        );
        await paSidan(page, "Välkommen till SUS");
        await page.reload();
        await paborjat(page, "Inregistrering").click();
        await expect(page.getByLabel(ar)).toHaveValue("6");
        expect(await lagrat(page)).toContain(s.id);
    },
);

test(
    "det som inte hunnit lagras när en annan flik loggar ut lagras inte efteråt",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        await page.clock.install();
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await page.fill("#falt-arOffentligForsorjning", "5");
        await page.evaluate(() => {
            // As the other tab's log-out tells it.
            window.dispatchEvent(
                new StorageEvent("storage", {
                    key: "sus-utloggad",
                    newValue: "1",
                }),
            );
        });
        await paSidan(page, "Logga in i SUS");
        // What waited to be stored has had its time.
        await page.clock.fastForward("00:10");
        expect(await lagrat(page)).not.toContain("sus-utkast");
    },
);
