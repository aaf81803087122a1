import type { Page } from "@playwright/test";
import { granska } from "./prov";
import { enVidd, expect, lagrat, paSidan, test } from "./stod";

/** What is asked for is away, until it is taken back. */
async function borta(page: Page, vad: string): Promise<void> {
    await page.route(vad, (r) =>
        r.fulfill({ status: 503, contentType: "text/plain", body: "borta" }),
    );
}

async function forsokIgen(page: Page, vad: string): Promise<void> {
    await expect(page.getByTestId("problem")).toHaveAttribute(
        "data-regel",
        "otillganglig",
    );
    await page.unroute(vad);
    await page.getByTestId("forsok-igen").click();
    await expect(page.getByTestId("problem")).toHaveCount(0);
}

test.describe("de anonyma", () => {
    // Where no other test counts any.
    test.use({ roll: "andraInsatsen" });

    test(
        "summeras också när de är registrerade mer än hundra gånger",
        enVidd,
        async ({ inloggad: page, api }) => {
            const insats = await api.minInsats("Steget vidare");
            const ar = Number(insats.startdatum.slice(0, 4));
            const rad = page
                .getByTestId("registrerade")
                .getByRole("row", { name: String(ar) });
            const antal = async (): Promise<number[]> => {
                await page.goto(`/insatser/${insats.id}/anonyma`);
                await expect(
                    page
                        .getByTestId("registrerade")
                        .or(page.getByTestId("inga")),
                ).toBeVisible();
                const rutor = (await rad.count())
                    ? await rad.getByRole("cell").allInnerTexts()
                    : ["0", "0", "0"];
                return rutor.map((t) => Number(t.replace(/\s/g, "")));
            };
            const [kvinnor = 0, man = 0, alla = 0] = await antal();
            for (let n = 0; n < 11; n++) {
                await Promise.all(
                    Array.from({ length: 10 }, () =>
                        api.anropa(
                            "POST",
                            `/v1/insatser/${insats.id}/anonyma`,
                            {
                                inregistreringsar: ar,
                                antalKvinnor: 1,
                                antalMan: 2,
                            },
                        ),
                    ),
                );
            }
            expect(await antal()).toEqual([
                kvinnor + 110,
                man + 220,
                alla + 330,
            ]);
        },
    );

    test(
        "är ingen tom tabell medan de hämtas",
        enVidd,
        async ({ inloggad: page, api }) => {
            const insats = await api.minInsats("Steget vidare");
            let slapp = (): void => undefined;
            const sedan = new Promise<void>((klart) => (slapp = klart));
            await page.route("**/anonyma?*", async (r) => {
                await sedan;
                await r.continue();
            });
            await page.goto(`/insatser/${insats.id}/anonyma`);
            await expect(page.getByTestId("laddar")).toContainText(
                "Räknar samman de anonyma",
            );
            await expect(page.getByTestId("registrerade")).toHaveCount(0);
            slapp();
            await expect(
                page.getByTestId("registrerade").or(page.getByTestId("inga")),
            ).toBeVisible();
        },
    );
});

test.describe("utan kodverk", () => {
    const kodverk = "**/v1/kodverk?*";

    test(
        "ritas inget formulär, och utkastet står orört tills det finns",
        enVidd,
        async ({ inloggad: page, api, nummer }) => {
            const insats = await api.minInsats();
            const s = await api.samtycke(insats.id, nummer());
            const d = await api.deltagande(insats.id, nummer());
            const registrera = `/insatser/${insats.id}/registrera`;
            await page.goto(`${registrera}/in/${s.id}`);
            const ar = page.getByLabel(/Hur länge har deltagaren varit/);
            await page
                .getByLabel("Högsta avslutade utbildningsnivå")
                .selectOption("GYMNASIUM");
            await ar.fill("4");
            await ar.blur();
            await expect.poll(() => lagrat(page)).toContain("GYMNASIUM");
            const fore = await lagrat(page);

            await borta(page, kodverk);
            await page.reload();
            await expect(page.getByTestId("problem")).toContainText(
                "Formuläret visas när dess val är hämtade.",
            );
            await granska(page, "Inregistrering utan kodverk");
            await expect(page.getByTestId("inregistrering")).toHaveCount(0);
            const utkast = (t: string): string[] =>
                t.match(/"sus-utkast.*?\}\}"/g) ?? [];
            expect(utkast(fore)).not.toEqual([]);
            expect(utkast(await lagrat(page))).toEqual(utkast(fore));
            await forsokIgen(page, kodverk);
            await expect(ar).toHaveValue("4");
            await expect(
                page.getByLabel("Högsta avslutade utbildningsnivå"),
            ).toHaveValue("GYMNASIUM");

            await borta(page, kodverk);
            await page.goto(`${registrera}/ut/${d.id}`);
            await expect(page.getByTestId("problem")).toBeVisible();
            await expect(page.getByTestId("utregistrering")).toHaveCount(0);
            await forsokIgen(page, kodverk);
            await expect(page.getByTestId("utregistrering")).toBeVisible();

            await borta(page, kodverk);
            await page.goto(registrera);
            await page.getByLabel(/^Personnummer/).fill(nummer());
            await page.getByTestId("sok").click();
            await expect(
                page.getByTestId("samtycke").getByTestId("problem"),
            ).toBeVisible();
            await expect(
                page.getByLabel("Blankett", { exact: true }),
            ).toHaveCount(0);
            await forsokIgen(page, kodverk);
            await expect(
                page.getByLabel("Blankett", { exact: true }),
            ).toHaveValue("9443");
        },
    );

    test.describe("eller organisationens medlemmar", () => {
        test.use({ roll: "samverkansadministrator" });
        test(
            "går insatsen inte att fylla i, och det sägs",
            enVidd,
            async ({ inloggad: page, api }) => {
                const { organisationId } = await api.minInsats();
                await borta(page, kodverk);
                await page.goto("/insatser/ny");
                await expect(page.getByTestId("problem")).toBeVisible();
                await expect(page.getByTestId("insatsformular")).toHaveCount(0);
                await forsokIgen(page, kodverk);
                await expect(page.getByLabel("Insatsnamn")).toBeVisible();

                const en = `**/v1/samverkansorganisationer/${organisationId}`;
                await borta(page, en);
                await page.reload();
                await expect(page.getByTestId("problem")).toContainText(
                    "medlemmar kan inte väljas",
                );
                await forsokIgen(page, en);
                await expect(
                    page
                        .getByLabel("Inmatningsorganisation")
                        .getByRole("option"),
                ).not.toHaveCount(1);
            },
        );
    });
});

test(
    "en organisation vars insatser inte kommer säger det",
    enVidd,
    async ({ inloggad: page, api }) => {
        const { organisationId } = await api.minInsats();
        await borta(page, "**/v1/insatser?*");
        await page.goto(`/samverkansorganisationer/${organisationId}`);
        await paSidan(page, "Samordningsförbundet Uppsala län");
        await forsokIgen(page, "**/v1/insatser?*");
        await expect(page.getByTestId("antal-insatser")).toHaveText(
            /^\d+ insatser$/,
        );
    },
);

test(
    "en lista av insatser är hel, också när den är längre än hundra",
    enVidd,
    async ({ inloggad: page, api }) => {
        const insats = await api.minInsats();
        await page.route("**/v1/insatser?*", async (r) => {
            const fraga = new URL(r.request().url()).searchParams;
            const limit = Number(fraga.get("limit") ?? 20);
            const offset = Number(fraga.get("offset") ?? 0);
            const data = Array.from(
                { length: Math.min(limit, Math.max(0, 150 - offset)) },
                (_, n) => ({
                    ...insats,
                    id: `${insats.id.slice(0, -4)}${String(1000 + offset + n)}`,
                    namn: `Insats ${String(offset + n)}`,
                }),
            );
            const _meta = {
                totalRecords: 150,
                limit,
                offset,
                count: data.length,
            };
            await r.fulfill({ json: { data, _meta, _links: {} } });
        });
        await page.goto(`/samverkansorganisationer/${insats.organisationId}`);
        await expect(page.getByTestId("antal-insatser")).toHaveText(
            "150 insatser",
        );
        await expect(
            page.getByRole("link", { name: "Insats 149" }),
        ).toBeVisible();
        await page.goto("/rapporter/deltagarrapport/forsorjning");
        await expect(
            page
                .getByTestId("urval")
                .getByLabel(/^\s*Insats/)
                .getByRole("option"),
        ).toHaveCount(151);
    },
);

test("län som inte kommer sägs det om", enVidd, async ({ inloggad: page }) => {
    await borta(page, "**/v1/kommuner?*");
    await page.goto("/samverkansorganisationer");
    await expect(page.getByTestId("problem")).toContainText(
        "Länen går inte att välja.",
    );
    await forsokIgen(page, "**/v1/kommuner?*");
    await expect(page.getByLabel("Län").getByRole("option")).not.toHaveCount(1);
});
