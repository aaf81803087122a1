import type { Page } from "@playwright/test";
import type { components } from "../src/shared/api/schema";
import { fyllIn } from "./prov";
import {
    type Api,
    enVidd,
    expect,
    iDag,
    paSidan,
    spara,
    test,
    tillKontrollen,
} from "./stod";

/** The net goes, and comes back: nothing is lost, and nothing is registered twice. */

/** How many deltaganden in the insats began on the day and stand on the samtycke. */
async function paSamtycket(
    api: Api,
    insatsId: string,
    samtyckeId: string,
): Promise<number> {
    const svar = await api.anropa<components["schemas"]["DeltagandeLista"]>(
        "GET",
        `/v1/insatser/${insatsId}/deltaganden?limit=100&sort=-startdag&startdagFran=${iDag(-3)}`,
    );
    return svar.data.filter((d) => d.samtyckeId === samtyckeId).length;
}

/** What is asked for there waits until it is let through. */
async function hejda(page: Page, adress: string): Promise<() => void> {
    let slapp = (): void => undefined;
    const vanta = new Promise<void>((klar) => {
        slapp = klar;
    });
    await page.route(adress, async (r) => {
        await vanta;
        await r.continue();
    });
    return slapp;
}

/** The keys of the registrations that are sent from here on. */
function nycklar(page: Page): string[] {
    const alla: string[] = [];
    page.on("request", (r) => {
        if (r.method() === "POST" && r.url().endsWith("/deltaganden")) {
            alla.push(r.headers()["idempotency-key"] ?? "");
        }
    });
    return alla;
}

test(
    "utan nät sägs det, och efteråt sparas det en gång",
    enVidd,
    async ({ inloggad: page, context, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page, { ar: "5" });
        await context.setOffline(true);
        await expect(
            page.getByText(
                "Ingen kontakt med nätet. Det du fyller i finns kvar",
            ),
        ).toBeVisible();
        await spara(page);
        const problem = page.getByTestId("problem");
        await expect(problem).toHaveAttribute("data-regel", "ingen-kontakt");
        await expect(problem).toContainText("Det du har fyllt i finns kvar.");
        await expect(page.locator("#falt-arOffentligForsorjning")).toHaveValue(
            "5",
        );
        await page.getByTestId("andra-falt-arOffentligForsorjning").click();
        await page.fill("#falt-arOffentligForsorjning", "6");
        expect(await paSamtycket(api, insats.id, s.id)).toBe(0);

        await context.setOffline(false);
        await expect(page.getByText("Ingen kontakt med nätet.")).toHaveCount(0);
        await spara(page);
        await paSidan(page, "Inregistreringen är sparad");
        expect(await paSamtycket(api, insats.id, s.id)).toBe(1);
        const nu = await api.lasSamtycke(s.id);
        const d = await api.lasDeltagande(nu.deltagandeId ?? "");
        expect(d.inregistrering.arOffentligForsorjning).toBe(6);
    },
);

test(
    "svaret kom bort på vägen: andra försöket ger samma deltagande",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page);
        const sanda = nycklar(page);
        await page.route(
            "**/v1/insatser/*/deltaganden",
            async (r) => {
                await r.fetch();
                await r.abort();
            },
            { times: 1 },
        );
        await spara(page);
        await expect(page.getByTestId("problem")).toHaveAttribute(
            "data-regel",
            "ingen-kontakt",
        );
        // It was registered all the same; the caseworker cannot know, and tries again.
        expect(await paSamtycket(api, insats.id, s.id)).toBe(1);
        await spara(page);
        await paSidan(page, "Inregistreringen är sparad");
        expect(await paSamtycket(api, insats.id, s.id)).toBe(1);
        expect(sanda).toHaveLength(2);
        expect(sanda[0]).toMatch(/^[0-9a-f-]{36}$/);
        expect(sanda[1]).toBe(sanda[0]);
    },
);

test(
    "ett långsamt svar visar att det sparas, och dubbelklick och Enter sparar en gång",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page);
        const sanda = nycklar(page);
        const slapp = await hejda(page, "**/v1/insatser/*/deltaganden");
        await tillKontrollen(page);
        await page.getByTestId("spara").dblclick();
        await page.getByTestId("spara").press("Enter");
        await expect(
            page.getByRole("status").filter({ hasText: "Sparar" }),
        ).toBeVisible();
        slapp();
        await paSidan(page, "Inregistreringen är sparad");
        expect(sanda).toHaveLength(1);
        expect(await paSamtycket(api, insats.id, s.id)).toBe(1);
    },
);

test(
    "en återkallelse som dröjer görs en gång",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        let antal = 0;
        page.on("request", (r) => {
            antal += Number(r.url().endsWith("/aterkallelser"));
        });
        const slapp = await hejda(page, "**/aterkallelser");
        await page.goto(`/deltaganden/${d.id}`);
        await page.getByTestId("aterkalla").click();
        await page.getByText("Jag har fått återkallelsen").click();
        await page.getByTestId("aterkalla-ja").dblclick();
        await expect(page.getByTestId("aterkalla-ja")).toBeDisabled();
        slapp();
        await expect(page.getByTestId("aterkallat")).toBeVisible();
        expect(antal).toBe(1);
    },
);
