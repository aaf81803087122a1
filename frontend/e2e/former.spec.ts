import type { Page } from "@playwright/test";
import { ordAfFkMedverkan } from "../src/shared/api/regler.gen";
import type { Schema } from "../src/shared/api/typer";
import { fyllIn } from "./prov";
import {
    type Api,
    enVidd,
    expect,
    felen,
    grupp,
    iDag,
    markera,
    nyttNummer,
    paSidan,
    sok,
    spara,
    test,
    under15,
    utanFel,
    tillKontrollen,
} from "./stod";

/** What differs: the person's age and kommun, and the samverkansform. */

type Insats = Schema<"Insats">;

/** The demo has FINSAM alone; here the browser is told that the insats is of another form. */
async function iFormen(
    page: Page,
    insats: Insats,
    samverkansform: Insats["organisation"]["samverkansform"],
): Promise<void> {
    await page.route(`**/v1/insatser/${insats.id}`, (r) =>
        r.fulfill({
            json: {
                ...insats,
                organisation: { ...insats.organisation, samverkansform },
            },
        }),
    );
}

for (const [form, etikett, blankett] of [
    ["TVAPARTSFINSAM", "Tvåpartsfinsam", "9443"],
    ["HANDLINGSPLANSSAMVERKAN", "Handlingsplanssamverkan", "9443"],
] as const) {
    test(
        `in och ut i ${etikett}, på blankett ${blankett}`,
        enVidd,
        async ({ inloggad: page, api, nummer }) => {
            const insats = await api.minInsats();
            const nr = nummer();
            await iFormen(page, insats, form);
            await page.goto(`/insatser/${insats.id}/registrera`);
            await expect(page.getByTestId("insatshuvud")).toContainText(
                etikett,
            );
            await sok(page, nr);
            await expect(
                page.getByLabel("Blankett").locator("option:checked"),
            ).toHaveText(new RegExp(`^${blankett} `));
            await page.getByLabel("Datum för samtycket").fill(iDag(-6));
            let sant: unknown;
            await page.route("**/samtycken", async (r) => {
                const kropp = r
                    .request()
                    .postDataJSON() as Schema<"NyttSamtycke">;
                sant = kropp.blankett;
                // To the server it is FINSAM still.
                await r.continue({
                    postData: JSON.stringify({ ...kropp, blankett: "9443" }),
                });
            });
            await page.getByTestId("registrera-samtycke").click();
            await page.getByTestId("inregistrering").waitFor();
            expect(sant).toBe(blankett);
            const samtyckeId =
                new URL(page.url()).pathname.split("/").at(-1) ?? "";
            await fyllIn(page);
            await spara(page);
            await paSidan(page, "Inregistreringen är sparad");
            await expect(page.getByTestId("insatshuvud")).toContainText(
                etikett,
            );
            const d = (await api.lasSamtycke(samtyckeId)).deltagandeId ?? "";
            await page.goto(`/insatser/${insats.id}/registrera/ut/${d}`);
            await page.getByLabel("Avslutningsdag").fill(iDag(-1));
            await page.getByLabel("Avslutsanledning").selectOption("Sjukdom");
            await expect(page.getByTestId("utan-matning")).toBeVisible();
            await spara(page);
            await paSidan(page, "Utregistreringen är sparad");
        },
    );
}

test(
    "i Af/FK-samarbetet registreras ingen som deltagare",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        await iFormen(page, insats, "AF_FK_SAMARBETE");
        await page.goto(`/insatser/${insats.id}/registrera`);
        await expect(page.getByTestId("insatshuvud")).toContainText(
            "Af/FK-samarbete",
        );
        await expect(page.getByTestId("medverkan")).toContainText(
            ordAfFkMedverkan,
        );
        await sok(page, nummer());
        await expect(page.getByTestId("inget-mattillfalle")).toBeVisible();
        await expect(page.getByTestId("registrera-samtycke")).toHaveCount(0);
    },
);

let provade = 0;

/** Somebody who lives in the kommun; the simulator of the population register spreads people over fifty. */
async function boendeI(
    api: Api,
    insatsId: string,
    kommun: string,
    arbetare: number,
): Promise<string> {
    for (let n = 0; n < 400; n++) {
        const nr = nyttNummer(arbetare, 1900, 15, provade++);
        if ((await api.sok(insatsId, nr)).kommun === kommun) {
            return nr;
        }
    }
    throw new Error(`ingen bor i ${kommun}`);
}

for (const [kommun, namn, stadsdel, annan] of [
    ["1480", "Göteborg", "Majorna-Linné", "Södermalm"],
    ["0180", "Stockholm", "Rinkeby-Kista", "Angered"],
] as const) {
    test(
        `den som bor i ${namn} får sin stadsdel, så länge den fanns`,
        enVidd,
        async ({ inloggad: page, api }, info) => {
            const insats = await api.minInsats();
            const nr = await boendeI(api, insats.id, kommun, info.workerIndex);
            const s = await api.samtycke(insats.id, nr);
            await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
            const falt = page.getByLabel("Stadsdel");
            await fyllIn(page);
            // Stadsdelarna ended with 2020.
            await page.getByLabel("Startdag").blur();
            await expect(falt).toHaveCount(0);
            await page.getByLabel("Startdag").fill("2015-03-02");
            await page.getByLabel("Startdag").blur();
            await expect(falt).toHaveValue("");
            const val = await falt.locator("option").allTextContents();
            expect(val).toContain(stadsdel);
            expect(val).not.toContain(annan);
            await falt.selectOption(stadsdel);
            await tillKontrollen(page);
            const fraga = page.getByTestId("varningar");
            await expect(fraga).toContainText("mer än fem år tillbaka");
            await expect(fraga).toContainText(
                "i en kommun som inte hör till samverkansorganisationen",
            );
            await page.getByTestId("spara").click();
            await paSidan(page, "Inregistreringen är sparad");
            await page.getByRole("link", { name: "Visa deltagandet" }).click();
            await expect(page.getByTestId("tidslinje")).toContainText(stadsdel);
        },
    );
}

test(
    "den som bor någon annanstans har ingen stadsdel",
    enVidd,
    async ({ inloggad: page, api }, info) => {
        const insats = await api.minInsats();
        const nr = await boendeI(api, insats.id, "0380", info.workerIndex);
        const s = await api.samtycke(insats.id, nr);
        await page.goto(`/insatser/${insats.id}/registrera/in/${s.id}`);
        await page.getByLabel("Startdag").fill("2015-03-02");
        await page.getByLabel("Startdag").blur();
        await expect(page.getByLabel("Högsta avslutade")).toBeVisible();
        await expect(page.getByLabel("Stadsdel")).toHaveCount(0);
    },
);

test(
    "för den som är under 15 antecknas mognadsbedömningen",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        await page.goto(`/insatser/${insats.id}/registrera`);
        await sok(page, nummer(...under15));
        await expect(page.getByTestId("underarig")).toContainText(
            "Den unges mognad och samtyckets omfattning avgör",
        );
        await page.getByLabel("Datum för samtycket").fill(iDag(-5));
        const bedomning = page.getByLabel("Datum för mognadsbedömningen");
        const vardnadshavare = grupp(
            page,
            /^Har även vårdnadshavare samtyckt\?/,
        );
        await expect(vardnadshavare).toHaveCount(0);
        await bedomning.fill(iDag(2));
        await bedomning.blur();
        await page.getByTestId("registrera-samtycke").click();
        await felen(page, [
            [
                "mognadsbedomning-datum",
                "Datum för mognadsbedömningen",
                "Dagen får inte vara efter dagens datum.",
            ],
            [
                "mognadsbedomning-vardnadshavare",
                "Vårdnadshavare",
                "Svara ja eller nej.",
            ],
        ]);
        await bedomning.fill("2026-02-30");
        await page.getByTestId("registrera-samtycke").click();
        await felen(page, [
            [
                "mognadsbedomning-datum",
                "Datum för mognadsbedömningen",
                "Skriv datumet som åååå-mm-dd, till exempel 2026-03-01.",
            ],
            [
                "mognadsbedomning-vardnadshavare",
                "Vårdnadshavare",
                "Svara ja eller nej.",
            ],
        ]);
        await bedomning.fill(iDag(-6));
        await bedomning.blur();
        await markera(vardnadshavare, "Ja");
        await utanFel(
            page,
            "mognadsbedomning-datum",
            "mognadsbedomning-vardnadshavare",
        );
        await page.getByTestId("registrera-samtycke").click();
        await page.getByTestId("inregistrering").waitFor();
        const samtycke = await api.lasSamtycke(
            new URL(page.url()).pathname.split("/").at(-1) ?? "",
        );
        expect(samtycke.mognadsbedomning).toEqual({
            datum: iDag(-6),
            vardnadshavare: true,
        });
    },
);

test(
    "under 15 är en tumregel: utan bedömning hindras ingen",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        await page.goto(`/insatser/${insats.id}/registrera`);
        await sok(page, nummer(...under15));
        await page.getByLabel("Datum för samtycket").fill(iDag(-5));
        await page.getByTestId("registrera-samtycke").click();
        await page.getByTestId("inregistrering").waitFor();
        await fyllIn(page);
        await tillKontrollen(page);
        // It is asked about, and forbids nothing.
        await expect(page.getByTestId("varningar")).toContainText(
            "Deltagaren är under 15 år på startdagen",
        );
        await page.getByTestId("spara").click();
        await paSidan(page, "Inregistreringen är sparad");
    },
);

test(
    "den som är mellan 15 och 18 får råd men ingen bedömning, och den vuxna inget",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        const insats = await api.minInsats();
        await page.goto(`/insatser/${insats.id}/registrera`);
        const ar = Number(iDag().slice(0, 4));
        await sok(page, nummer(ar - 17, 1));
        await expect(page.getByTestId("underarig")).toBeVisible();
        await expect(page.getByLabel(/^Datum för mognads/)).toHaveCount(0);
        await sok(page, nummer());
        await expect(page.getByTestId("underarig")).toHaveCount(0);
    },
);
