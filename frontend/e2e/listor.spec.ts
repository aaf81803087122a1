import { enVidd, expect, test } from "./stod";

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
});
