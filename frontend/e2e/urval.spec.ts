import { datumform } from "../src/shared/datum.logic";
import { avbilda, granska } from "./prov";
import { enVidd, expect, iDag, paSidan, test } from "./stod";

test(
    "det som en adress till insatserna inte kan mena är som om det inte stod där",
    enVidd,
    async ({ inloggad: page }) => {
        await page.goto("/insatser");
        const antal = page.getByTestId("antal");
        await expect(antal).toHaveText(/insats/);
        const mina = await antal.innerText();
        await page.goto("/insatser?lage=foo&vilka=foo");
        await expect(page.getByLabel("Läge")).toHaveValue("pagaende");
        await expect(page.getByLabel("Vilka")).toHaveValue("mina");
        await expect(antal).toHaveText(mina);
    },
);

test("dagar som listan inte kan begränsas till sägs det om vid fältet", async ({
    inloggad: page,
    api,
}) => {
    const insats = await api.minInsats();
    const fran = page.getByLabel("Startdag från");
    const till = page.getByLabel("Startdag till");
    const fel = (id: string) =>
        page.locator(`label[for="${id}"] .label__message--error`);
    await page.goto(`/insatser/${insats.id}`);
    await fran.fill("260201");
    await till.focus();
    await expect(fel("startdagFran")).toHaveText(datumform);
    await expect(fran).toHaveValue("260201");
    await expect(page).not.toHaveURL(/startdag/);
    await avbilda(page, "Deltaganden fel dag");

    await fran.fill(iDag(-5));
    await till.fill(iDag(-10));
    await till.blur();
    await expect(fel("startdagFran")).toHaveCount(0);
    await expect(fel("startdagTill")).toHaveText(
        "Dagen får inte vara före Startdag från.",
    );
    await expect(page).not.toHaveURL(/startdagTill/);

    await till.fill(iDag(-1));
    await till.blur();
    await expect(fel("startdagTill")).toHaveCount(0);
    await expect(page).toHaveURL(
        new RegExp(`startdagFran=${iDag(-5)}&startdagTill=${iDag(-1)}`),
    );

    // An address says them as they are.
    await page.goto(
        `/insatser/${insats.id}?startdagFran=${iDag(-1)}&startdagTill=${iDag(-5)}`,
    );
    await expect(fel("startdagTill")).toHaveText(
        "Dagen får inte vara före Startdag från.",
    );
    await page.goBack();
    await expect(till).toHaveValue(iDag(-1));
    await expect(fel("startdagTill")).toHaveCount(0);
});

test.describe("tabellerna under Administration", () => {
    test.use({ roll: "systemforvaltare" });
    test("har namn", enVidd, async ({ inloggad: page }) => {
        await page.goto("/administration/kodverk?kodverk=ARBETSTYP");
        await expect(
            page.getByRole("table", {
                name: "Koder: Typ av arbete",
            }),
        ).toBeVisible();
        await page.goto("/administration/logg");
        await expect(
            page.getByRole("table", { name: "Loggposter" }),
        ).toBeVisible();
    });
});

test(
    "organisationens medlemmar står i en tabell med namn",
    enVidd,
    async ({ inloggad: page, api }) => {
        const { organisationId } = await api.minInsats();
        await page.goto(`/samverkansorganisationer/${organisationId}`);
        await paSidan(page, "Samordningsförbundet Uppsala län");
        await expect(
            page.getByRole("table", { name: "Ingående organisationer" }),
        ).toBeVisible();
    },
);

test(
    "insatsens rapport visar vilken insats som är vald",
    enVidd,
    async ({ inloggad: page, api }) => {
        const insats = await api.minInsats();
        await page.goto(`/insatser/${insats.id}`);
        await page
            .getByRole("link", { name: "Deltagarrapport för insatsen" })
            .click();
        const urval = page.getByTestId("urval");
        for (const [falt, namn] of [
            [/^\s*Samverkansorganisation/, insats.organisation.namn],
            [/^\s*Insats/, insats.namn],
        ] as const) {
            await expect(
                urval.getByLabel(falt).locator("option:checked"),
            ).toHaveText(namn);
        }
    },
);

test.describe("insatsens formulär", () => {
    test.use({ roll: "samverkansadministrator" });
    test("säger vilka fält som får lämnas tomma", async ({
        inloggad: page,
    }) => {
        await page.goto("/insatser/ny");
        const formular = page.getByTestId("insatsformular");
        await expect(formular).toBeVisible();
        await expect(
            formular.locator("label:not(fieldset label), legend", {
                hasText: "(frivilligt)",
            }),
        ).toHaveText([
            /Slutdatum/,
            /Beskrivning/,
            /Specifik målgrupp/,
            /Insatsanordnare/,
            /Inmatningsorganisation/,
        ]);
        await granska(page, "Registrera insats");
    });
});
