import type { Page } from "@playwright/test";
import type { Schema, Session } from "../src/shared/api/typer";
import { egna, huvudlosenord, sparrad, utgangenBehorighet } from "./konton";
import { ensam, fyllIn } from "./prov";
import {
    Api,
    eget,
    enVidd,
    expect,
    felen,
    grupp,
    iDag,
    insvar,
    lagrat,
    markera,
    paSidan,
    sok,
    spara,
    sparaAnda,
    test,
} from "./stod";

/** Each refusal as the server itself gives it. The routed ones, of every status, are in fel.spec.ts. */

function problemet(page: Page, regel: string): Promise<void> {
    return expect(page.getByTestId("problem")).toHaveAttribute(
        "data-regel",
        regel,
    );
}

const skal = "Varför rättas uppgiften?";
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
        await sparaAnda(page);
        await expect(page.getByTestId("kvitto")).toBeVisible();
    },
);

test(
    "403: en behörighet som togs bort medan formuläret stod öppet",
    enVidd,
    async ({ inloggad: page, api, nummer, baseURL }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page);
        // What another role's cookie gives: the page thinks that it is still the same person's.
        const annan = Api.som("susrapport", baseURL ?? "");
        await page.route("**/v1/insatser/*/deltaganden", async (r) => {
            const svar = await annan.svar(
                "POST",
                new URL(r.request().url()).pathname,
                { samtyckeId: s.id, ...insvar },
            );
            await r.fulfill({
                status: svar.status,
                contentType: "application/problem+json",
                body: await svar.text(),
            });
        });
        await spara(page);
        await problemet(page, "behorighet-saknas");
        await expect(page.getByTestId("problem")).toContainText(
            "Be den som beställer behörigheter",
        );
        await page.unroute("**/v1/insatser/*/deltaganden");
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
        await page.getByLabel(/^Personnummer/).fill(nr);
        await page.getByTestId("sok").click();
        await problemet(page, "saknas");
        await expect(page.getByTestId("traff")).toHaveCount(0);
    },
);

test(
    "409: ett andra samtycke medan ett deltagande pågår",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const nr = nummer();
        const oppet = await api.deltagande(insats.id, nr);
        const s = await api.samtycke(insats.id, nr);
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page, { startdag: iDag(-1) });
        await spara(page);
        await problemet(page, "redan-oppen");
        await expect(page.getByTestId("problem")).toContainText(
            "Välj Utregistrering för att avsluta det pågående deltagandet",
        );
        // Ended elsewhere, the same answers go through.
        await api.skrivUt(oppet.id);
        await spara(page);
        await expect(page.getByTestId("kvitto")).toBeVisible();
    },
);

test(
    "409: samtycket användes under tiden",
    enVidd,
    async ({ inloggad: page, context, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        const adress = `/insatser/${insats.id}/registrera/in/${s.id}`;
        await page.goto(adress);
        await fyllIn(page);
        const flik = await context.newPage();
        await flik.goto(adress);
        await expect(flik.getByTestId("utkast")).toBeVisible();
        await spara(flik);
        await expect(flik.getByTestId("kvitto")).toBeVisible();

        await page.fill("#falt-arOffentligForsorjning", "7");
        await spara(page);
        const redan = page.getByTestId("anvant");
        await expect(redan).toContainText("är redan gjord");
        await expect(redan).toContainText("sparades därför inte");
        await expect(redan.locator("xpath=..")).toBeFocused();
        await expect(page.getByTestId("inregistrering")).toBeHidden();
        expect(await lagrat(page)).not.toContain(s.id);
        await page.reload();
        await expect(redan).toContainText("är redan gjord");
        await expect(redan).not.toContainText("sparades");
        await page.getByRole("link", { name: "Visa deltagandet" }).click();
        await expect(page.getByTestId("tidslinje")).toBeVisible();
    },
);

test(
    "409: samtycket återkallades medan inregistreringen stod öppen",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const s = await api.samtycke(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await fyllIn(page);
        await expect.poll(() => lagrat(page)).toContain(s.id);
        await api.aterkalla(s.id);
        const nej = page.waitForResponse(/\/deltaganden$/);
        await spara(page);
        expect((await nej).status()).toBe(409);
        await problemet(page, "aterkallat");
        await expect(page.getByTestId("problem")).toContainText(
            "Räkna personen som anonym",
        );
        // With the samtycke goes what was typed for it.
        expect(await lagrat(page)).not.toContain(s.id);
        await page.reload();
        await expect(page.getByTestId("aterkallat")).toBeVisible();
        await expect(page.getByTestId("inregistrering")).toHaveCount(0);
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
        expect(await lagrat(page)).not.toContain(s.id);
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
        await flik.getByTestId("aterkalla-ja").click();
        await expect(flik.getByTestId("aterkallat")).toBeVisible();
        await expect(page.getByTestId("utkast-borttaget")).toBeVisible();
        expect(await lagrat(page)).not.toContain(d.samtyckeId);
        await spara(page);
        await problemet(page, "aterkallat");
        expect(await lagrat(page)).not.toContain(d.samtyckeId);
        await page.reload();
        await expect(page.getByTestId("hinder")).toContainText(
            "Personen visas inte: samtycket är återkallat",
        );
    },
);

test(
    "412: två flikar rättar samma inregistrering, och den senare får ett andra försök",
    enVidd,
    async ({ inloggad: page, context, api, nummer }) => {
        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        const adress = `/insatser/${insats.id}/registrera/ratta-in/${d.id}`;
        const flik = await context.newPage();
        await flik.goto(adress);
        await flik.getByTestId("inregistrering").waitFor();
        await page.goto(adress);
        await page.getByTestId("inregistrering").waitFor();
        await page.getByLabel(ar).fill("8");
        await page.getByLabel(skal).fill("Fel antal år");
        await spara(page);
        await paSidan(page, "Rättelsen är sparad");

        await flik.getByLabel("Startdag").fill(iDag(-12));
        await flik.getByLabel(skal).fill("Fel startdag");
        await spara(flik);
        await problemet(flik, "foraldrad");
        await expect(flik.getByTestId("problem")).toContainText(
            "Dina svar står kvar",
        );
        await expect(flik.getByLabel("Startdag")).toHaveValue(iDag(-12));
        await spara(flik);
        await paSidan(flik, "Rättelsen är sparad");
        const nu = await api.lasDeltagande(d.id);
        expect(nu.startdag).toBe(iDag(-12));
        expect(nu.version).toBe(d.version + 2);
    },
);

test.describe("två som ändrar samma insats", () => {
    test.use({ roll: "samverkansadministrator" });

    test(
        "412: den senare ser det, och det andra försöket går igenom",
        enVidd,
        async ({ inloggad: page, api }) => {
            const insats = await api.nyInsats(`Två ändrar ${eget()}`);
            await page.goto(`/insatser/${insats.id}/andra`);
            await page.getByLabel("Beskrivning").fill("Min text.");
            await api.anropa(
                "PUT",
                `/v1/insatser/${insats.id}`,
                {
                    organisationId: insats.organisationId,
                    namn: insats.namn,
                    startdatum: insats.startdatum,
                    inriktning: insats.inriktning,
                    preciseradInriktning: "FORBEREDANDE",
                    deltagarregistrering: insats.deltagarregistrering,
                    malgrupper: [],
                },
                insats.version,
            );
            await spara(page);
            await problemet(page, "foraldrad");
            await expect(page.getByLabel("Beskrivning")).toHaveValue(
                "Min text.",
            );
            await spara(page);
            await paSidan(page, insats.namn);
            await expect(page.locator("main")).toContainText("Min text.");
        },
    );
});

test(
    "422: bara servern vet att skälet rymmer ett personnummer",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        const nr = nummer();
        const d = await api.deltagande(insats.id, nummer());
        await page.goto(`/insatser/${insats.id}/registrera/ratta-in/${d.id}`);
        await page.getByLabel(ar).fill("9");
        await page.getByLabel(skal).fill(`Förväxlad med ${nr}`);
        await spara(page);
        await felen(page, [
            [
                "skal",
                skal,
                "Texten ser ut att innehålla ett personnummer. Ta bort det.",
            ],
        ]);
        // A free text with a number in it is not kept in the browser either.
        // Once the answer given after it is stored, the text would be too.
        await page.getByLabel(ar).fill("10");
        await page.getByLabel(ar).blur();
        await expect
            .poll(() => lagrat(page))
            .toContain('arOffentligForsorjning\\":\\"10\\"');
        expect(await lagrat(page)).not.toContain(nr);
        await page.getByLabel(skal).fill("Förväxlad med en annan");
        await spara(page);
        await paSidan(page, "Rättelsen är sparad");

        await page.goto(`/insatser/${insats.id}/registrera`);
        await sok(page, nr);
        await page.getByLabel("Datum för samtycket").fill(iDag(-5));
        await page.getByTestId("registrera-samtycke").click();
        await page.getByTestId("inregistrering").waitFor();
        await markera(grupp(page, /^Vilken\/vilka/), "SA");
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
        "en behörighet som gått ut säger det, och vem man ska fråga",
        enVidd,
        async ({ page }) => {
            await forsok(page, utgangenBehorighet.personnummer);
            await problemet(page, "ingen-giltig-behorighet");
            await expect(page.getByTestId("problem")).toContainText(
                "Du har ingen behörighet som gäller i dag. Kontakta den som beställer behörigheter hos dig.",
            );
            await expect(page.getByLabel("Engångskod")).toHaveCount(0);
        },
    );

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

    test(
        "429: för många försök säger när nästa får göras",
        enVidd,
        async ({ page }) => {
            await page.route("**/session/inloggningar", (r) =>
                r.fulfill({
                    status: 429,
                    contentType: "application/problem+json",
                    headers: { "Retry-After": "840" },
                    json: {
                        type: "https://sus.forsakringskassan.se/fel/for-manga-forsok",
                        title: "För många försök",
                        status: 429,
                        detail: "För många försök att logga in. Vänta en stund.",
                        instance: "/session/inloggningar",
                        regel: "for-manga-forsok",
                        fel: [],
                    },
                }),
            );
            await forsok(page, sparrad.personnummer);
            await problemet(page, "for-manga-forsok");
            await expect(page.getByTestId("problem")).toContainText(
                "Försök igen om 14 minuter.",
            );
            await expect(page.getByLabel("Masterlösenord")).toHaveValue(
                huvudlosenord,
            );
        },
    );
});
