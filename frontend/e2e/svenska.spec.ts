import type { Schema } from "../src/shared/api/typer";
import { osvenskt } from "./svenska";
import { enVidd, expect, paSidan, test } from "./stod";

/** The words of every page and state are read where axe looks at them: granska in prov.ts. */

test(
    "provet finner ett engelskt ord, ett tal utan mellanrum och en dag på amerikanska",
    enVidd,
    async ({ page }) => {
        await page.goto("/tillganglighet");
        await paSidan(page, /^Tillgänglighet/);
        expect(await osvenskt(page)).toEqual([]);
        await page.evaluate(() => {
            const p = document.createElement("p");
            p.textContent = "Skapad 3/1/2010, 12345 kr";
            const knapp = document.createElement("button");
            knapp.setAttribute("aria-label", "Close");
            document.querySelector("main")?.append(p, knapp);
        });
        expect(await osvenskt(page)).toEqual([
            "Close",
            "Skapad 3/1/2010, 12345 kr",
        ]);
    },
);

test(
    "dagar skrivs åååå-mm-dd eller «1 mars 2010», tal med mellanrum mellan tusental",
    enVidd,
    async ({ inloggad: page, api, nummer }) => {
        await page.goto("/");
        await expect(
            page.getByRole("heading", {
                name: /^Att göra till den \d{1,2} \p{Ll}+ \d{4}$/u,
            }),
        ).toBeVisible();

        // Thousands: what the server says is drawn with a space, in the texts, the table and the diagram.
        const rapport = "/v1/rapporter/deltagarrapport/forsorjning";
        const tal = (id: string, etikett: string, varde: number) => ({
            id,
            etikett,
            varde,
        });
        await page.route(`**${rapport}*`, async (r) => {
            const svar = await r.fetch();
            const json = (await svar.json()) as Schema<"Rapport">;
            await r.fulfill({
                response: svar,
                json: {
                    ...json,
                    delar: json.delar.map((d) => ({
                        ...d,
                        tal: [
                            tal("antal", "under året", 24_867),
                            tal("unika", "Varav unika deltagare", 17_454),
                        ],
                        rader:
                            d.id === "SLUT"
                                ? [
                                      {
                                          koder: { forsorjning: "SA" },
                                          etikett: "SA",
                                          etiketter: ["SA"],
                                          celler: [
                                              12_345, 50, 2_345, 9, -10_000,
                                              -81,
                                          ],
                                          // As the server prints thousands.
                                          tryckt: [
                                              "12\u00a0345",
                                              "50%",
                                              "2\u00a0345",
                                              "9%",
                                              "-10\u00a0000",
                                              "-81%",
                                          ],
                                      },
                                  ]
                                : d.rader,
                    })),
                },
            });
        });
        await page.goto(
            "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
        );
        await expect(page.getByTestId("huvud")).toBeVisible();
        await page.getByTestId("slut").locator("svg").first().waitFor();
        await expect(page.getByTestId("start")).toContainText(/: 24\s867/);
        await expect(page.getByTestId("start")).toContainText(/: 17\s454/);
        const slut = page.getByTestId("slut").getByRole("row", { name: "SA" });
        await expect(slut.getByRole("cell")).toHaveText([
            /^12\s345$/,
            /^50%$/,
            /^2\s345$/,
            /^9%$/,
            /^-10\s000$/,
            /^-81%$/,
        ]);
        await expect(page.getByTestId("diagram")).toContainText(/12\s345/);
        expect(await osvenskt(page)).toEqual([]);
        await expect(page.getByTestId("korningstid")).toHaveText(
            /^\d{4}-\d{2}-\d{2} kl\. \d{2}\.\d{2}\.\d{2}$/,
        );

        const insats = await api.minInsats();
        const d = await api.deltagande(insats.id, nummer());
        await page.goto(`/deltaganden/${d.id}`);
        await paSidan(page, /^Deltagande/);
        await expect(page.getByTestId("tidslinje")).toContainText(
            /Registrerad \d{4}-\d{2}-\d{2} \d{2}:\d{2}/,
        );
        await page.route("**/v1/insatser/*/anonyma?*", async (r) => {
            const svar = await r.fetch();
            const json = (await svar.json()) as Schema<"AnonymaLista">;
            await r.fulfill({
                response: svar,
                json: {
                    ...json,
                    data: [
                        {
                            id: d.id,
                            insatsId: insats.id,
                            inregistreringsar: 2010,
                            antalKvinnor: 10_000,
                            antalMan: 1_500,
                            version: 1,
                            registrerat: new Date().toISOString(),
                        },
                    ],
                },
            });
        });
        await page.goto(`/insatser/${insats.id}/anonyma`);
        await expect(
            page
                .getByTestId("registrerade")
                .getByRole("row", { name: "2010" })
                .getByRole("cell"),
        ).toHaveText([/^10\s000$/, /^1\s500$/, /^11\s500$/]);
    },
);
