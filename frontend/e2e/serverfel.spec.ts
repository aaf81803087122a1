import type { Page } from "@playwright/test";
import type { Schema, Session } from "../src/shared/api/typer";
import { egna, huvudlosenord, sparrad } from "./konton";
import { ensam, fyllIn } from "./prov";
import {
    Api,
    enVidd,
    expect,
    iDag,
    lagrat,
    paSidan,
    sok,
    spara,
    test,
    aterkallaDet,
} from "./stod";

/** Refusals that only the server, a cookie or another tab can give; the others are mounted beside each form. */

function problemet(page: Page, regel: string): Promise<void> {
    return expect(page.getByTestId("problem")).toHaveAttribute(
        "data-regel",
        regel,
    );
}

const ar = "Hur länge har deltagaren varit";

test(
    "401: inloggningen gick ut på servern, och det ifyllda väntar",
    enVidd,
    async ({ page, baseURL, nummer }, info) => {
        const jag = egna[info.project.name as "dator"].utgangen;
        await ensam(page, jag, info);
        const svar = await page.request.get("/v1/insatser?mina=true");
        const insats = ((await svar.json()) as Schema<"InsatsLista">).data[0];
        await page.goto(`/insatser/${insats?.id ?? ""}/registrera`);
        await sok(page, nummer());
        await page.getByLabel("Datum för samtycket").fill(iDag(-5));
        await page.getByTestId("registrera-samtycke").click();
        await page.getByTestId("inregistrering").waitFor();
        await fyllIn(page, { ar: "11" });
        const adress = page.url();

        // Logged out elsewhere: the cookie is still there, and opens nothing.
        const kaka = (await page.context().cookies()).find(
            (k) => k.name === "__Host-sus",
        );
        const csrf = await page.evaluate(
            async () =>
                ((await (await fetch("/session")).json()) as Session).csrf,
        );
        const ut = await fetch(`${baseURL ?? ""}/session`, {
            method: "DELETE",
            headers: {
                Cookie: `__Host-sus=${kaka?.value ?? ""}`,
                "X-SUS-CSRF": csrf,
            },
        });
        expect(ut.status).toBe(204);

        const nej = page.waitForResponse(/\/deltaganden\?provkor=true$/);
        await spara(page);
        expect((await nej).status()).toBe(401);
        await paSidan(page, "Logga in i SUS");
        await expect(page.getByTestId("utgangen")).toContainText(
            "Det du hade fyllt i finns kvar",
        );
        await ensam(page, jag, info);
        await page.goto(page.url());
        await expect(page).toHaveURL(adress);
        await expect(page.getByLabel(ar)).toHaveValue("11");
        await spara(page);
        await expect(page.getByTestId("kvitto")).toBeVisible();
    },
);

test(
    "404: en annans insats, samtycke och deltagande finns inte",
    enVidd,
    async ({ inloggad: page, baseURL, nummer }) => {
        const annan = Api.som("andraInsatsen", baseURL ?? "");
        const insats = await annan.minInsats();
        const nr = nummer();
        const d = await annan.deltagande(insats.id, nr);
        const namn = await annan.namn(d.samtyckeId);
        const bas = `/insatser/${insats.id}/registrera`;
        for (const vag of [
            `/deltaganden/${d.id}`,
            `${bas}/in/${d.samtyckeId}`,
            `${bas}/ut/${d.id}`,
            `${bas}/ratta-in/${d.id}`,
        ]) {
            await page.goto(vag);
            await problemet(page, "saknas");
            await expect(page.locator("main")).not.toContainText(namn);
        }
        // The insats itself is read by everybody; who is in it is not.
        await page.goto(`/insatser/${insats.id}`);
        await paSidan(page, insats.namn);
        await expect(page.getByTestId("deltaganden")).toHaveCount(0);
        await page.goto(bas);
        await expect(page.getByTestId("utan-uppdrag")).toBeVisible();
        await expect(page.getByLabel(/^Personnummer/)).toHaveCount(0);
        // Asked past the page, the server says the same.
        const svar = await Api.som("deltagaransvarig", baseURL ?? "").svar(
            "POST",
            "/v1/deltagare-sokningar",
            { insatsId: insats.id, personnummer: nr },
        );
        expect(svar.status).toBe(404);
    },
);

test(
    "410: svaret på en registrering som sändes två gånger är raderat med samtycket",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page);
        // The registration is made, its answer lost, and the samtycke withdrawn before the next try.
        await page.route(
            "**/v1/insatser/*/deltaganden",
            async (r) => {
                await r.fetch();
                await r.abort();
            },
            { times: 1 },
        );
        await spara(page);
        await problemet(page, "ingen-kontakt");
        await api.aterkalla(s.id);
        const nej = page.waitForResponse(/\/deltaganden$/);
        await spara(page);
        expect((await nej).status()).toBe(410);
        await problemet(page, "aterkallat");
        await expect(page.getByTestId("problem")).toContainText("Borttaget");
        await expect.poll(() => lagrat(page)).not.toContain(s.id);
    },
);

test(
    "409: samtycket återkallades i fliken bredvid medan utregistreringen stod öppen",
    enVidd,
    async ({ inloggad: page, context, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/ut/${d.id}`);
        await page.getByLabel("Avslutningsdag").fill(iDag(-1));
        await page.getByLabel("Avslutsanledning").selectOption("Flytt");
        await expect.poll(() => lagrat(page)).toContain(d.samtyckeId);
        const flik = await context.newPage();
        await flik.goto(`/deltaganden/${d.id}`);
        await flik.getByTestId("aterkalla").click();
        await aterkallaDet(flik);
        await expect(flik.getByTestId("aterkallat")).toBeVisible();
        await expect(page.getByTestId("utkast-borttaget")).toBeVisible();
        await expect.poll(() => lagrat(page)).not.toContain(d.samtyckeId);
        await spara(page);
        await problemet(page, "aterkallat");
        await expect.poll(() => lagrat(page)).not.toContain(d.samtyckeId);
        await page.reload();
        await expect(page.getByTestId("hinder")).toContainText(
            "Personen visas inte: samtycket är återkallat",
        );
    },
);

test.describe("inloggningen", () => {
    async function forsok(page: Page, personnummer: string): Promise<void> {
        await page.goto("/logga-in");
        await page.getByLabel(/^Personnummer/).fill(personnummer);
        await page.getByLabel("Masterlösenord").fill(huvudlosenord);
        await page.getByTestId("skicka-kod").click();
    }

    test(
        "en spärrad användare får samma svar som en okänd",
        enVidd,
        async ({ page, nummer }) => {
            const svar: string[] = [];
            for (const nr of [sparrad.personnummer, nummer()]) {
                await forsok(page, nr);
                await problemet(page, "inloggning-felaktig");
                svar.push(await page.getByTestId("problem").innerText());
            }
            expect(svar[0]).toBe(svar[1]);
            expect(svar[0]).toContain(
                "Personnumret eller masterlösenordet är fel.",
            );
        },
    );
});
